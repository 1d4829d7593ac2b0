/** The small networks of the clinic, with their inputs and wanted outputs. */
import {lastOf} from "../../engine/last.ts";
import {add, type Matrix, matmul, scale} from "../../engine/linalg/matrix.ts";
import {qr} from "../../engine/linalg/qr.ts";
import {mulberry32, randn} from "../../engine/linalg/random.ts";
import {linear} from "../../engine/network/layers/linear.ts";
import {plantDelta} from "../../engine/network/teacher.ts";
import {SPECTRUM} from "./cases.ts";

/** d and k of the whole network, and the width between the two matrices of the two-layer one. */
const SIDE = 12;
const MIDDLE = 6;
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

/** A random d × k matrix that keeps the size of its inputs. */
const frozen = (d: number, k: number, random: () => number): Matrix => scale(randn(d, k, random), 1 / Math.sqrt(k));

/** The network and data of a seed. With two layers the target is (W2 + ΔW2*)·W1, which no change of W1 can reach. */
export const networkOf = lastOf((seed: number, isDouble: boolean): Network => {
  const random = mulberry32(seed);
  const layers = isDouble ? [frozen(MIDDLE, SIDE, random), frozen(SIDE, MIDDLE, random)] : [frozen(SIDE, SIDE, random)];
  const [first, adapted] = [layers[0]!, layers.at(-1)!];
  const s = isDouble ? SECOND : Float64Array.from(SPECTRUM);
  const tuned = add(adapted, plantDelta({d: SIDE, k: adapted.cols, s}, random));
  const target = isDouble ? matmul(tuned, first) : tuned;
  // The rows of √k times an orthogonal matrix: the mean of x·xᵀ is I, as for x ~ N(0, I), and no row is sparse.
  const x = scale(qr(randn(SIDE, SIDE, random)).q, Math.sqrt(SIDE));
  const changed = add(first, scale(randn(first.rows, first.cols, random), BASE_CHANGE / Math.sqrt(first.cols)));
  return {layers, target, x, y: linear(x, target), changed};
});
