/** What a run of the lab is made of: its tasks, the matrices of a layer, and the numbers that nobody sets. */

import {isList, type List, type TaskName} from "../shared/taskNames.ts";

/** What the lab teaches: a list or an operation of the site, or the reader's own words. */
export type LabTask = TaskName | "own";

/** Whether the word forge learns it. */
export const isOfWords = (task: LabTask): task is List | "own" => task === "own" || isList(task);

/** Steps of a run, the steps between two evaluations, and between two samples of what the model writes. */
export const LAB_STEPS = 200;
export const EVALUATE_EVERY = 10;
export const SAMPLE_EVERY = 2;

/** Kilobytes of the weights of each machine; a test compares them with the files. */
export const WEIGHT_KILOBYTES = {words: 54, digits: 53};

/** The default learning rate of each method: one at which it trains well. */
export const DEFAULT_RATES = {lora: "0.01", bottleneck: "0.01", prefix: "0.03", full: "0.003"} as const;

/** The matrices of a layer that can be adapted, in the order of the engine's TARGETS; a link names each by its letter. */
export const labMatrices = [
  {letter: "q", target: "Wq"},
  {letter: "k", target: "Wk"},
  {letter: "v", target: "Wv"},
  {letter: "o", target: "Wo"},
  {letter: "1", target: "W1"},
  {letter: "2", target: "W2"},
] as const;

/** Their letters. */
export const MATRIX_LETTERS: string = labMatrices.map(({letter}) => letter).join("");

/** Layers of either machine. */
export const LAYERS = 2;

/** The matrices that a text such as "qv" names. */
export const matricesNamed = (on: string) => labMatrices.filter(({letter}) => on.includes(letter));

/** Whether a text names matrices: their letters, each once and in order; "" for none. */
export const isOn = (text: string): boolean => {
  const letters = matricesNamed(text).map(({letter}) => letter);
  return text === letters.join("");
};
