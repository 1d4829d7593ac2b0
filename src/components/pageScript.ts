import "../widgets/islands.ts";
import {startContents} from "./chapter/contents.ts";
import {startWords} from "./chapter/ownWords.ts";
import {startProgress} from "./chapter/readMarks.ts";
import {startSymbols} from "./chapter/symbols.ts";
import {startSets} from "./figure/set.ts";
import {openKeep} from "./kept/store.ts";
import {startCards} from "./marks/cards.ts";
import {startPlaces} from "./marks/copyLinks.ts";
import {startWide} from "./marks/wideFormulas.ts";
import {startGuess} from "./quiz/figureGuess.ts";
import {startQuizzes} from "./quiz/quiz.ts";
import {startGrades} from "./review/grade.ts";
import {startSearch} from "./search/startSearch.ts";
import {startPrefetch} from "./site/prefetch.ts";
import {startTheme} from "./site/theme.ts";

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
if (document.querySelector(".paper-table")) void import("./paper/sortTables.ts").then((it) => it.startTables(document));
startQuizzes(document, keep);
startGuess(document, keep);
startGrades(document, keep);
startWords(document, keep);
startProgress(document, keep);
// Only who asked for it has the site kept.
try {
  if (navigator.serviceWorker?.controller)
    import("./site/updateNotice.ts").then((module) => module.startOfflineNews(document));
} catch {
  // A frame in a sandbox may not even ask.
}
