/** The log p of each letter of a name, by the forge, with its adapter, and fully tuned. No DOM. */
import {log} from "../../engine/linalg/elementary.ts";
import {softmax} from "../../engine/network/layers/softmax.ts";
import {allocate} from "../../engine/network/parameters.ts";
import {forward, type Transformer} from "../../engine/network/transformer.ts";
import {choice, type Params} from "../../figure/controls.ts";
import type {Frames} from "../../figure/widget.ts";
import {storedHalves} from "../shared/storedHalves.ts";
import {wordControl} from "../shared/wordControl.ts";
import {loadForge, storedAdapter, theForge} from "../shared/wordForge.ts";

export const controls = {
  trained: choice(["Adapter"], {base: "Off", lora: "On", full: "None, fully tuned"}, "lora"),
  word: wordControl("Name", "anna"),
};
export type ObjectiveParams = Params<typeof controls>;
export type ObjectiveTrained = ObjectiveParams["trained"];
type OfEach<T> = Readonly<Record<ObjectiveTrained, T>>;

/** Loaded by `ready`. */
let trainedWeights: {adapter: Float64Array; weights: Float64Array} | undefined;

/** Loads the forge, its adapter for names, and its weights after full fine-tuning on the same names. */
export async function ready(): Promise<void> {
  const [adapters, full] = await Promise.all([
    import("../../../content/lab/forge.adapters.json"),
    import("../../../content/lab/forge.full.json"),
    loadForge(),
  ]);
  trainedWeights ??= {adapter: storedHalves(adapters.default.names["200"]), weights: storedHalves(full.default.base64)};
}

export interface ObjectiveSnapshot {
  word: string;
  /** log p of each letter after the letters before it, and of the end after the whole word. */
  logs: OfEach<number[]>;
  /** How many parameters are trained. */
  counts: OfEach<number>;
}

/** The mark before and after a word is token 0, a is 1 and so on. */
const tokenOf = (letter: string): number => letter.charCodeAt(0) - 96;

/** log p(y_t | y_<t) for each letter y_t of the word and for its end. */
function logsOf(model: Transformer, word: string): number[] {
  const letters = Array.from(word, tokenOf);
  const {data, cols} = forward(model, Int32Array.from([0, ...letters]), 1).logits;
  return [...letters, 0].map((token, t) => {
    // Read first: `softmax` writes over the scores.
    const score = data[t * cols + token];
    const {largest, sum} = softmax(data, t * cols, cols);
    return score - largest - log(sum);
  });
}

/** Reads the word in all three ways, in one snapshot. Throws before `ready` has loaded the weights. */
export function* compute({word}: Pick<ObjectiveParams, "word">): Generator<ObjectiveSnapshot, void> {
  if (!trainedWeights)
    throw new Error("objective: the trained weights are not loaded yet; wait for ready() before a run begins");
  const base = theForge();
  yield {
    word,
    logs: {
      base: logsOf(base, word),
      lora: logsOf({...base, attached: [storedAdapter(base, trainedWeights.adapter)]}, word),
      full: logsOf({...base, weights: allocate(base.weights.layout, trainedWeights.weights)}, word),
    },
    counts: {base: 0, lora: trainedWeights.adapter.length, full: trainedWeights.weights.length},
  };
}

/** One row: a letter of the name, or its end. */
export interface NextLetter {
  before: string;
  /** The letter, or "end". */
  next: string;
  /** Its name in a sentence: "the second n", "the end". */
  name: string;
  logs: OfEach<number>;
}

export interface ObjectiveResult extends Pick<ObjectiveSnapshot, "word" | "counts"> {
  letters: readonly NextLetter[];
  /** Σ log p. */
  sums: OfEach<number>;
}

const ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh".split(" ");

/** "the n", or "the second n" if the word has more than one. */
function nameIn(word: string, at: number): string {
  const letter = word[at];
  if (letter === undefined) return "the end";
  const isOnce = word.indexOf(letter) === word.lastIndexOf(letter);
  return isOnce ? `the ${letter}` : `the ${ORDINALS[word.slice(0, at).split(letter).length - 1]} ${letter}`;
}

/** A value for each way of training. */
const ofEachWay = <T>(of: (trained: ObjectiveTrained) => T): OfEach<T> => ({
  base: of("base"),
  lora: of("lora"),
  full: of("full"),
});

/** What the figure shows, from the run's one snapshot. */
export function readObjective([snapshot]: Frames<ObjectiveSnapshot>): ObjectiveResult {
  const {word, logs, counts} = snapshot!;
  return {
    word,
    counts,
    letters: logs.base.map((_, at) => ({
      before: word.slice(0, at),
      next: word[at] ?? "end",
      name: nameIn(word, at),
      logs: ofEachWay((trained) => logs[trained][at]),
    })),
    sums: ofEachWay((trained) => logs[trained].reduce((sum, one) => sum + one, 0)),
  };
}
