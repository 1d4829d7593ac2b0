/** The script of every page but embeds: starts what pages have in common. */
import {markScriptsRunning} from "../../figure/scriptsRun.ts";
import "../../figures/islands.ts";
import {startBar} from "../../book/chapter/bar.ts";
import {startReadMarks} from "../../book/chapter/readMarks.ts";
import {startSymbols} from "../../book/chapter/symbols.ts";
import {startSets} from "../../book/figure/set.ts";
import {openStore} from "../../book/kept/store.ts";
import {startFigureGuess} from "../../book/quiz/figureGuess.ts";
import {startQuizzes} from "../../book/quiz/quiz.ts";
import {startGrades} from "../../book/review/grade.ts";
import {setQuietly, startPhraseMarks} from "../../book/stage/phrases.ts";
import {startCards} from "../marks/cards.ts";
import {startWideFormulas} from "../marks/wideFormulas.ts";
import {startSearch} from "../search/startSearch.ts";
import {startTheme} from "../theme.ts";

/** What is kept of the reader. Scripts of single pages import it from here, because two stores would ask the reader twice. */
export const store = openStore(() => localStorage);
startTheme(document.querySelector<HTMLButtonElement>("button.theme")!);
startSearch(document);
startCards(document);
startBar(document);
void startWideFormulas(document);
startSymbols(document);
startSets(document);
startPhraseMarks(document);
// Only chapters have stages.
if (document.querySelector(".stage"))
  void import("../../book/stage/following.ts").then((it) => it.startFollowing(document, setQuietly));
// Few pages have a table to sort.
if (document.querySelector(".paper-table"))
  void import("../../book/paper/sortTables.ts").then((it) => it.startTables(document));
startQuizzes(document, store);
startFigureGuess(document, store);
startGrades(document, store);
startReadMarks(document, store);
markScriptsRunning();
// Only a site that the reader chose to keep offline has a service worker.
try {
  if (navigator.serviceWorker?.controller)
    void import("../offline/updateNotice.ts").then((it) => it.startUpdateNotice(document));
} catch {
  // In a sandboxed frame even reading the property throws.
}
