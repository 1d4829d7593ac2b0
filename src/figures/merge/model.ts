import {lastOf} from "../../engine/last.ts";
import {add, type Matrix, matmulTB, scale, subtract} from "../../engine/linalg/matrix.ts";
import {fullCount, loraCount} from "../../engine/lora/counts.ts";
import {type Lora, scaling} from "../../engine/lora/lora.ts";
import {choice, hidden, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";
import {largestEntry} from "../shared/largestEntry.ts";
import {
  INPUTS,
  MERGE_SIDE,
  type MergePrecision,
  MOST_RANK,
  MOST_SWAPS,
  mergeStored,
  ofEach,
  setupOf,
  updateOf,
} from "./swaps.ts";

export const controls = {
  merged: choice(
    ["Merged"],
    {none: "None", one: "Task 1", two: "Task 2", three: "Task 3", both: "Tasks 1 and 2"},
    "one",
  ),
  precision: choice(
    [symbol.W0, " and W stored in"],
    {fp64: "fp64", fp32: "fp32", bf16: "bf16", int8: "int8"} satisfies Record<MergePrecision, string>,
    "fp32",
  ),
  swaps: range(["Swaps so far"], {min: 0, max: MOST_SWAPS, value: 30}),
  r: range(["Rank ", symbol.r], {min: 1, max: MOST_RANK, value: 2, more: true}),
  /** Under the matrices a card has the drift, or with "batch" the batch; the whole figure has both. */
  show: hidden(["what a card shows"], 5, (text) =>
    ["", "batch"].includes(text) ? undefined : "Leave it empty for the drift, or write “batch”.",
  ),
  row: range(["Trace row"], {min: 1, max: MERGE_SIDE, value: 8, more: true, group: "trace"}),
  column: range(["Trace column"], {min: 1, max: MERGE_SIDE, value: 2, more: true, group: "trace"}),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true, group: "chance"}),
};
export type MergeParams = Params<typeof controls>;

/** An output is right if it is this close, relative to its size, to what its own task gives. */
export const WITHIN = 0.05;
/** The base is right to two decimals while every entry has moved by less. */
export const TWO_DECIMALS = 0.005;

const tasksIn = {none: [], one: [1], two: [2], three: [3], both: [1, 2]} as const;

/** The task of each input of the batch. */
export const batch = Array.from({length: INPUTS}, (_, i) => (i < INPUTS / 2 ? 1 : 2));

export interface MergeResult {
  /** The base in memory after the swaps, the update, and what merging stores; all (12,12). */
  W0: Matrix;
  update: Matrix;
  W: Matrix;
  /** Factors of the update; of rank 0 if nothing is merged. */
  A: Matrix;
  B: Matrix;
  /** max |W₀ after n swaps − W₀|, for n = 0, 1, … */
  drift: Readonly<Record<MergePrecision, readonly number[]>>;
  /** max |Wx − (W₀x + (α/r)BAx)| over the inputs, with W₀ from before any swap. */
  difference: Readonly<Record<MergePrecision, number>>;
  /** For each input, ‖output − due‖ / ‖due‖; due is the unmerged output of its own task. */
  off: Readonly<Record<MergePrecision, readonly number[]>>;
  right: Readonly<Record<MergePrecision, number>>;
  /** Multiply–adds for one input: through W, and through W₀, A and B. */
  adds: {merged: number; unmerged: number};
  /** How much rounding moved the traced entry of W from the exact sum of its two numbers. */
  moved: number;
  /** α/r. */
  scaling: number;
  limit: number;
}

/** X·W₀ᵀ + (α/r)·(X·Aᵀ)·Bᵀ: the forward pass with A and B beside the base. X (N,k) → (N,d). */
function unmerged(X: Matrix, W0: Matrix, lora: Lora): Matrix {
  const base = matmulTB(X, W0);
  return lora.r === 0 ? base : add(base, scale(matmulTB(matmulTB(X, lora.A), lora.B), scaling(lora)));
}

/** ‖output − due‖ / ‖due‖ of row i. */
function offBy(output: Matrix, due: Matrix, i: number): number {
  const size = (m: Matrix) => Math.hypot(...m.data.subarray(i * m.cols, (i + 1) * m.cols));
  return size(subtract(output, due)) / size(due);
}

/** The rounding error of a + b in float64, exactly (Knuth's TwoSum). */
function roundingError(a: number, b: number): number {
  const sum = a + b;
  const second = sum - a;
  return a - (sum - second) + (b - second);
}

const servedIn = lastOf((seed: number, r: number, swaps: number, merged: keyof typeof tasksIn) => {
  const {X, bases, pick} = setupOf(seed, r);
  const lora = pick(tasksIn[merged]);
  const own = [1, 2].map((task) => pick([task]));
  return ofEach((precision) => {
    const [first, base] = [bases[precision][0], bases[precision][swaps]];
    const update = updateOf(lora, precision);
    const W = lora.r === 0 ? base : mergeStored(base, update, precision);
    const through = matmulTB(X, W);
    const due = own.map((task) => unmerged(X, first, task));
    const given = own.map((task) => (lora.r === 0 ? unmerged(X, base, task) : through));
    const off = batch.map((task, i) => offBy(given[task - 1], due[task - 1], i));
    return {base, update, W, off, difference: largestEntry(subtract(through, unmerged(X, first, lora)))};
  });
});

export function compute({seed, r, swaps, merged, precision, row, column}: MergeParams): MergeResult {
  const {drift, pick, limit} = setupOf(seed, r);
  const served = servedIn(seed, r, swaps, merged);
  const {base: W0, update, W} = served[precision];
  const {A, B} = pick(tasksIn[merged]);
  const at = (row - 1) * MERGE_SIDE + column - 1;
  const full = fullCount(MERGE_SIDE, MERGE_SIDE);
  return {
    W0,
    update,
    W,
    A,
    B,
    drift,
    difference: ofEach((one) => served[one].difference),
    off: ofEach((one) => served[one].off),
    right: ofEach((one) => served[one].off.filter((share) => share <= WITHIN).length),
    adds: {merged: full, unmerged: full + loraCount(MERGE_SIDE, MERGE_SIDE, A.rows || r)},
    moved: Math.abs(W.data[at] - (W0.data[at] + update.data[at]) - roundingError(W0.data[at], update.data[at])),
    scaling: scaling(pick([1])),
    limit,
  };
}
