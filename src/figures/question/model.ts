/** Five stored adapters of rank 1 on a word: loudness a·x and scores of the next letter, position by position. */
import {linear} from "../../engine/network/layers/linear.ts";
import {rmsNorm} from "../../engine/network/layers/rmsnorm.ts";
import {forward, type Transformer} from "../../engine/network/transformer.ts";
import {loadForge, theForge} from "../shared/wordForge.ts";
import type {QuestionRun} from "./controls.ts";
import type {forgeLosses, TrainedQuestion} from "./stored.ts";

let stored: typeof import("./stored.ts") | undefined;

/** Loads the stored runs and the forge's weights at the same time. */
export async function ready(): Promise<void> {
  [stored] = await Promise.all([import("./stored.ts"), loadForge()]);
}

function theRuns(): typeof import("./stored.ts") {
  if (!stored) throw new Error("question: the trained runs are not loaded yet; wait for ready() before a run begins");
  return stored;
}

/** One stored run on a word. */
export interface RunOnWord {
  seed: number;
  loss: number;
  /** a·x after 0, 1, … letters. */
  loudness: number[];
  /**
   * What b adds to each of the 27 scores where a·x is 1, before the final norm divides. It does not depend on the word.
   */
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
const cosine = (x: ArrayLike<number>, y: ArrayLike<number>): number =>
  Math.abs(dot(x, y)) / Math.sqrt(dot(x, x) * dot(y, y));

/** (rows,cols) → its rows. */
const rowsOf = ({rows, cols, data}: {rows: number; cols: number; data: Float64Array}): number[][] =>
  Array.from({length: rows}, (_, i) => Array.from(data.subarray(i * cols, (i + 1) * cols)));

/** Token 0 marks the beginning; a is 1, b is 2 and so on. */
export const wordTokens = (word: string): Int32Array =>
  Int32Array.from([0, ...Array.from(word, (letter) => letter.charCodeAt(0) - "a".charCodeAt(0) + 1)]);

/** The inputs of W2 in the last layer, which the adapter leaves as they are, and the base's input to the final norm. */
function baseActivations(base: Transformer, word: string) {
  const {blocks, x, logits} = forward(base, wordTokens(word), 1);
  return {inputs: rowsOf(blocks.at(-1)!.active), x, scores: rowsOf(logits)};
}

/** Adds b·(a·x) to the input of the final norm at every position. */
function withAdapter(
  {weights}: Transformer,
  {inputs, x}: ReturnType<typeof baseActivations>,
  {seed, loss, a, b}: TrainedQuestion,
): RunOnWord {
  const {norm, head} = weights.views;
  const loudness = inputs.map((input) => dot(a, input));
  const data = x.data.map((value, i) => value + b[i % x.cols]! * loudness[Math.floor(i / x.cols)]!);
  const after = rmsNorm({...x, data}, norm);
  const scaledColumn = Float64Array.from(b, (value, i) => value * norm.data[i]!);
  const answer = rowsOf(linear({rows: 1, cols: x.cols, data: scaledColumn}, head))[0]!;
  return {seed, loss, loudness, answer, scores: rowsOf(linear(after.y, head))};
}

/** The first snapshot has the whole word. One empty snapshot for each letter gives the clock its places. */
export function* compute({word}: QuestionRun): Generator<QuestionSnapshot | object, void> {
  const base = theForge();
  const {storedQuestions, forgeLosses, cosinesByStep} = theRuns();
  const activations = baseActivations(base, word);
  yield {
    scores: activations.scores,
    runs: storedQuestions.map((run) => withAdapter(base, activations, run)),
    losses: forgeLosses,
    cosinesByStep,
    pushCosines: storedQuestions.flatMap(({b}, i) => storedQuestions.slice(i + 1).map((other) => cosine(b, other.b))),
  } satisfies QuestionSnapshot;
  for (let n = 0; n < word.length; n++) yield {};
}
