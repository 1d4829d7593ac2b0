/** d and k of the layer, and the width between the two matrices of the two-layer network. */
export const CLINIC_SIDE = 12;
export const MIDDLE = 6;

export const CLINIC_STEPS = 120;

/** Singular values of ΔW* in a single layer. */
export const SPECTRUM = [3, 2.5, 2, 1.5] as const;

/** The loss below which no ΔW of rank r gets in a single layer: half the squares of what it has to leave out, as the mean of x·xᵀ is I. */
export const leastOf = (r: number): number => SPECTRUM.slice(r).reduce((sum, s) => sum + s ** 2 / 2, 0);

/** Everything that determines a run and how its adapter is used afterward. A type alias, as messages to the worker need an index signature. */
export type ClinicSetup = {
  seed: number;
  /** Which random start of A and B. */
  draw: number;
  r: number;
  alpha: number;
  rate: number;
  /** Whether A, B, both or neither is zero at the start. */
  start: "b" | "a" | "zero" | "random";
  /** BA is multiplied by α/r ("over"), or by α ("alone") if the division was forgotten. */
  factor: "over" | "alone";
  /** A single layer W0, or two in a row, W1 and W2, with the adapter on the first or the second. */
  on: "layer" | "first" | "second";
  /** Probability that an entry of the adapter's input is dropped in training. */
  dropout: number;
  serving: "adapter" | "merged" | "twice" | "off";
  mode: "eval" | "train";
  base: "same" | "changed";
};

/** The number that multiplies BA. */
export const multiplier = ({alpha, r, factor}: ClinicSetup): number => (factor === "over" ? alpha / r : alpha);
