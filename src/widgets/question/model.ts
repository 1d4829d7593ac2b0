import {linear} from "../../engine/network/layers/linear.ts";
import {rmsNorm} from "../../engine/network/layers/rmsnorm.ts";
import {forward, type Transformer} from "../../engine/network/transformer.ts";
import {LETTERS, MARK} from "../../engine/training/words.ts";
import {baseOf, loadForge} from "../shared/baseModels.ts";
import {oneQuestion} from "./adapter.ts";
import type {Reading} from "./controls.ts";
import {losses, type Trained, trained} from "./stored.ts";

export const ready = (): Promise<void> => loadForge();

/** One run at every place of a word. */
export interface Heard {
  seed: number;
  loss: number;
  /** a·x after 0, 1, … letters. */
  replies: number[];
  /**
   * b as the head reads it: for a reply of 1 and before the final norm, what b adds to each letter's score. A fixed list of 27:
   * nothing of the word is in it.
   */
  answer: number[];
  /** What the reply and the answer add to the 27 scores of each place, after the final norm: a multiple of `answer`. */
  pushes: number[][];
  /** The addition makes the vector longer, and the norm divides by its length: the old scores are multiplied by this. */
  shrinks: number[];
  /** The 27 scores of each place with the addition. */
  scores: number[][];
}

/** How much two runs agree: |cosine| of a before training, of a after it, of b after it; one entry for each of the ten pairs of runs. */
export interface Agreement {
  start: number[];
  questions: number[];
  answers: number[];
}

export interface Snapshot {
  /** Scores of the base at every place. */
  scores: number[][];
  runs: Heard[];
  agreement: Agreement;
  losses: typeof losses;
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

export const tokensOf = (word: string): Int32Array =>
  Int32Array.from([MARK, ...Array.from(word, (letter) => LETTERS.indexOf(letter))]);

/** What x is at W2 of the last layer, and the sum that goes to the final norm. No adapter changes x, as it acts after x. */
function seen(base: Transformer, word: string) {
  const {blocks, x, last, logits} = forward(base, tokensOf(word), 1);
  return {inputs: rowsOf(blocks.at(-1)!.active), x, inverse: last.inverse, scores: rowsOf(logits)};
}

/** Adds b·(a·x) to what goes to the final norm, at every place. */
function heard(
  {weights}: Transformer,
  {inputs, x, inverse}: ReturnType<typeof seen>,
  {seed, loss, a, b}: Trained,
): Heard {
  const {norm, head} = weights.views;
  const replies = inputs.map((input) => dot(a, input));
  const data = x.data.map((value, i) => value + b[i % x.cols]! * replies[Math.floor(i / x.cols)]!);
  const after = rmsNorm({...x, data}, norm);
  const gained = Float64Array.from(b, (value, i) => value * norm.data[i]!);
  const answer = rowsOf(linear({rows: 1, cols: x.cols, data: gained}, head))[0]!;
  return {
    ...{seed, loss, replies, answer},
    pushes: replies.map((reply, i) => answer.map((push) => push * reply * after.inverse[i]!)),
    shrinks: replies.map((_, i) => after.inverse[i]! / inverse[i]!),
    scores: rowsOf(linear(after.y, head)),
  };
}

/** The a that a seed draws, before any training. */
const startOf = ({sizes}: Transformer, seed: number): Float64Array => {
  const {params} = oneQuestion(sizes, seed);
  return params.flat.subarray(0, params.layout[0]![2]);
};

function agreementOf(base: Transformer): Agreement {
  const starts = trained.map(({seed}) => startOf(base, seed));
  const pairs = trained.flatMap((_, i) => trained.slice(i + 1).map((_, j) => [i, i + 1 + j] as const));
  return {
    start: pairs.map(([i, j]) => cosine(starts[i]!, starts[j]!)),
    questions: pairs.map(([i, j]) => cosine(trained[i]!.a, trained[j]!.a)),
    answers: pairs.map(([i, j]) => cosine(trained[i]!.b, trained[j]!.b)),
  };
}

/** The first snapshot holds the whole word. One more for each letter gives the clock its places. */
export function* compute({word}: Reading): Generator<Snapshot | object, void> {
  const base = baseOf("names");
  const there = seen(base, word);
  yield {
    scores: there.scores,
    runs: trained.map((run) => heard(base, there, run)),
    agreement: agreementOf(base),
    losses,
  } satisfies Snapshot;
  for (let n = 0; n < word.length; n++) yield {};
}
