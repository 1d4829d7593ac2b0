import type {Matrix} from "../../engine/linalg/matrix.ts";
import {choice, type Params, range} from "../../shell/controls.ts";
import {sign} from "../../shell/signs.ts";

export const ROWS = 6;
export const COLUMNS = 8;
export const STEPS = 60;

export const controls = {
  step: range(["Step"], {min: 0, max: STEPS, value: 0, clock: true}),
  r: range(["Rank ", sign.r], {min: 1, max: ROWS, value: 2}),
  rate: choice(["Learning rate η"], {"0.01": "0.01", "0.03": "0.03", "0.1": "0.1", "0.3": "0.3", "1.0": "1"}, "0.1"),
  optimizer: choice(["Optimizer"], {sgd: "SGD", adam: "Adam"}, "sgd", true),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true}),
};
export type InitParams = Params<typeof controls>;

/** Where A and B start: at zero or at random. In this order they are raced, drawn and listed. */
export const starts = [
  {name: "b-zero", A: true, B: false},
  {name: "a-zero", A: false, B: true},
  {name: "both-zero", A: false, B: false},
  {name: "both-random", A: true, B: true},
] as const;
export type Start = (typeof starts)[number]["name"];

/** A run at one step: its pair, the loss there, ‖ΔW‖, and the norms of the two gradients. */
export interface Point {
  A: Matrix;
  B: Matrix;
  loss: number;
  delta: number;
  dA: number;
  dB: number;
}

export interface Run {
  name: Start;
  /** Step 0 first; 61 of them, unless the run left the range of numbers: then those before it did. */
  points: readonly Point[];
}

export interface InitResult {
  runs: readonly Run[];
  deltaStar: Matrix;
  /** The least loss any ΔW of rank r has, and the loss at ΔW = 0. */
  floor: number;
  untouched: number;
}
