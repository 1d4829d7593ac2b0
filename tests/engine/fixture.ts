/** NumPy's answers (tests/fixtures/make.py), and the few ways the tests compare matrices. */
import {readFileSync} from "node:fs";
import {frobenius, fromRows, identity, type Matrix, matmulTA, subtract} from "../../src/engine/linalg/matrix.ts";
import {randn} from "../../src/engine/linalg/random.ts";
import type {Lora} from "../../src/engine/lora/lora.ts";

interface Plain {
  rows: number;
  cols: number;
  data: number[];
}

interface NamedMatrix {
  name: string;
  a: Plain;
  s: number[];
  frobenius: number;
  spectral: number;
  rank: number;
  effectiveRank: number;
  stableRank: number;
  tails: number[];
  energies: number[];
}

interface Fixture {
  made: {by: string; numpy: string; python: string};
  /** x, the true value as the nearest float64, and what that leaves over. */
  elementary: Record<"exp" | "log" | "sin" | "cos", [number, number, number][]>;
  mulberry32: number[];
  normal: number[];
  products: Record<"a" | "b" | "c" | "d" | "ab" | "aTc" | "adT", Plain>;
  matrices: NamedMatrix[];
  vectors: Record<"a" | "u" | "v", Plain>[];
  qr: Record<"a" | "q" | "r", Plain>[];
  lowRank: {name: string; B: Plain; A: Plain; s: number[]}[];
  lora: {W0: Plain; B: Plain; A: Plain; alpha: number; r: number; deltaWeight: Plain; merged: Plain};
}

const file = new URL("../fixtures/linear-algebra.json", import.meta.url);
export const fixture: Fixture = JSON.parse(readFileSync(file, "utf8"));

export function asMatrix({rows, cols, data}: Plain): Matrix {
  return {rows, cols, data: Float64Array.from(data)};
}

/** "1 2 / 3 4" → the matrix with these rows. */
export const matrix = (text: string): Matrix =>
  fromRows(text.split("/").map((row) => row.trim().split(" ").map(Number)));

/** A LoRA as after some training: neither factor is zero. */
export function trainedLora(d: number, k: number, r: number, alpha: number, random: () => number): Lora {
  return {A: randn(r, k, random), B: randn(d, r, random), alpha, r};
}

/** ‖a − b‖_F; throws when the shapes differ. */
export function distance(a: Matrix, b: Matrix): number {
  return frobenius(subtract(a, b));
}

/** The largest |a[i] − b[i]|. */
export const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i])), 0);

/** ‖qᵀq − I‖_F: 0 when the columns of q are orthonormal. */
export function skewness(q: Matrix): number {
  return distance(matmulTA(q, q), identity(q.cols));
}
