/** What the figure of one question shows at the chosen letter and step. */
import {softmax} from "../../engine/network/layers/softmax.ts";
import type {Frames} from "../../figure/widget.ts";
import {QUESTION_STRIDE, type QuestionParams} from "./controls.ts";
import type {QuestionSnapshot, RunOnWord} from "./model.ts";

/** What each token is called in the figure; token 0 also marks the end of a word. */
export const TOKEN_NAMES = ["end", ..."abcdefghijklmnopqrstuvwxyz"] as const;

/** The tokens, the one with the largest value first. */
const largestFirst = (values: readonly number[]): number[] =>
  TOKEN_NAMES.map((_, token) => token).sort((one, other) => values[other]! - values[one]!);

export interface QuestionResult extends Pick<QuestionSnapshot, "losses" | "cosinesByStep" | "pushCosines"> {
  word: string;
  /** How many letters have been read: the chosen position. */
  at: number;
  /** The run that is shown alone, and all of them. */
  run: RunOnWord;
  runs: readonly RunOnWord[];
  /** The probabilities of the next letter at every position, of the base and with the adapter. */
  before: readonly (readonly number[])[];
  after: readonly (readonly number[])[];
  /** The tokens, those first to whose scores the answer adds most. */
  order: readonly number[];
  /** |cosine| of the other runs' a to that of `run`, before training and after the chosen step. */
  startCosines: readonly number[];
  cosines: readonly number[];
  /** |cosine| of a for each pair of runs, after the chosen step. */
  pairCosines: readonly number[];
}

/** The probabilities of the tokens from their scores. */
function chancesOf(scores: readonly number[]): number[] {
  const probabilities = Float64Array.from(scores);
  softmax(probabilities, 0, probabilities.length);
  return [...probabilities];
}

/** What the figure shows, from the first snapshot of the run. */
export function readQuestion(
  [snapshot]: Frames<QuestionSnapshot>,
  {word, letter, step}: QuestionParams,
): QuestionResult {
  const {scores, runs, losses, cosinesByStep, pushCosines} = snapshot!;
  const run = runs[0]!;
  const pairCosines = cosinesByStep[step / QUESTION_STRIDE]!;
  // The pairs of the first run come first.
  const ofFirstRun = (pairs: readonly number[]) => pairs.slice(0, runs.length - 1);
  return {
    word,
    run,
    runs,
    losses,
    cosinesByStep,
    pushCosines,
    startCosines: ofFirstRun(cosinesByStep[0]!),
    cosines: ofFirstRun(pairCosines),
    pairCosines,
    at: Math.min(letter, word.length),
    before: scores.map(chancesOf),
    after: run.scores.map(chancesOf),
    order: largestFirst(run.answer),
  };
}

/** The push on each of the 27 scores at a position: a·x times the answer, before the final norm. */
export const pushesAt = ({answer, loudness}: RunOnWord, at: number): number[] =>
  answer.map((value) => value * loudness[at]!);

/** Tokens by the push on their scores at the chosen position, largest first. */
export const tokensByPush = ({run, at}: QuestionResult): number[] => largestFirst(pushesAt(run, at));

/** The token whose probability rises most at the chosen position. */
export function mostRaisedToken({before, after, at}: QuestionResult): number {
  const rises = TOKEN_NAMES.map((_, token) => after[at]![token]! - before[at]![token]!);
  return rises.indexOf(Math.max(...rises));
}

/** The share of full fine-tuning's gain that the run gets. */
export const gainShare = ({losses: {base, full}, run}: QuestionResult): number => (base - run.loss) / (base - full);
