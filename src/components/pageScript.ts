import {scriptsRun} from "../shell/scriptsRun.ts";
import "../widgets/islands.ts";
import {startBar} from "./chapter/bar.ts";
import {startOwnWords} from "./chapter/ownWords.ts";
import {startReadMarks} from "./chapter/readMarks.ts";
import {startSymbols} from "./chapter/symbols.ts";
import {startSets} from "./figure/set.ts";
import {openStore} from "./kept/store.ts";
import {startCards} from "./marks/cards.ts";
import {startCopyLinks} from "./marks/copyLinks.ts";
import {startWideFormulas} from "./marks/wideFormulas.ts";
import {startFigureGuess} from "./quiz/figureGuess.ts";
import {startQuizzes} from "./quiz/quiz.ts";
import {startGrades} from "./review/grade.ts";
import {startSearch} from "./search/startSearch.ts";
import {startPrefetch} from "./site/prefetch.ts";
import {startTheme} from "./site/theme.ts";
import {setQuietly, startMarks} from "./stage/marks.ts";

// The script of every page but embeds.

/** What is kept of the reader. A page with a script of its own imports it from here: with two stores the reader would be asked twice. */
export const store = openStore(() => localStorage);
startTheme(document.querySelector<HTMLButtonElement>("button.theme")!);
startSearch(document);
startCards(document);
startCopyLinks(document);
startPrefetch(document);
startBar(document);
void startWideFormulas(document);
startSymbols(document);
startSets(document);
startMarks(document);
// Only chapters have stages.
if (document.querySelector(".stage"))
  void import("./stage/following.ts").then((it) => it.startFollowing(document, setQuietly));
// Few pages have a table to sort.
if (document.querySelector(".paper-table")) void import("./paper/sortTables.ts").then((it) => it.startTables(document));
startQuizzes(document, store);
startFigureGuess(document, store);
startGrades(document, store);
startOwnWords(document, store);
startReadMarks(document, store);
scriptsRun();
// Only a site that the reader chose to keep offline has a service worker.
try {
  if (navigator.serviceWorker?.controller)
    void import("./site/updateNotice.ts").then((it) => it.startUpdateNotice(document));
} catch {
  // In a sandboxed frame even reading the property throws.
}
