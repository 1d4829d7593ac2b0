/** d and k of the layer, and the width between the two matrices of the network. */
export const SIDE = 12;
export const MIDDLE = 6;

export const STEPS = 120;

/** All that makes a run and the way its adapter is used afterward. An alias, as the worker's orders ask for an index. */
export type Setup = {
  seed: number;
  /** Which random start of A and B is drawn. */
  draw: number;
  r: number;
  alpha: number;
  rate: number;
  /** Which of A and B is zero at the start, or both, or neither. */
  start: "b" | "a" | "zero" | "random";
  /** What multiplies BA: α/r, or α where the division was forgotten. */
  factor: "over" | "alone";
  /** One layer W0, or two in a row, W1 and W2, and which of them has the adapter. */
  on: "layer" | "first" | "second";
  /** Chance that an entry of the adapter's input is dropped in training. */
  dropout: number;
  serving: "adapter" | "merged" | "twice" | "off";
  mode: "eval" | "train";
  base: "same" | "changed";
};

/** The number that multiplies BA. */
export const multiplier = ({alpha, r, factor}: Setup): number => (factor === "over" ? alpha / r : alpha);
