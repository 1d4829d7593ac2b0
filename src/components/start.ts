import "../widgets/islands.ts";
import {startCards} from "./cards.ts";
import {startContents} from "./contents.ts";
import {startGrades} from "./grade.ts";
import {startGuess} from "./guess.ts";
import {openKeep} from "./keep.ts";
import {startPlaces} from "./places.ts";
import {startPrefetch} from "./prefetch.ts";
import {startProgress} from "./progress.ts";
import {startQuizzes} from "./quiz.ts";
import {startSearch} from "./search/startSearch.ts";
import {startSets} from "./set.ts";
import {startSymbols} from "./symbols.ts";
import {startTheme} from "./theme.ts";
import {startWide} from "./wide.ts";
import {startWords} from "./words.ts";

/** What is kept on this device. A page with a script of its own takes it from here: opened twice, it would ask twice. */
export const keep = openKeep(() => localStorage);
startTheme(document.querySelector<HTMLButtonElement>("button.theme")!);
startSearch(document);
startCards(document);
startPlaces(document);
startPrefetch(document);
startContents(document);
void startWide(document);
startSymbols(document);
startSets(document);
// Few pages have a table to sort.
if (document.querySelector(".paper-table")) void import("./sortTables.ts").then((it) => it.startTables(document));
startQuizzes(document, keep);
startGuess(document, keep);
startGrades(document, keep);
startWords(document, keep);
startProgress(document, keep);
// Only who asked for it has the site kept.
try {
  if (navigator.serviceWorker?.controller)
    import("./offlineNews.ts").then((module) => module.startOfflineNews(document));
} catch {
  // A frame in a sandbox may not even ask.
}
