/** Losses and floors of the runs of the train figure from their definitions, by loops over the examples. */
import type {Matrix} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {makeTeacher, type Teacher} from "../../../src/engine/network/teacher.ts";
import {compute, TRAIN_STEPS, type TrainSettings, type TrainSnapshot} from "../../../src/figures/train/model.ts";
import {tapeOf} from "../promises/tapes.ts";
import {distanceTo, productOf, singularValues} from "./exact.ts";

const SIDE = 16;

export const spectrumOf = (planted: number): number[] => Array.from({length: planted}, (_, i) => 3 * 0.7 ** i);

export function teacherOf({examples, noise, planted, seed}: TrainSettings): Teacher {
  const some = examples === "all" ? {} : {examples: Number(examples), noise: noise / 10};
  return makeTeacher({d: SIDE, k: SIDE, s: Float64Array.from(spectrumOf(planted)), ...some}, mulberry32(seed));
}

const rowsOf = ({rows, cols, data}: Matrix): number[][] =>
  Array.from({length: rows}, (_, i) => Array.from(data.subarray(i * cols, (i + 1) * cols)));

/** ΔW of the LoRA run at a frame, (α/r)·BA; of the full run, what is there. */
export function deltaOf(
  {lora, full}: TrainSnapshot,
  who: "lora" | "full",
  {r, alpha}: TrainSettings,
): number[][] | undefined {
  if (who === "full") return full && rowsOf({rows: SIDE, cols: SIDE, data: full.parameters});
  if (!lora) return undefined;
  const A = {rows: r, cols: SIDE, data: lora.parameters.slice(0, r * SIDE)};
  const B = {rows: SIDE, cols: r, data: lora.parameters.slice(r * SIDE)};
  return productOf(B, A).map((row) => row.map((x) => (alpha / r) * x));
}

/** Σ‖(W0 + ΔW)·x − y‖² / 2N, example by example. */
export function lossOf({W0, x, y}: Teacher, delta: readonly (readonly number[])[]): number {
  let sum = 0;
  for (let n = 0; n < x.rows; n++)
    for (let i = 0; i < SIDE; i++) {
      let error = -y.data[n * SIDE + i]!;
      for (let j = 0; j < SIDE; j++) error += (W0.data[i * SIDE + j]! + delta[i]![j]!) * x.data[n * SIDE + j]!;
      sum += error * error;
    }
  return sum / (2 * x.rows);
}

/** Least squares by the normal equations (Gauss), then the tail of the fit's singular values: what rank r must leave. */
export function floorOf({W0, x, y}: Teacher, r: number): number {
  const due = rowsOf(y).map((row, n) =>
    row.map((value, i) => {
      for (let j = 0; j < SIDE; j++) value -= W0.data[i * SIDE + j]! * x.data[n * SIDE + j]!;
      return value;
    }),
  );
  const fit = x.rows > SIDE ? fitted(rowsOf(x), due) : due;
  const flat = Float64Array.from(fit.flat());
  const unmet = distanceTo({rows: x.rows, cols: SIDE, data: flat}, due) ** 2;
  const s = singularValues({rows: x.rows, cols: SIDE, data: flat});
  return (unmet + s.slice(r).reduce((sum, sigma) => sum + sigma * sigma, 0)) / (2 * x.rows);
}

function fitted(x: number[][], due: number[][]): number[][] {
  const system = Array.from({length: SIDE}, (_, p) => [
    ...Array.from({length: SIDE}, (_, q) => x.reduce((sum, row) => sum + row[p]! * row[q]!, 0)),
    ...Array.from({length: SIDE}, (_, i) => x.reduce((sum, row, n) => sum + row[p]! * due[n]![i]!, 0)),
  ]);
  for (let p = 0; p < SIDE; p++) {
    const pivot = system[p]!;
    for (let q = 0; q < SIDE; q++) {
      if (q === p) continue;
      const factor = system[q]![p]! / pivot[p]!;
      system[q] = system[q]!.map((value, c) => value - factor * pivot[c]!);
    }
  }
  const D = system.map((row, p) => row.slice(SIDE).map((value) => value / row[p]!));
  return x.map((row) =>
    Array.from({length: SIDE}, (_, i) => row.reduce((sum, value, p) => sum + value * D[p]![i]!, 0)),
  );
}

/** Frames of a run up to a step. */
export const framesOf = (settings: TrainSettings, step = TRAIN_STEPS): TrainSnapshot[] =>
  tapeOf(compute, settings, step) as TrainSnapshot[];
