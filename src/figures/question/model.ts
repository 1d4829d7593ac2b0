import {linear} from "../../engine/network/layers/linear.ts";
import {rmsNorm} from "../../engine/network/layers/rmsnorm.ts";
import {forward, type Transformer} from "../../engine/network/transformer.ts";
import {loadForge, theForge} from "../shared/wordForge.ts";
import type {Reading} from "./controls.ts";
import type {forgeLosses, TrainedQuestion} from "./stored.ts";

let stored: typeof import("./stored.ts") | undefined;

/** The trained runs come beside the forge's weights, so that the code does not wait for either. */
export async function ready(): Promise<void> {
  [stored] = await Promise.all([import("./stored.ts"), loadForge()]);
}

function theRuns(): typeof import("./stored.ts") {
  if (!stored) throw new Error("question: the trained runs are not loaded yet; wait for ready() before a run begins");
  return stored;
}

/** One run at every place of a word. */
export interface Heard {
  seed: number;
  loss: number;
  /** a·x after 0, 1, … letters. */
  replies: number[];
  /**
   * b as the head reads it: what b adds to each letter's score for a reply of 1, before the final norm divides. A fixed list of
   * 27, with nothing of the word in it.
   */
  answer: number[];
  /** What the final norm divides by at each place: the root mean square of a vector that the addition has made longer. */
  lengths: number[];
  /** The 27 scores of each place with the addition. */
  scores: number[][];
}

/** How much two runs agree: |cosine| of a before training, of a after it, of b after it; one entry for each of the ten pairs of runs. */
export interface Agreement {
  start: number[];
  questions: number[];
  answers: number[];
}

export interface QuestionSnapshot {
  /** Scores of the base at every place, and what its final norm divides by there. */
  scores: number[][];
  lengths: number[];
  runs: Heard[];
  agreement: Agreement;
  losses: typeof forgeLosses;
  /** |cosine| of each two runs' a after 0, 10, … steps. */
  path: readonly (readonly number[])[];
}

const dot = (x: ArrayLike<number>, y: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
};
const cosine = (x: ArrayLike<number>, y: ArrayLike<number>): number =>
  Math.abs(dot(x, y)) / Math.sqrt(dot(x, x) * dot(y, y));

const rowsOf = ({rows, cols, data}: {rows: number; cols: number; data: Float64Array}): number[][] =>
  Array.from({length: rows}, (_, i) => Array.from(data.subarray(i * cols, (i + 1) * cols)));

/** The mark before the word is token 0, a is 1 and so on. */
export const wordTokens = (word: string): Int32Array =>
  Int32Array.from([0, ...Array.from(word, (letter) => letter.charCodeAt(0) - "a".charCodeAt(0) + 1)]);

/** What x is at W2 of the last layer, and the sum that goes to the final norm. No adapter changes x, as it acts after x. */
function seen(base: Transformer, word: string) {
  const {blocks, x, last, logits} = forward(base, wordTokens(word), 1);
  const lengths = Array.from(last.inverse, (one) => 1 / one);
  return {inputs: rowsOf(blocks.at(-1)!.active), x, lengths, scores: rowsOf(logits)};
}

/** Adds b·(a·x) to what goes to the final norm, at every place. */
function heard(
  {weights}: Transformer,
  {inputs, x}: ReturnType<typeof seen>,
  {seed, loss, a, b}: TrainedQuestion,
): Heard {
  const {norm, head} = weights.views;
  const replies = inputs.map((input) => dot(a, input));
  const data = x.data.map((value, i) => value + b[i % x.cols]! * replies[Math.floor(i / x.cols)]!);
  const after = rmsNorm({...x, data}, norm);
  const gained = Float64Array.from(b, (value, i) => value * norm.data[i]!);
  const answer = rowsOf(linear({rows: 1, cols: x.cols, data: gained}, head))[0]!;
  return {
    ...{seed, loss, replies, answer},
    lengths: Array.from(after.inverse, (one) => 1 / one),
    scores: rowsOf(linear(after.y, head)),
  };
}

const inPairs = (vectors: readonly ArrayLike<number>[]): number[] =>
  vectors.flatMap((one, i) => vectors.slice(i + 1).map((other) => cosine(one, other)));

const agreementOf = ({start, storedQuestions}: ReturnType<typeof theRuns>): Agreement => ({
  start,
  questions: inPairs(storedQuestions.map(({a}) => a)),
  answers: inPairs(storedQuestions.map(({b}) => b)),
});

/** The first snapshot holds the whole word. One more for each letter gives the clock its places. */
export function* compute({word}: Reading): Generator<QuestionSnapshot | object, void> {
  const base = theForge();
  const runs = theRuns();
  const there = seen(base, word);
  yield {
    scores: there.scores,
    lengths: there.lengths,
    runs: runs.storedQuestions.map((run) => heard(base, there, run)),
    agreement: agreementOf(runs),
    losses: runs.forgeLosses,
    path: runs.path,
  } satisfies QuestionSnapshot;
  for (let n = 0; n < word.length; n++) yield {};
}
