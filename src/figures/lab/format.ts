/** Scores, sizes and settings as the lab prints them. */

import {fixed, lettersInDoubt, percent, whole} from "../../figure/plot/text/format.ts";
import {listText} from "../shared/listText.ts";
import {controls} from "./controls.ts";
import {isOfWords, type LabTask, labMatrices, matricesNamed} from "./settings.ts";
import type {LabSetup} from "./snapshot.ts";

/** Larger losses and sizes are printed as "> 1,000". */
const MAX_PRINTED = 1000;

/** A loss in nats. */
export const nats = (loss: number): string => (loss > MAX_PRINTED ? `> ${whole(MAX_PRINTED)}` : fixed(loss, 2));

/** ‖ΔW‖; "0" is exactly 0. */
export const deltaNormText = (x: number): string => (x === 0 ? "0" : nats(x));

/** A score in the table: nats a letter, or a share of exact answers. */
export const labScoreText = (task: LabTask, score: number): string => (isOfWords(task) ? nats(score) : percent(score));

/** The letters, and the end of a word. */
const SIGNS = 27;

/** Letters in doubt: e to the loss. Above the number of letters, the model favors wrong ones. */
export const inDoubtText = (loss: number): string =>
  loss > Math.log(SIGNS) ? `worse than guessing (${SIGNS} signs)` : fixed(lettersInDoubt(loss), 1);

/** A score as readers know it: letters in doubt, or a share of exact answers. */
export const scoreText = (task: LabTask, score: number): string =>
  isOfWords(task) ? inDoubtText(score) : percent(score);

/**
 * Puts the unit behind the last score: "15.1 → 8.1 letters in doubt", "15.1 letters in doubt → worse than guessing (27 signs)",
 * or "10% → 99%" with the unit of digits.
 */
export const withUnit = (task: LabTask, text: string, unitOfDigits = " right"): string =>
  isOfWords(task) ? text.replace(/(\d\.\d)(?!.*\d\.\d)/, "$1 letters in doubt") : `${text}${unitOfDigits}`;

/** Without words of the reader’s own there is no list to score on, and the base is scored on words that it wrote. */
export const isUnscored = ({isLearned, pool}: LabSetup): boolean => !!isLearned && pool === 0;

/** "Wq and Wv", "Wq, Wk and W1", "every matrix". */
export const matricesText = (on: string): string =>
  on.length === labMatrices.length ? "every matrix" : listText(matricesNamed(on).map(({target}) => target));

/** The format of the frozen weights, "2 bits". */
export const bitsOf = (base: keyof typeof controls.base.options): string => controls.base.options[base];

export const taskName = (task: LabTask): string => (task === "own" ? "your words" : controls.task.options[task]);
