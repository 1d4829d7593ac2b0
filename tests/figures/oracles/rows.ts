/** Arithmetic on rows of numbers by plain loops, independent of the engine's. */
import type {Matrix} from "../../../src/engine/linalg/matrix.ts";

export type Rows = readonly (readonly number[])[];

export const rowsOf = ({rows, cols, data}: Matrix): number[][] =>
  Array.from({length: rows}, (_, i) => Array.from(data.subarray(i * cols, (i + 1) * cols)));
export const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
export const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
export const times = (W: Rows, v: readonly number[]): number[] => W.map((row) => dot(row, v));
export const transposed = (W: Rows): number[][] => W[0]!.map((_, j) => W.map((row) => row[j]!));
/** The Frobenius norm. */
export const lengthOf = (m: Rows): number => Math.sqrt(sumOf(m.map((row) => dot(row, row))));
