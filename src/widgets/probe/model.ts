import {frobenius, type Matrix, matmul, scale, transpose} from "../../engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../engine/linalg/random.ts";
import type {ProbeParams} from "./controls.ts";

/** Side of the random matrix. */
const SIDE = 32;
/** Multiplications that one unit of `cost` adds to a step. */
const UNIT = 400_000;

export interface ProbeResult {
  step: number;
  steps: number;
  /** Estimates of the largest singular value, one a step. */
  estimates: Float64Array;
}

/** Work that takes time and changes nothing: the logistic map, whose value is thrown away unless it leaves [0, 1]. */
function spin(cost: number) {
  let x = 0.3;
  for (let n = 0; n < cost * UNIT; n++) x = 3.9 * x * (1 - x);
  if (!(x >= 0 && x <= 1)) throw new Error(`the logistic map left [0, 1]: ${x}`);
}

/** Ends the worker this runs in, as a browser short of memory may. On a page's own thread nothing happens. */
function close() {
  if ("importScripts" in globalThis) (globalThis as unknown as {close(): void}).close();
}

/** Power iteration on WᵀW of a seeded random W: ‖W·v‖ for the unit vector v grows toward σ₁. */
export function* compute({steps, cost, seed, fail, at}: ProbeParams): Generator<ProbeResult, void> {
  const counted = globalThis as {probed?: number};
  const W = randn(SIDE, SIDE, mulberry32(seed));
  const Wt = transpose(W);
  const unit = (v: Matrix) => scale(v, 1 / frobenius(v));
  let v = unit({rows: SIDE, cols: 1, data: new Float64Array(SIDE).fill(1)});
  const estimates = new Float64Array(steps + 1);
  for (let step = 0; step <= steps; step++) {
    if (step === at && fail === "throw") throw new Error(`asked to fail at step ${at}`);
    if (step === at && fail === "close") close();
    spin(cost);
    const next = matmul(W, v);
    estimates[step] = frobenius(next);
    v = unit(matmul(Wt, next));
    // Tests read which thread computed how many steps.
    counted.probed = (counted.probed ?? 0) + 1;
    yield {step, steps, estimates: estimates.slice(0, step + 1)};
  }
}
