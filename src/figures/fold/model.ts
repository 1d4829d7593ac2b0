/** BA merged into W₀ and taken out again, swap after swap, in four formats. No DOM. */
import {lastOf} from "../../engine/last.ts";
import {frobenius, type Matrix, subtract} from "../../engine/linalg/matrix.ts";
import {outerProducts} from "../../engine/linalg/outer.ts";
import {mulberry32, normal} from "../../engine/linalg/random.ts";
import {choice, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";
import {largestEntry} from "../shared/largestEntry.ts";
import {ofEachFormat, type StoredFormat, storedFormats, storedSwaps} from "../shared/storedFormats.ts";

/** d and k of the layer; the rank is 1. */
export const FOLD_SIDE = 6;
/** The seed of all matrices. */
export const FOLD_SEED = 5;
/** Standard deviations of the entries of W₀, and of B and A: with them BA is about a third as large as W₀. */
const [DEVIATION_OF_W0, DEVIATION_OF_FACTORS] = [0.5, 0.42];
/** The most completed swaps before the present one. */
export const FOLD_SWAPS = 60;

/** Places of the sheet BA: 0 is apart from W₀, then come merged into it, and lifted off again. */
export const [SHEET_MERGED, SHEET_LIFTED] = [100, 200] as const;

export const controls = {
  sheet: range(["Lower and lift ", symbol.BA], {min: 0, max: SHEET_LIFTED, value: 0, more: true}),
  swaps: range(["Swaps so far"], {min: 0, max: FOLD_SWAPS, value: 0}),
  stored: choice(["Stored in"], ofEachFormat(String), "bf16"),
  row: range(["Row"], {min: 0, max: FOLD_SIDE, value: 0, more: true, group: "trace"}),
  column: range(["Column"], {min: 0, max: FOLD_SIDE, value: 0, more: true, group: "trace"}),
};
export type FoldParams = Params<typeof controls>;

/** What the figure shows. */
export interface FoldResult {
  /** How many swaps are complete. The present one counts as soon as its sheet is being lifted off again. */
  completedSwaps: number;
  /** Factors (6,1) and (1,6) of the present swap's task. */
  B: Matrix;
  A: Matrix;
  /** All (6,6): W₀ before the present swap, ΔW = BA, W = W₀ + ΔW as it is stored, and the errors of W₀ after the completed swaps. */
  W0: Matrix;
  update: Matrix;
  W: Matrix;
  errors: Matrix;
  /** Entries of W₀ that did not come back, and the largest error among them. */
  offCount: number;
  largestError: number;
  /** ‖ΔW‖_F / ‖W₀‖_F. */
  sizeRatio: number;
  /** The largest error after 0, 1, … swaps. */
  drift: Readonly<Record<StoredFormat, readonly number[]>>;
}

/** W₀ (6,6) before it is stored, and B (6,1) and A (1,6) of each task; every swap has another task. */
function drawMatrices() {
  const random = mulberry32(FOLD_SEED);
  const draw = (count: number, deviation: number) =>
    Float64Array.from({length: count}, () => deviation * normal(random));
  const W0: Matrix = {rows: FOLD_SIDE, cols: FOLD_SIDE, data: draw(FOLD_SIDE ** 2, DEVIATION_OF_W0)};
  const tasks = Array.from({length: FOLD_SWAPS + 1}, () => {
    const pair = draw(2 * FOLD_SIDE, DEVIATION_OF_FACTORS);
    const everySecond = (first: 0 | 1) => pair.filter((_, i) => i % 2 === first);
    return {B: {rows: FOLD_SIDE, cols: 1, data: everySecond(0)}, A: {rows: 1, cols: FOLD_SIDE, data: everySecond(1)}};
  });
  return {W0, tasks};
}

/** The base, updates and merged matrices of all swaps in one format. */
function swapsIn({W0, tasks}: ReturnType<typeof drawMatrices>, format: StoredFormat) {
  // BA is stored in the format of W₀, except that int8 is for base weights only.
  const storeUpdate = storedFormats[format === "int8" ? "fp32" : format];
  const updates = tasks.map(({B, A}) => storeUpdate(outerProducts(B, A)[0]!));
  return {updates, ...storedSwaps(W0, updates, format)};
}

/** All swaps in all formats. Nothing in them depends on a parameter, so they are computed once. */
const allSwaps = lastOf(() => {
  const matrices = drawMatrices();
  return {tasks: matrices.tasks, byFormat: ofEachFormat((format) => swapsIn(matrices, format))};
});

export function compute({sheet, swaps, stored}: FoldParams): FoldResult {
  const {tasks, byFormat} = allSwaps();
  const {bases, updates, merged} = byFormat[stored];
  const completedSwaps = sheet > SHEET_MERGED ? swaps + 1 : swaps;
  const [W0, update] = [bases[swaps]!, updates[swaps]!];
  const errors = subtract(bases[completedSwaps]!, bases[0]!);
  return {
    completedSwaps,
    ...tasks[swaps]!,
    W0,
    update,
    W: merged[swaps]!,
    errors,
    offCount: errors.data.filter((x) => x !== 0).length,
    largestError: largestEntry(errors),
    sizeRatio: frobenius(update) / frobenius(W0),
    drift: ofEachFormat((format) => byFormat[format].drift),
  };
}
