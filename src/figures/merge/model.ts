/** A batch of two tasks through one merged matrix, after swaps in four formats. No DOM. */
import {lastOf} from "../../engine/last.ts";
import {add, type Matrix, matmulTB, scale, subtract} from "../../engine/linalg/matrix.ts";
import {fullCount, loraCount} from "../../engine/lora/counts.ts";
import {type Lora, scaling} from "../../engine/lora/lora.ts";
import {choice, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";
import {largestEntry} from "../shared/largestEntry.ts";
import {ofEachFormat, type StoredFormat} from "../shared/storedFormats.ts";
import {mergeStored} from "../shared/storedSwaps.ts";
import {INPUTS, MAX_RANK, MAX_SWAPS, MERGE_SIDE, setupOf, updateOf} from "./swaps.ts";

export const controls = {
  merged: choice(
    ["Merged"],
    {none: "None", one: "Task 1", two: "Task 2", three: "Task 3", both: "Tasks 1 and 2"},
    "one",
  ),
  precision: choice([symbol.W0, " and W stored in"], ofEachFormat(String), "fp32"),
  swaps: range(["Swaps so far"], {min: 0, max: MAX_SWAPS, value: 30}),
  r: range(["Rank ", symbol.r], {min: 1, max: MAX_RANK, value: 2, more: true}),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true, group: "chance"}),
};
export type MergeParams = Params<typeof controls>;

/** An output is right if it is this close, relative to its size, to the unmerged output of its own task. */
export const RIGHT_WITHIN = 0.05;
/** W₀ is right to two decimals while no entry has drifted by this much. */
export const TWO_DECIMALS = 0.005;

/** The tasks that each choice merges. */
const tasksIn = {none: [], one: [1], two: [2], three: [3], both: [1, 2]} as const;

/** The task of each input of the batch. */
export const batch = Array.from({length: INPUTS}, (_, i) => (i < INPUTS / 2 ? 1 : 2));

export interface MergeResult {
  /** max |W₀ after n swaps − W₀|, for n = 0, 1, … */
  drift: Readonly<Record<StoredFormat, readonly number[]>>;
  /** max |Wx − (W₀x + (α/r)BAx)| over the inputs, with W₀ from before any swap. */
  difference: Readonly<Record<StoredFormat, number>>;
  /** For each input, ‖output − expected‖ / ‖expected‖; expected is the unmerged output of its own task. */
  off: Readonly<Record<StoredFormat, readonly number[]>>;
  /** How many outputs are right. */
  right: Readonly<Record<StoredFormat, number>>;
  /** Multiply–adds for one input: through W, and through W₀, A and B. */
  adds: {merged: number; unmerged: number};
}

/** X·W₀ᵀ + (α/r)·(X·Aᵀ)·Bᵀ: the forward pass with A and B beside the base. X (N,k) → (N,d). */
function unmerged(X: Matrix, W0: Matrix, lora: Lora): Matrix {
  const base = matmulTB(X, W0);
  return lora.r === 0 ? base : add(base, scale(matmulTB(matmulTB(X, lora.A), lora.B), scaling(lora)));
}

/** ‖output − expected‖ / ‖expected‖ of row i. */
function relativeError(output: Matrix, expected: Matrix, i: number): number {
  const size = (m: Matrix) => Math.hypot(...m.data.subarray(i * m.cols, (i + 1) * m.cols));
  return size(subtract(output, expected)) / size(expected);
}

/** How far the outputs of the batch are off, in every format. */
const outputsIn = lastOf((seed: number, r: number, swaps: number, merged: keyof typeof tasksIn) => {
  const {X, swaps: stored, pick} = setupOf(seed, r);
  const lora = pick(tasksIn[merged]);
  const own = [1, 2].map((task) => pick([task]));
  return ofEachFormat((precision) => {
    const {bases} = stored[precision];
    const [first, base] = [bases[0], bases[swaps]];
    const W = lora.r === 0 ? base : mergeStored(base, updateOf(lora, precision), precision);
    const through = matmulTB(X, W);
    const expected = own.map((task) => unmerged(X, first, task));
    const outputs = own.map((task) => (lora.r === 0 ? unmerged(X, base, task) : through));
    const off = batch.map((task, i) => relativeError(outputs[task - 1], expected[task - 1], i));
    return {off, difference: largestEntry(subtract(through, unmerged(X, first, lora)))};
  });
});

export function compute({seed, r, swaps, merged}: MergeParams): MergeResult {
  const {swaps: stored, pick} = setupOf(seed, r);
  const outputsOf = outputsIn(seed, r, swaps, merged);
  const full = fullCount(MERGE_SIDE, MERGE_SIDE);
  return {
    drift: ofEachFormat((one) => stored[one].drift),
    difference: ofEachFormat((one) => outputsOf[one].difference),
    off: ofEachFormat((one) => outputsOf[one].off),
    right: ofEachFormat((one) => outputsOf[one].off.filter((share) => share <= RIGHT_WITHIN).length),
    adds: {merged: full, unmerged: full + loraCount(MERGE_SIDE, MERGE_SIDE, pick(tasksIn[merged]).r || r)},
  };
}
