/** What a run and a model in use yield, as it comes from the worker. */

import type {TaskName} from "../shared/taskNames.ts";

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

/** The model at one step. */
export interface Evaluation extends Scores {
  samples: readonly Sample[];
  /** ‖ΔW‖ of each matrix that can be adapted, layer by layer. */
  deltas: readonly number[];
}

/** A run before it trains: its scores, sizes and data. */
export interface LabSetup {
  /** The scores of the frozen base with nothing attached, and what it writes. */
  off: Scores;
  before: readonly Sample[];
  /** The scores of the base before its weights were rounded, if they were. */
  bare?: Scores;
  /** Parameters of the base, of what is trained, and of the matrices that are adapted (0 if none is). */
  all: number;
  trained: number;
  adapted: number;
  /** The width d of the model. */
  d: number;
  /** This host has no SIMD: the plain routines run, slower. */
  isPlain?: true;
  /** How many words or inputs are scored: new ones, and ones of the old skill. */
  fresh: number;
  old: number;
  /** The words that are scored are those it learns from: there were too few to keep some back. */
  isLearned?: true;
  /** Words or inputs to train on; undefined if new ones are drawn without end. */
  pool?: number;
  /** The inputs answered in each evaluation, with the right answers. */
  questions?: readonly {input: string; answer: string}[];
}

/**
 * Mean losses on some texts with and without what was trained, for checking the run in another program. Of words these are the
 * scores themselves, on all the words that are scored.
 */
export interface ReferenceLosses {
  texts: readonly string[];
  on: number;
  off: number;
}

/** The result of a run: the trained parameters in the order of their layout, and the base if it was rounded. */
export interface TrainedRun {
  parameters: Float32Array;
  base?: Float32Array;
  reference: ReferenceLosses;
}

/** One of the ways to use a trained model, and what the model then writes. */
export interface WayOfUse {
  /**
   * "rounded" is merged and rounded again; "bare" is the adapter on the weights before rounding; "other" is the adapter of a kept
   * run, and "both" is both adapters at once.
   */
  name: "off" | "scaled" | "on" | "merged" | "rounded" | "bare" | "other" | "both";
  texts: readonly string[];
  /** What it writes where nothing was typed, as in an evaluation. */
  samples: readonly Sample[];
  /** Of "scaled" only: the other ways score as the run or its base does. */
  scores?: Scores;
}

/** A model in use on an input. */
export interface Use {
  /** What was typed, or a default if that does not fit the task. */
  input: string;
  ways: readonly WayOfUse[];
  /** Largest difference of a logit between the adapter beside its weights and merged into them, in float64. */
  difference?: number;
  /** Of all words that are written here, those in the list that it learned from. */
  learnedWords: readonly string[];
  /** The right answers: by the operation that was trained, then by the other adapter's. */
  answers: readonly {task: TaskName; answer: string}[];
}

/**
 * A run yields "first", "step", …, "step", "last", one snapshot a step; if it diverges, it ends with "diverged". A step may bring what
 * the model writes without an evaluation. A run that trains nothing yields "first" alone, without a loss; a model in use yields "use"
 * alone.
 */
export type LabSnapshot =
  | {kind: "first"; loss?: number; evaluation: Evaluation; setup: LabSetup}
  | {kind: "step"; loss: number; evaluation?: Evaluation; samples?: readonly Sample[]}
  | {kind: "last"; loss: number; evaluation: Evaluation; trained: TrainedRun}
  | {kind: "diverged"}
  | {kind: "use"; use: Use};
