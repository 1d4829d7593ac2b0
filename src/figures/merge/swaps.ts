/** Three adapters over one base: merged, unmerged, and swapped many times in each format. */
import {lastOf} from "../../engine/last.ts";
import {type Matrix, scale, zeros} from "../../engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../engine/linalg/random.ts";
import {deltaWeight, type Lora} from "../../engine/lora/lora.ts";
import {ofEachFormat, type StoredFormat, storedFormats} from "../shared/storedFormats.ts";
import {storedSwaps} from "../shared/storedSwaps.ts";

/** d and k of the layer. */
export const MERGE_SIDE = 12;
export const MAX_RANK = 4;
export const MAX_SWAPS = 60;
/** Inputs in the batch. */
export const INPUTS = 8;
const TASKS = 3;
const ALPHA = 4;

/** W₀ (12,12) in fp64; inputs X (8,12) and the A (4,12) and B (12,4) of three tasks in fp32. */
const drawMatrices = lastOf((seed: number) => {
  const random = mulberry32(seed);
  const W0 = scale(randn(MERGE_SIDE, MERGE_SIDE, random), 1 / Math.sqrt(MERGE_SIDE));
  const normal = (rows: number, cols: number, deviation: number) =>
    storedFormats.fp32(scale(randn(rows, cols, random), deviation));
  const X = normal(INPUTS, MERGE_SIDE, 1);
  const pairs = Array.from({length: TASKS}, () => ({
    A: normal(MAX_RANK, MERGE_SIDE, 1 / Math.sqrt(MERGE_SIDE)),
    B: normal(MERGE_SIDE, MAX_RANK, 1 / 4),
  }));
  return {W0, X, pairs};
});

/**
 * Joins LoRAs with the same α/r into one whose rank is the sum of their ranks: [B₁ B₂] · [A₁; A₂] = B₁A₁ + B₂A₂. If A has more
 * than r rows and B more than r columns, the first r are used.
 */
function joinLoras(loras: readonly Lora[]): Lora {
  const r = loras.reduce((sum, lora) => sum + lora.r, 0);
  const A = zeros(r, MERGE_SIDE);
  const B = zeros(MERGE_SIDE, r);
  let at = 0;
  for (const one of loras) {
    A.data.set(one.A.data.subarray(0, one.r * MERGE_SIDE), at * MERGE_SIDE);
    for (let i = 0; i < MERGE_SIDE; i++)
      B.data.set(one.B.data.subarray(i * one.B.cols, i * one.B.cols + one.r), i * r + at);
    at += one.r;
  }
  return {A, B, alpha: loras.reduce((sum, {alpha}) => sum + alpha, 0), r};
}

/** (α/r)·BA in the precision of the adapter: fp32, or fp64 if the base is fp64. */
export const updateOf = (lora: Lora, precision: StoredFormat): Matrix =>
  lora.r === 0
    ? zeros(MERGE_SIDE, MERGE_SIDE)
    : (precision === "fp64" ? storedFormats.fp64 : storedFormats.fp32)(deltaWeight(lora));

/** What depends on seed and rank alone, which takes the longest; `pick` joins the adapters of some tasks. */
export const setupOf = lastOf((seed: number, r: number) => {
  const {W0, X, pairs} = drawMatrices(seed);
  const loras = pairs.map(({A, B}): Lora => joinLoras([{A, B, alpha: ALPHA, r}]));
  // A swap merges one task and unmerges it again: task 1, 2, 3, 1, …
  const swaps = ofEachFormat((precision) => {
    const updates = loras.map((lora) => updateOf(lora, precision));
    return storedSwaps(
      W0,
      Array.from({length: MAX_SWAPS}, (_, n) => updates[n % updates.length]),
      precision,
    );
  });
  const pick = (tasks: readonly number[]) => joinLoras(tasks.map((task) => loras[task - 1]));
  return {X, swaps, pick};
});
