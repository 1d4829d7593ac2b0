/** What the worker of the lab is asked to compute, and what it yields. */

import {isOfWords, keptRunsIn, type LabParams, type LabSettings, labSettings, runText, stepsOf} from "./controls.ts";

/** Asks how a model continues an input: the base of a run or, once the run is trained, the model in every way to use it. */
export interface UseOrder {
  run: LabSettings;
  isTrained: boolean;
  input: string;
  /** A kept run whose adapter is used too. */
  other?: LabSettings;
}

/** Why a run trains nothing at all; undefined if it trains. */
export function idleReason({
  method,
  on,
  examples,
  task,
  words,
}: LabSettings): "no matrix" | "no example" | "no words" | undefined {
  if (method === "lora" && on === "") return "no matrix";
  if (task === "own" && !words) return "no words";
  return examples === "0" ? "no example" : undefined;
}

/** The digit machine's input if the reader typed none that fits. */
const DEFAULT_QUESTION = "X204719";

/** What was typed if it fits the task: letters, or six digits after the symbol of an operation (X, the new one, by default). */
export function inputFor({task, input}: Pick<LabParams, "task" | "input">): string {
  if (isOfWords(task)) return /^[a-z]*$/.test(input) ? input : "";
  if (/^\d{6}$/.test(input)) return `X${input}`;
  return /^[CRIDLX]\d{6}$/.test(input) ? input : DEFAULT_QUESTION;
}

/** Whether the adapter of a kept run can be used on the frozen weights of the present one, and is not the same. */
const isCompatible = (kept: LabSettings, now: LabSettings): boolean =>
  ![now, kept].some(({method}) => method === "full") &&
  isOfWords(kept.task) === isOfWords(now.task) &&
  kept.base === now.base &&
  !idleReason(kept) &&
  runText(kept) !== runText(now);

/** The order for the model in use in a state. */
export function useOrderOf(params: LabParams): UseOrder {
  const run = labSettings(params);
  const isTrained = !idleReason(run) && params.step >= stepsOf(run);
  const other = isTrained ? keptRunsIn(params).findLast((kept) => isCompatible(kept, run)) : undefined;
  return {run, isTrained, input: inputFor(params), ...(other && {other})};
}

/** The runs to compute: the one in the picture, the kept ones, and the model in use. */
export const runsOf = (params: LabParams): readonly (LabSettings | UseOrder)[] => [
  labSettings(params),
  ...keptRunsIn(params),
  useOrderOf(params),
];

/** Whether a run is trained only once the reader says so. */
export const waitsForReader = (order: LabSettings | UseOrder): boolean => !("run" in order);

/** A word that the model writes, or the six digits of an answer. */
export interface Sample {
  text: string;
  /** The word is in the training list; the answer is right. */
  isHit: boolean;
}

export interface Scores {
  /** Nats a letter on held-out words, or the share of fresh inputs answered without a mistake. */
  score: number;
  /** The same for what the base could already do: words it wrote itself, or its own five operations. */
  skill: number;
}

/** A model's scores, and what it writes. */
export interface Measurement extends Scores {
  samples: readonly Sample[];
}

/** The model at one step. */
export interface Evaluation extends Measurement {
  /** ‖ΔW‖ of each matrix that can be adapted, layer by layer. */
  deltas: readonly number[];
}

/** A run before it trains: its scores, sizes and data. */
export interface LabSetup {
  /** The frozen base with nothing attached; and its scores before its weights were rounded, if they were. */
  off: Measurement;
  bare?: Scores;
  /** How many parameters the base has, and how many are trained. */
  baseCount: number;
  trainedCount: number;
  /** How many words or inputs are scored: new ones, and ones of the old skill. */
  freshCount: number;
  oldCount: number;
  /** The words that are scored are those it learns from: there were too few to keep some back. */
  isLearned?: true;
  /** How many words or inputs there are to train on; undefined if new ones are drawn without end. */
  poolSize?: number;
  /** The inputs answered in each evaluation, with the right answers. */
  questions?: readonly {input: string; answer: string}[];
}

/** The result of a run: the trained parameters in the order of their layout. */
export interface TrainedRun {
  parameters: Float32Array;
  /** The base if it was rounded. */
  base?: Float32Array;
  /** The scores with half of ΔW, of a LoRA. */
  half?: Scores;
  /** The mean loss on some texts with what was trained and without it, for checking the run in another program. */
  reference: {texts: readonly string[]; on: number; off: number};
}

/** One of the ways to use a trained model, and what the model then writes. */
export interface WayOfUse {
  /**
   * "rounded" is merged and rounded again; "bare" is the adapter on the weights before rounding; "other" is the adapter of a kept
   * run, and "both" is both adapters at once.
   */
  name: "off" | "half" | "on" | "merged" | "rounded" | "bare" | "other" | "both";
  /** How it continues the input. */
  texts: readonly Sample[];
  /** What it writes without an input, as in an evaluation. */
  samples: readonly Sample[];
}

/** A model in use on an input. */
export interface Use {
  order: UseOrder;
  ways: readonly WayOfUse[];
  /** Largest difference of a logit between the adapter beside its weights and merged into them, in float64. */
  difference?: number;
}

/**
 * A run yields "first", "step", …, "step", "last", one snapshot a step; if it diverges, it ends with "diverged". A run that trains
 * nothing yields "first" alone, without a loss; a model in use yields "use" alone.
 */
export type LabSnapshot =
  | {kind: "first"; loss?: number; evaluation: Evaluation; setup: LabSetup}
  | {kind: "step"; loss: number; evaluation?: Evaluation}
  | {kind: "last"; loss: number; evaluation: Evaluation; trained: TrainedRun}
  | {kind: "diverged"}
  | {kind: "use"; use: Use};
