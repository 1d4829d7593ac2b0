import type {Task} from "../shared/taskNames.ts";

/** A word that was written, or the digits of one answer. */
export interface Written {
  text: string;
  /** A word that stands in the list it was trained on; an answer without a mistake. */
  isHit: boolean;
}

/** What has become of the model at a step. */
export interface Look {
  written: readonly Written[];
  /** Nats a letter on words that were held out, or the share of fresh inputs answered without a mistake. */
  score: number;
  /** The same of what the base could do: on words it wrote itself, or on its own five operations. */
  skill: number;
  /** ‖ΔW‖ of each matrix that a pair can sit on, layer by layer. */
  deltas: readonly number[];
}

/** How a model does before anything trained is on it. */
export type Standing = Pick<Look, "score" | "skill">;

/** What a run stands on. */
export interface Ground {
  /** The frozen base as the run has it, with nothing attached. */
  off: Standing;
  /** The base before its weights were rounded, where they were. */
  bare?: Standing;
  /** Numbers of the base, those that are trained, and those of the matrices a pair sits on (0 where it is no pair). */
  all: number;
  trained: number;
  adapted: number;
  /** The width d of the model. */
  d: number;
  /** Words or inputs that it is scored on, and those of its old skill. */
  fresh: number;
  old: number;
  /** Words there are to train on; without it examples are drawn without end. */
  pool?: number;
  /** The inputs that are written down at each look, with the answers that are due. */
  questions?: readonly {input: string; due: string}[];
}

/** Whole sequences and their mean loss with what was trained and without it: by them another program is compared. */
interface Proof {
  texts: readonly string[];
  on: number;
  off: number;
}

/** What was trained, to be taken away: the numbers in the order of their layout, the base if it was rounded, their check. */
export interface Trained {
  params: Float32Array;
  base?: Float32Array;
  proof: Proof;
}

/** A run at one step. The first frame has the ground too, the last one what was trained, on what, and its proof. */
export interface Frame {
  /** On this step's examples, before the step; nothing where nothing is trained. */
  loss?: number;
  look?: Look;
  ground?: Ground;
  params?: Float32Array;
  /** The weights of the base under them, where they were rounded. */
  base?: Float32Array;
  proof?: Proof;
  /** The run has left the range of numbers, and there is nothing of this step. */
  isLost?: boolean;
  /** In place of all this: the trained model at work on what was typed. */
  use?: Use;
}

/** The model in one of the ways it can be used, and what it writes so. */
export interface Way {
  /**
   * The first four of one adapter; merged and rounded again, or beside the weights as they were before rounding; the
   * adapter of a kept run, and both of them at once.
   */
  name: "off" | "scaled" | "on" | "merged" | "rounded" | "bare" | "other" | "both";
  written: readonly string[];
}

/** What the digits typed should become by an operation. */
export interface Due {
  task: Task;
  answer: string;
}

export interface Use {
  /** What was typed where it fits the task, or what stands for it. */
  input: string;
  ways: readonly Way[];
  /** Largest difference of a logit between the adapter beside its weights and merged into them, in float64. */
  difference?: number;
  /** What is due by the new operation, and by that of the other adapter. */
  due: readonly Due[];
}
