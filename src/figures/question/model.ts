/** Five stored adapters of rank 1 on a word: a·x and the scores of the next letter at each position. Runs in the worker. */
import {linear} from "../../engine/network/layers/linear.ts";
import {rmsNorm} from "../../engine/network/layers/rmsnorm.ts";
import {forward, type Transformer} from "../../engine/network/transformer.ts";
import {loadForge, theForge} from "../shared/wordForge.ts";
import type {QuestionRun} from "./controls.ts";
import type {forgeLosses, TrainedQuestion} from "./stored.ts";

/** The stored runs; undefined before `ready`. */
let stored: typeof import("./stored.ts") | undefined;

/** Loads the stored runs and the forge's weights at the same time. */
export async function ready(): Promise<void> {
  [stored] = await Promise.all([import("./stored.ts"), loadForge()]);
}

/** The stored runs. Throws before they are loaded. */
function loadedRuns(): typeof import("./stored.ts") {
  if (!stored) throw new Error("question: the stored runs are not loaded yet; await ready() before a run begins");
  return stored;
}

/** One stored run on a word. */
export interface RunOnWord {
  seed: number;
  loss: number;
  /** a·x after 0, 1, … letters. */
  loudness: number[];
  /** What b adds to each of the 27 scores if a·x is 1, before the final norm divides. It does not depend on the word. */
  answer: number[];
  /** The 27 scores at each position with the adapter. */
  scores: number[][];
}

export interface QuestionSnapshot {
  /** Scores of the base at every position. */
  scores: number[][];
  runs: RunOnWord[];
  losses: typeof forgeLosses;
  /** |cosine| for each of the ten pairs of runs: of a after 0, 10, … steps, and of b after the last. */
  cosinesByStep: readonly (readonly number[])[];
  pushCosines: readonly number[];
}

const dot = (x: ArrayLike<number>, y: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
};
/** |cosine| of the angle between two vectors. */
const absoluteCosine = (x: ArrayLike<number>, y: ArrayLike<number>): number =>
  Math.abs(dot(x, y)) / Math.sqrt(dot(x, x) * dot(y, y));

/** The rows of a matrix. */
const rowsOf = ({rows, cols, data}: {rows: number; cols: number; data: Float64Array}): number[][] =>
  Array.from({length: rows}, (_, i) => Array.from(data.subarray(i * cols, (i + 1) * cols)));

/** The tokens of a word: 0 marks the beginning; a is 1, b is 2 and so on. */
export const wordTokens = (word: string): Int32Array =>
  Int32Array.from([0, ...Array.from(word, (letter) => letter.charCodeAt(0) - "a".charCodeAt(0) + 1)]);

/**
 * The base on a word: the inputs of W2 in its last layer, which the adapter does not change, the input of its final norm, and its
 * scores.
 */
function baseActivations(base: Transformer, word: string) {
  const {blocks, x, logits} = forward(base, wordTokens(word), 1);
  return {inputs: rowsOf(blocks.at(-1)!.active), x, scores: rowsOf(logits)};
}

/** A stored run on a word: b·(a·x) is added to the input of the final norm at every position. */
function withAdapter(
  {weights}: Transformer,
  {inputs, x}: ReturnType<typeof baseActivations>,
  {seed, loss, a, b}: TrainedQuestion,
): RunOnWord {
  const {norm, head} = weights.views;
  const loudness = inputs.map((input) => dot(a, input));
  const data = x.data.map((value, i) => value + b[i % x.cols]! * loudness[Math.floor(i / x.cols)]!);
  const normed = rmsNorm({...x, data}, norm);
  const scaledB = Float64Array.from(b, (value, i) => value * norm.data[i]!);
  const answer = rowsOf(linear({rows: 1, cols: x.cols, data: scaledB}, head))[0]!;
  return {seed, loss, loudness, answer, scores: rowsOf(linear(normed.y, head))};
}

/** Yields a snapshot of the whole word, then an empty one for each letter, so that the clock has a step for each. */
export function* compute({word}: QuestionRun): Generator<QuestionSnapshot | object, void> {
  const base = theForge();
  const {storedQuestions, forgeLosses, cosinesByStep} = loadedRuns();
  const activations = baseActivations(base, word);
  yield {
    scores: activations.scores,
    runs: storedQuestions.map((run) => withAdapter(base, activations, run)),
    losses: forgeLosses,
    cosinesByStep,
    pushCosines: storedQuestions.flatMap(({b}, i) =>
      storedQuestions.slice(i + 1).map((other) => absoluteCosine(b, other.b)),
    ),
  } satisfies QuestionSnapshot;
  for (let n = 0; n < word.length; n++) yield {};
}
