/** The small networks of the clinic, with their inputs and wanted outputs. */
import {lastOf} from "../../engine/last.ts";
import {add, type Matrix, matmul, scale} from "../../engine/linalg/matrix.ts";
import {qr} from "../../engine/linalg/qr.ts";
import {mulberry32, randn} from "../../engine/linalg/random.ts";
import {linear} from "../../engine/network/layers/linear.ts";
import {plantDelta} from "../../engine/network/teacher.ts";
import {CLINIC_SIDE, MIDDLE, SPECTRUM} from "./cases.ts";

/** Singular values of ΔW* in the second of two layers. */
const SECOND = new Float64Array([3, 2.5]);
/** The standard deviation of the change in the new version of the base, times √k. */
const BASE_CHANGE = 0.8;

/** One or two frozen layers, a new version of the first, and inputs (N,k) with the wanted outputs (N,d). */
export interface Network {
  /** W0, or W1 and W2. */
  layers: readonly Matrix[];
  changed: Matrix;
  /** What the network should compute, as one matrix. */
  target: Matrix;
  x: Matrix;
  y: Matrix;
}

/** The layers of a network and what it should compute. */
type Layers = Pick<Network, "layers" | "target">;

/** A network of one layer. */
function single(random: () => number): Layers {
  const W0 = scale(randn(CLINIC_SIDE, CLINIC_SIDE, random), 1 / Math.sqrt(CLINIC_SIDE));
  return {
    layers: [W0],
    target: add(W0, plantDelta({d: CLINIC_SIDE, k: CLINIC_SIDE, s: Float64Array.from(SPECTRUM)}, random)),
  };
}

/** A network of two layers. Its target is (W2 + ΔW2*)·W1, so only a change of the second matrix can reach it. */
function double(random: () => number): Layers {
  const W1 = scale(randn(MIDDLE, CLINIC_SIDE, random), 1 / Math.sqrt(CLINIC_SIDE));
  const W2 = scale(randn(CLINIC_SIDE, MIDDLE, random), 1 / Math.sqrt(MIDDLE));
  return {layers: [W1, W2], target: matmul(add(W2, plantDelta({d: CLINIC_SIDE, k: MIDDLE, s: SECOND}, random)), W1)};
}

/** The network and data of a seed. */
export const networkOf = lastOf((seed: number, isDouble: boolean): Network => {
  const random = mulberry32(seed);
  const {layers, target} = isDouble ? double(random) : single(random);
  const [first] = layers as [Matrix];
  // The rows of √k times an orthogonal matrix: the mean of x·xᵀ is I, as for x ~ N(0, I), and no row is sparse.
  const x = scale(qr(randn(CLINIC_SIDE, CLINIC_SIDE, random)).q, Math.sqrt(CLINIC_SIDE));
  return {
    layers,
    target,
    x,
    y: linear(x, target),
    changed: add(first, scale(randn(first.rows, first.cols, random), BASE_CHANGE / Math.sqrt(first.cols))),
  };
});
