/** One adapted layer and one example: the forward and the backward pass, some steps of SGD, and merging. No DOM. */
import {
  add,
  frobenius,
  type Matrix,
  matrix,
  outer,
  scale,
  subtract,
  transpose,
  zeros,
} from "../../engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../engine/linalg/random.ts";
import {deltaWeight, initLora, type Lora, merge, scaling} from "../../engine/lora/lora.ts";
import {linear, linearBackward} from "../../engine/network/layers/linear.ts";
import {loraLinear, loraLinearBackward} from "../../engine/network/layers/lora.ts";
import {choice, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";
import {largestEntry} from "../shared/largestEntry.ts";

/** The largest d and k, α and r, and the steps of a run. */
const [MAX_SIDE, MAX_ALPHA, MAX_RANK, STEPS] = [8, 8, 4, 20];
/** A run ends when its loss is over this many times the loss of W₀ alone: from there it only grows. */
export const DIVERGENCE_FACTOR = 100;

export const controls = {
  stage: choice(
    ["Stage"],
    {freeze: "1 Freeze", insert: "2 Insert", forward: "3 Forward", backward: "4 Backward", merge: "5 Merge"},
    "forward",
  ),
  steps: range(["Steps taken"], {min: 0, max: STEPS, value: 1}),
  r: range(["Rank ", symbol.r], {min: 1, max: MAX_RANK, value: 1}),
  alpha: range([symbol.alpha], {accessibleName: "alpha α", min: 1, max: MAX_ALPHA, value: 2}),
  d: range(["Outputs ", symbol.d], {min: 2, max: MAX_SIDE, value: 2, more: true}),
  k: range(["Inputs ", symbol.k], {min: 2, max: MAX_SIDE, value: 2, more: true}),
  rate: choice(
    ["Learning rate η"],
    {
      "0.003": "0.003",
      "0.01": "0.01",
      "0.02": "0.02",
      "0.03": "0.03",
      "0.1": "0.1",
    },
    "0.02",
    true,
    "training",
  ),
  seed: range(["Seed (0: by hand)"], {min: 0, max: 9, value: 0, more: true, group: "chance"}),
  trace: choice(
    ["Trace"],
    {
      auto: "by stage",
      h: "h",
      base: "W₀x",
      down: "Ax",
      up: "BAx",
      da: "∂L/∂A",
      db: "∂L/∂B",
      dx: "∂L/∂x",
      du: "(α/r)Bᵀg",
      g: "g",
      dw: "ΔW",
      w: "W",
    },
    "auto",
    true,
  ),
  row: range(["Trace row"], {min: 1, max: MAX_SIDE, value: 1, more: true, group: "trace"}),
  column: range(["Trace column"], {min: 1, max: MAX_SIDE, value: 1, more: true, group: "trace"}),
};
export type ForwardParams = Params<typeof controls>;

/** The matrices and vectors of a layer with x (k,1): the forward pass, the backward pass and the merged weight. */
interface LayerParts {
  /** (d,k), (r,k), (d,r). */
  W0: Matrix;
  A: Matrix;
  B: Matrix;
  /** The input (k,1), and the output (d,1) that it should have. */
  x: Matrix;
  y: Matrix;
  /** W₀x (d,1), Ax (r,1), (α/r)BAx (d,1), and h = W₀x + (α/r)BAx (d,1). */
  base: Matrix;
  down: Matrix;
  up: Matrix;
  h: Matrix;
  /** g = ∂L/∂h (d,1), ∂L/∂(Ax) = (α/r)Bᵀg (r,1), ∂L/∂A, ∂L/∂B and ∂L/∂x (k,1). W₀ gets no gradient. */
  g: Matrix;
  du: Matrix;
  da: Matrix;
  db: Matrix;
  dx: Matrix;
  /** ΔW = (α/r)BA and W = W₀ + ΔW (d,k), and Wx (d,1). */
  dw: Matrix;
  w: Matrix;
  out: Matrix;
}
export type LayerPart = keyof LayerParts;

export interface ForwardResult {
  parts: LayerParts;
  /** α/r. */
  scaling: number;
  /** ½‖h − y‖², and the same with W₀ alone. */
  loss: number;
  lossOfW0: number;
  /** The largest difference between an entry of Wx and of h. */
  difference: number;
  /** The step that is shown, and the step at which the run diverged, or 0. */
  step: number;
  divergedAt: number;
}

/** The length of a vector, or the norm of a matrix. */
export const normOf = ({parts}: ForwardResult, part: LayerPart): number => frobenius(parts[part]);

/** The limits of controls: r is at most d and k, and the traced row and column are inside the matrix. */
export const bounds = ({d, k}: ForwardParams) =>
  ({r: [1, Math.min(MAX_RANK, d, k)], row: [1, d], column: [1, k]}) as const;

/** The input (1,k) and the output that it should have (1,d). */
interface Example {
  x: Matrix;
  y: Matrix;
}

/** A layer and its run. */
interface LayerRun {
  W0: Matrix;
  /** The example of the first step, and that of all later ones. */
  examples: readonly [Example, Example];
  /** A and B at step 0, 1, …; fewer than STEPS + 1 if the run diverged. */
  states: readonly Lora[];
}

/** ½‖g‖², as a sum of squares: the square of a norm would give 25.000000000000004 for 25. */
const lossOf = ({data}: Matrix): number => 0.5 * data.reduce((sum, x) => sum + x * x, 0);

/** The loss with W₀ alone. */
const lossWithW0 = (W0: Matrix, {x, y}: Example): number => lossOf(subtract(linear(x, W0), y));

/** The passes through the layer for one example: h, the gradients of L = ½‖h − y‖² with g = ∂L/∂h, and the loss. */
function passesOf(W0: Matrix, {x, y}: Example, lora: Lora) {
  const {h, us} = loraLinear(x, W0, [lora]);
  const g = subtract(h, y);
  const gradient = {A: zeros(lora.A.rows, lora.A.cols), B: zeros(lora.B.rows, lora.B.cols)};
  const dx = zeros(x.rows, x.cols);
  loraLinearBackward(g, x, W0, [lora], us, dx, [gradient]);
  return {h, down: us[0], g, gradient, dx, loss: lossOf(g)};
}

type Sizes = Pick<ForwardParams, "d" | "k" | "r" | "seed">;
/** Whether this is the layer that chapter 3 computes by hand. */
export const isByHand = ({d, k, r, seed}: Sizes): boolean => d === 2 && k === 2 && r === 1 && seed === 0;

/**
 * The layer that chapter 3 computes by hand. At the default settings its first step, on x = (2, −1), makes B = (1, 3). From then
 * on x is (1, 1), and after that step h is (5, 7).
 */
const handLayer = (alpha: number) => ({
  W0: matrix(2, 2, [1, 2, 0, 1]),
  examples: [
    {x: matrix(1, 2, [2, -1]), y: matrix(1, 2, [5, 14])},
    {x: matrix(1, 2, [1, 1]), y: matrix(1, 2, [4, 8])},
  ] as const,
  lora: {A: matrix(1, 2, [2, -1]), B: zeros(2, 1), alpha, r: 1},
});

/** A random layer: W₀ is normal with standard deviation 1/√k, and y is the output of W₀ plus a matrix of rank 1. */
function randomLayer({d, k, r, seed}: Sizes, alpha: number) {
  const random = mulberry32(seed);
  const W0 = scale(randn(d, k, random), 1 / Math.sqrt(k));
  const x = randn(1, k, random);
  const target = scale(outer(randn(1, d, random).data, randn(1, k, random).data), 1 / Math.sqrt(k));
  const example = {x, y: linear(x, add(W0, target))};
  return {W0, examples: [example, example] as const, lora: initLora({d, k, r, alpha}, random)};
}

/** A layer with the run in which SGD trains its A and B. */
function layerRunOf({d, k, r, alpha, rate, seed}: ForwardParams): LayerRun {
  const sizes = {d, k, r, seed};
  const {W0, examples, lora: start} = isByHand(sizes) ? handLayer(alpha) : randomLayer(sizes, alpha);
  const states: Lora[] = [];
  let lora: Lora = start;
  for (let step = 0; step <= STEPS; step++) {
    const example = examples[step ? 1 : 0];
    const {loss, gradient} = passesOf(W0, example, lora);
    if (step && loss > DIVERGENCE_FACTOR * lossWithW0(W0, example)) break;
    states.push(lora);
    // SGD is written out here: the engine's `sgd` would load AdamW as well.
    const afterStep = (m: Matrix, gradient: Matrix): Matrix => subtract(m, scale(gradient, Number(rate)));
    lora = {...lora, A: afterStep(lora.A, gradient.A), B: afterStep(lora.B, gradient.B)};
  }
  return {W0, examples, states};
}

export function compute(params: ForwardParams): ForwardResult {
  const {r, steps} = params;
  const {W0, examples, states} = layerRunOf(params);
  const step = Math.min(steps, states.length - 1);
  const example = examples[step ? 1 : 0];
  const lora = states[step]!;
  const {x, y} = example;
  const {A, B} = lora;
  const {h, down, g, gradient, dx, loss} = passesOf(W0, example, lora);
  const s = scaling(lora);
  const du = zeros(1, r);
  linearBackward(scale(g, s), down, B, du);
  const w = merge(W0, lora);
  const out = linear(x, w);
  const parts = {
    W0,
    A,
    B,
    x: transpose(x),
    y: transpose(y),
    base: transpose(linear(x, W0)),
    down: transpose(down),
    up: transpose(scale(linear(down, B), s)),
    h: transpose(h),
    g: transpose(g),
    du: transpose(du),
    da: gradient.A,
    db: gradient.B,
    dx: transpose(dx),
    dw: deltaWeight(lora),
    w,
    out: transpose(out),
  };
  return {
    parts,
    scaling: s,
    loss,
    lossOfW0: lossWithW0(W0, example),
    difference: largestEntry(subtract(h, out)),
    step,
    divergedAt: steps > step ? states.length : 0,
  };
}
