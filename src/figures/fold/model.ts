import {frobenius, type Matrix, subtract} from "../../engine/linalg/matrix.ts";
import {outerProducts} from "../../engine/linalg/outer.ts";
import {mulberry32, normal} from "../../engine/linalg/random.ts";
import {roundBf16, roundFp32} from "../../engine/memory/rounding.ts";
import {choice, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";
import {largestEntry} from "../shared/largestEntry.ts";

export const FOLD_SIDE = 6;
const SEED = 5;
/** Standard deviations of the entries of W₀, and of B and A: their product is about a third of W₀. */
const [WEIGHT, FACTOR] = [0.5, 0.42];

/** The sheet BA is apart from W₀, merged into it, or lifted off again. Between them it is on its way. */
export const [MERGED, LIFTED] = [100, 200] as const;

export const controls = {
  sheet: range(["Lower and lift ", symbol.BA], {min: 0, max: LIFTED, value: 0}),
  stored: choice(["Stored in"], {bf16: "bf16", fp32: "fp32"}, "bf16"),
  row: range(["Row"], {min: 0, max: FOLD_SIDE, value: 0, more: true, group: "trace"}),
  column: range(["Column"], {min: 0, max: FOLD_SIDE, value: 0, more: true, group: "trace"}),
};
export type FoldParams = Params<typeof controls>;

export interface FoldResult {
  /** Factors (6,1) and (1,6). */
  B: Matrix;
  A: Matrix;
  /** W₀, ΔW = BA and W = W₀ + ΔW as they are stored, and W − ΔW as it is stored less W₀; all (6,6). */
  W0: Matrix;
  update: Matrix;
  W: Matrix;
  left: Matrix;
  /** Entries of W₀ that did not come back, and the largest error among them. */
  off: number;
  largest: number;
  /** ‖ΔW‖ / ‖W₀‖. */
  share: number;
}

const drawn = () => {
  const random = mulberry32(SEED);
  const filled = (rows: number, cols: number, size: number): Matrix => ({
    rows,
    cols,
    data: Float64Array.from({length: rows * cols}, () => size * normal(random)),
  });
  const W0 = filled(FOLD_SIDE, FOLD_SIDE, WEIGHT);
  const pairs = filled(FOLD_SIDE, 2, FACTOR);
  const part = (which: 0 | 1) => Float64Array.from({length: FOLD_SIDE}, (_, i) => pairs.data[2 * i + which]!);
  return {W0, B: {rows: FOLD_SIDE, cols: 1, data: part(0)}, A: {rows: 1, cols: FOLD_SIDE, data: part(1)}};
};

export function compute({stored}: FoldParams): FoldResult {
  const round = stored === "bf16" ? roundBf16 : roundFp32;
  const asStored = ({rows, cols, data}: Matrix): Matrix => ({rows, cols, data: round(data).values});
  const both = (m: Matrix, n: Matrix, s: 1 | -1): Matrix =>
    asStored({...m, data: m.data.map((x, i) => x + s * n.data[i]!)});
  const {B, A, W0: exact} = drawn();
  const W0 = asStored(exact);
  const update = asStored(outerProducts(B, A)[0]!);
  const W = both(W0, update, 1);
  const left = subtract(both(W, update, -1), W0);
  return {
    ...{B, A, W0, update, W, left},
    off: left.data.filter((x) => x !== 0).length,
    largest: largestEntry(left),
    share: frobenius(update) / frobenius(W0),
  };
}
