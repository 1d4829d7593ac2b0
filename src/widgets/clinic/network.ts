import {lastOf} from "../../engine/last.ts";
import {add, type Matrix, matmul, scale} from "../../engine/linalg/matrix.ts";
import {qr} from "../../engine/linalg/qr.ts";
import {mulberry32, randn} from "../../engine/linalg/random.ts";
import {linear} from "../../engine/network/layers/linear.ts";
import {plantDelta} from "../../engine/network/teacher.ts";
import {MIDDLE, SIDE} from "./setup.ts";

/** Singular values of ΔW* in one layer, and in the second of two. */
const SPECTRUM = new Float64Array([3, 2.5, 2, 1.5]);
const SECOND = new Float64Array([3, 2.5]);
/** Deviation of what the new version of the base adds, times √k. */
const NEWS = 0.8;

/** A frozen layer or two, a new version of the first, and inputs (N,k) with the outputs due (N,d). */
export interface World {
  /** W0, or W1 and W2. */
  layers: readonly Matrix[];
  changed: Matrix;
  /** What it should do, as one matrix. */
  due: Matrix;
  x: Matrix;
  y: Matrix;
}

type Layers = Pick<World, "layers" | "due">;

function single(random: () => number): Layers {
  const W0 = scale(randn(SIDE, SIDE, random), 1 / Math.sqrt(SIDE));
  return {layers: [W0], due: add(W0, plantDelta({d: SIDE, k: SIDE, s: SPECTRUM}, random))};
}

/** What is due is (W2 + ΔW2*)·W1: the second matrix has to write something new. */
function double(random: () => number): Layers {
  const W1 = scale(randn(MIDDLE, SIDE, random), 1 / Math.sqrt(SIDE));
  const W2 = scale(randn(SIDE, MIDDLE, random), 1 / Math.sqrt(MIDDLE));
  return {layers: [W1, W2], due: matmul(add(W2, plantDelta({d: SIDE, k: MIDDLE, s: SECOND}, random)), W1)};
}

/** The world of a seed. */
export const worldOf = lastOf((seed: number, isDouble: boolean): World => {
  const random = mulberry32(seed);
  const {layers, due} = isDouble ? double(random) : single(random);
  const [first] = layers as [Matrix];
  // Rows of √k times an orthogonal matrix: their mean of x·xᵀ is I, as that of all x ~ N(0, I) is, and none is sparse.
  const x = scale(qr(randn(SIDE, SIDE, random)).q, Math.sqrt(SIDE));
  return {
    layers,
    due,
    x,
    y: linear(x, due),
    changed: add(first, scale(randn(first.rows, first.cols, random), NEWS / Math.sqrt(first.cols))),
  };
});
