/** The run of the probe, a figure for tests: power iteration that can be made slow and made to fail. */
import {frobenius, type Matrix, matmul, scale, transpose} from "../../engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../engine/linalg/random.ts";
import type {ProbeParams} from "./controls.ts";

/** Side of the random matrix. */
const SIDE = 32;
/** Iterations that one unit of `cost` adds to a step. */
const ITERATIONS = 400_000;

export interface ProbeResult {
  step: number;
  steps: number;
  /** Estimates of the largest singular value, one per step. */
  estimates: Float64Array;
}

/** Takes time by iterating the logistic map. The check of its result keeps engines from optimizing the loop away. */
function spendTime(cost: number) {
  let x = 0.3;
  for (let n = 0; n < cost * ITERATIONS; n++) x = 3.9 * x * (1 - x);
  if (!(x >= 0 && x <= 1)) throw new Error(`the logistic map left [0, 1]: ${x}`);
}

/** Reports an uncaught error of the worker, upon which the page gives it up. Does nothing on the page's own thread. */
function reportWorkerError() {
  if ("importScripts" in globalThis) reportError(new Error("asked to fail"));
}

/** Power iteration on WᵀW for a random W: ‖W·v‖ of the unit vector v grows toward σ₁. */
export function* compute({steps, cost, seed, fail, at}: ProbeParams): Generator<ProbeResult, void> {
  const global = globalThis as {probed?: number};
  const W = randn(SIDE, SIDE, mulberry32(seed));
  const Wt = transpose(W);
  const unit = (v: Matrix) => scale(v, 1 / frobenius(v));
  let v = unit({rows: SIDE, cols: 1, data: new Float64Array(SIDE).fill(1)});
  const estimates = new Float64Array(steps + 1);
  for (let step = 0; step <= steps; step++) {
    if (step === at && fail === "throw") throw new Error(`asked to fail at step ${at}`);
    if (step === at && fail === "close") reportWorkerError();
    spendTime(cost);
    const next = matmul(W, v);
    estimates[step] = frobenius(next);
    v = unit(matmul(Wt, next));
    // Tests read how many steps each thread has computed.
    global.probed = (global.probed ?? 0) + 1;
    yield {step, steps, estimates: estimates.slice(0, step + 1)};
  }
}
