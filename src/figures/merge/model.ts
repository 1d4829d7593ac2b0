/** A batch of two tasks through one merged matrix, after swaps in four formats. No DOM. */
import {lastOf} from "../../engine/last.ts";
import {add, type Matrix, matmulTB, scale, subtract, zeros} from "../../engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../engine/linalg/random.ts";
import {fullCount, loraCount} from "../../engine/lora/counts.ts";
import {deltaWeight, type Lora, scaling} from "../../engine/lora/lora.ts";
import {choice, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";
import {largestEntry} from "../shared/largestEntry.ts";
import {mergeStored, ofEachFormat, type StoredFormat, storedFormats, storedSwaps} from "../shared/storedFormats.ts";

/** d and k of the layer, the largest rank, and α of every adapter. */
const [SIDE, MAX_RANK, ALPHA] = [12, 4, 4];
const MAX_SWAPS = 60;
/** How many inputs the batch has, and how many tasks have an adapter. */
const [INPUT_COUNT, TASK_COUNT] = [8, 3];

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
export const MAX_RIGHT_ERROR = 0.05;
/** W₀ is right to two decimals while no entry has drifted by this much. */
export const TWO_DECIMAL_ERROR = 0.005;

/** The tasks that each choice merges. */
const TASKS_OF_CHOICE = {none: [], one: [1], two: [2], three: [3], both: [1, 2]} as const;

/** The task of each input of the batch. */
export const taskOfInput = Array.from({length: INPUT_COUNT}, (_, i) => (i < INPUT_COUNT / 2 ? 1 : 2));

export interface MergeResult {
  /** max |W₀ after n swaps − W₀|, for n = 0, 1, … */
  drift: Readonly<Record<StoredFormat, readonly number[]>>;
  /** max |Wx − (W₀x + (α/r)BAx)| over the inputs, with W₀ from before any swap. */
  difference: Readonly<Record<StoredFormat, number>>;
  /** For each input, ‖output − expected‖ / ‖expected‖; expected is the unmerged output of its own task. */
  relativeErrors: Readonly<Record<StoredFormat, readonly number[]>>;
  /** How many outputs are right. */
  rightCount: Readonly<Record<StoredFormat, number>>;
  /** Multiply–adds for one input: through W, and through W₀, A and B. */
  multiplyAdds: {merged: number; unmerged: number};
}

/** W₀ (12,12) in fp64; inputs X (8,12) and the A (4,12) and B (12,4) of three tasks in fp32. */
function drawMatrices(seed: number) {
  const random = mulberry32(seed);
  const W0 = scale(randn(SIDE, SIDE, random), 1 / Math.sqrt(SIDE));
  const normal = (rows: number, cols: number, deviation: number) =>
    storedFormats.fp32(scale(randn(rows, cols, random), deviation));
  const X = normal(INPUT_COUNT, SIDE, 1);
  const pairs = Array.from({length: TASK_COUNT}, () => ({
    A: normal(MAX_RANK, SIDE, 1 / Math.sqrt(SIDE)),
    B: normal(SIDE, MAX_RANK, 1 / 4),
  }));
  return {W0, X, pairs};
}

/**
 * Joins LoRAs with the same α/r into one whose rank is the sum of their ranks: [B₁ B₂] · [A₁; A₂] = B₁A₁ + B₂A₂. If A has more
 * than r rows and B more than r columns, the first r are used.
 */
function joinLoras(loras: readonly Lora[]): Lora {
  const r = loras.reduce((sum, lora) => sum + lora.r, 0);
  const A = zeros(r, SIDE);
  const B = zeros(SIDE, r);
  let at = 0;
  for (const lora of loras) {
    A.data.set(lora.A.data.subarray(0, lora.r * SIDE), at * SIDE);
    for (let i = 0; i < SIDE; i++)
      B.data.set(lora.B.data.subarray(i * lora.B.cols, i * lora.B.cols + lora.r), i * r + at);
    at += lora.r;
  }
  return {A, B, alpha: loras.reduce((sum, {alpha}) => sum + alpha, 0), r};
}

/** (α/r)·BA in the precision of the adapter: fp32, or fp64 if the base is fp64. */
const updateOf = (lora: Lora, precision: StoredFormat): Matrix =>
  lora.r === 0
    ? zeros(SIDE, SIDE)
    : (precision === "fp64" ? storedFormats.fp64 : storedFormats.fp32)(deltaWeight(lora));

/** The inputs, all swaps in each format, and a function that joins the adapters of some tasks. They depend on seed and rank alone and take the longest. */
const setupOf = lastOf((seed: number, r: number) => {
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
  const joinedLora = (tasks: readonly number[]) => joinLoras(tasks.map((task) => loras[task - 1]));
  return {X, swaps, joinedLora};
});

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

/** How far the outputs of the batch are off, and the largest difference from unmerged outputs, in one format. */
function outputErrors({seed, r, swaps: swapCount, merged}: MergeParams, precision: StoredFormat) {
  const {X, swaps, joinedLora} = setupOf(seed, r);
  const lora = joinedLora(TASKS_OF_CHOICE[merged]);
  const own = [1, 2].map((task) => joinedLora([task]));
  const {bases} = swaps[precision];
  const [first, base] = [bases[0]!, bases[swapCount]!];
  const W = lora.r === 0 ? base : mergeStored(base, updateOf(lora, precision), precision);
  const throughW = matmulTB(X, W);
  const expected = own.map((task) => unmerged(X, first, task));
  const outputs = own.map((task) => (lora.r === 0 ? unmerged(X, base, task) : throughW));
  const relativeErrors = taskOfInput.map((task, i) => relativeError(outputs[task - 1]!, expected[task - 1]!, i));
  return {relativeErrors, difference: largestEntry(subtract(throughW, unmerged(X, first, lora)))};
}

export function compute(params: MergeParams): MergeResult {
  const {seed, r, merged} = params;
  const {swaps, joinedLora} = setupOf(seed, r);
  const errors = ofEachFormat((format) => outputErrors(params, format));
  const full = fullCount(SIDE, SIDE);
  return {
    drift: ofEachFormat((format) => swaps[format].drift),
    difference: ofEachFormat((format) => errors[format].difference),
    relativeErrors: ofEachFormat((format) => errors[format].relativeErrors),
    rightCount: ofEachFormat(
      (format) => errors[format].relativeErrors.filter((share) => share <= MAX_RIGHT_ERROR).length,
    ),
    // Unmerged, an input passes one adapter at least: that of its own task.
    multiplyAdds: {merged: full, unmerged: full + loraCount(SIDE, SIDE, joinedLora(TASKS_OF_CHOICE[merged]).r || r)},
  };
}
