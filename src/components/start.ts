import "../widgets/islands.ts";
import {startCards} from "./cards.ts";
import {openKeep} from "./keep.ts";
import {startProgress} from "./progress.ts";
import {startQuizzes} from "./quiz.ts";
import {startSets} from "./set.ts";
import {startSymbols} from "./symbols.ts";
import {startTheme} from "./theme.ts";
import {startWords} from "./words.ts";

const keep = openKeep(() => localStorage);
startTheme(document.querySelector<HTMLButtonElement>("button.theme")!);
startCards(document);
startSymbols(document);
startSets(document);
startQuizzes(document, keep);
startWords(document, keep);
startProgress(document, keep);
