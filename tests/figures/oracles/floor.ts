/** What the floor widget must say: floors from another SVD, losses by loops over the inputs from the numbers of A and B. */

import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {loraStudent} from "../../../src/engine/network/teacher.ts";
import {adamw} from "../../../src/engine/training/optimizer.ts";
import {cosineDecay} from "../../../src/engine/training/schedule.ts";
import {train} from "../../../src/engine/training/train.ts";
import {type FloorParams, type FloorSettings, teacherOf} from "../../../src/figures/floor/model.ts";
import {productOf, singularValues} from "./exact.ts";
import type {Claims} from "./oracle.ts";
import {lossOf} from "./train.ts";

const SIDE = 16;

/** The loss of the run with rank r after `step` of 200 steps, from its last A and B alone. */
function landed(params: FloorSettings, r: number, step: number): number {
  const teacher = teacherOf(params);
  const student = loraStudent(teacher, {r, alpha: r}, mulberry32(params.seed + 100));
  const run = train(student, {optimizer: adamw, rate: 0.1, steps: 200, weightDecay: 0, schedule: cosineDecay(1, 0)});
  for (const {step: at, params: numbers} of run) {
    if (at < step) continue;
    const A = {rows: r, cols: SIDE, data: numbers.slice(0, r * SIDE)};
    const B = {rows: SIDE, cols: r, data: numbers.slice(r * SIDE)};
    return lossOf(teacher, productOf(B, A));
  }
  throw new Error(`landed: the run has no step ${step}`);
}

/** Singular values of X·ΔW*ᵀ/√16, and the floors that follow: half the squares beyond each rank. */
export function floorsOf(params: FloorSettings): {seen: number[]; floors: number[]} {
  const {x, deltaStar} = teacherOf(params);
  const data = new Float64Array(SIDE * SIDE);
  for (let n = 0; n < SIDE; n++)
    for (let i = 0; i < SIDE; i++)
      for (let j = 0; j < SIDE; j++)
        data[n * SIDE + i]! += (x.data[n * SIDE + j]! * deltaStar.data[i * SIDE + j]!) / Math.sqrt(SIDE);
  const seen = singularValues({rows: SIDE, cols: SIDE, data});
  const floors = Array.from({length: SIDE + 1}, (_, r) =>
    seen.slice(r).reduceRight((sum, sigma) => sum + 0.5 * sigma * sigma, 0),
  );
  return {seen, floors};
}

export function floor(params: FloorParams, cuts: readonly number[]): Claims {
  const {r, step} = params;
  const {seen, floors} = floorsOf(params);
  const losses = Array.from({length: SIDE}, (_, i) => landed(params, i + 1, step));
  const [loss, floor, all] = [losses[r - 1]!, floors[r]!, floors[0]!];
  return {
    summary: [r, floor, (100 * floor) / all, 0, step, loss, r, cuts[r]!],
    readouts: [[loss, step], [floor], [(100 * floor) / all, 0].slice(0, 1), [cuts[r]!]],
    caption: [step],
    rows: losses.map((one, i) => [i + 1, seen[i]!, floors[i + 1]!, one, cuts[i + 1]!]),
  };
}
