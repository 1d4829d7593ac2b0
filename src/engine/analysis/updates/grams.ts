/**
 * What the Gram matrices of an adapter's factors say about ΔW = s·B·A. They are r × r, and once they are known the factors
 * are not needed again: norm, spectrum, comparisons and merges are algebra on them.
 */
import type {GramKernel, Rows} from "../../kernels/gram/gramKernel.ts";
import {type Matrix, matmulTA, matmulTB, needMatrix, transpose} from "../../linalg/matrix.ts";
import {factorQr} from "../../linalg/qr.ts";
import {cholesky} from "./cholesky.ts";
import {singularValues} from "./singularValues.ts";

/** A (r × k), B transposed (r × d), and the factor s in front of B·A. */
export interface Factors {
  A: Rows;
  B: Rows;
  scale: number;
}

/** A·Aᵀ and Bᵀ·B (both r × r) of an update, its scale and its sizes. */
export interface Grams {
  A: Matrix;
  B: Matrix;
  scale: number;
  d: number;
  k: number;
}

/** A factor whose `evenness` is less has a Gram matrix that lost too many digits; use `exactSpectrum` then. */
export const LEAST_EVENNESS = 1e-6;

/** Throws unless these are the Gram matrices of an update. */
export function needGrams(what: string, grams: Grams): void {
  needMatrix(`${what}: A·Aᵀ`, grams?.A);
  needMatrix(`${what}: Bᵀ·B`, grams.B);
  if (grams.A.rows !== grams.B.rows || !Number.isFinite(grams.scale))
    throw new Error(
      `${what}: A·Aᵀ is ${grams.A.rows}×${grams.A.cols}, Bᵀ·B is ${grams.B.rows}×${grams.B.cols} and the scale is ` +
        `${grams.scale}; expected what gramsOf returns`,
    );
}

/** Throws unless these are an update's factors, with B transposed. */
export function needFactors(what: string, factors: Factors): void {
  const [A, B] = [factors?.A, factors?.B];
  for (const [name, one] of [["A", A] as const, ["B", B] as const])
    if (!ArrayBuffer.isView(one?.data) || one.data.length !== one.rows * one.cols)
      throw new Error(`${what}: ${name} holds no rows of numbers; expected {A, B, scale} as readPair gives them`);
  if (A.rows !== B.rows)
    throw new Error(`${what}: A has ${A.rows} rows and B, transposed, has ${B.rows}; both must have r rows`);
}

/** The Gram matrices of both factors, in r²·(d + k) steps. Throws when A and B have different ranks. */
export function gramsOf(factors: Factors, kernel: GramKernel): Grams {
  needFactors("gramsOf", factors);
  const {A, B, scale} = factors;
  return {A: kernel.gram(A), B: kernel.gram(B), scale, d: B.cols, k: A.cols};
}

/** ‖ΔW‖_F = |s|·√tr((Bᵀ·B)·(A·Aᵀ)); NaN where a factor holds NaN or infinity. */
export function deltaNorm(grams: Grams): number {
  needGrams("deltaNorm", grams);
  const trace = grams.A.data.reduce((sum, value, i) => sum + value * grams.B.data[i], 0);
  return Math.abs(grams.scale) * Math.sqrt(Math.max(0, trace));
}

/** Whether every number of both Gram matrices is finite, and with them every number of the factors. */
export function areFinite(grams: Grams): boolean {
  needGrams("areFinite", grams);
  return [grams.A, grams.B].every(({data}) => data.every((value) => Number.isFinite(value)));
}

/** A spectrum, and how far the Gram matrices could be trusted with it. */
export interface Spectrum {
  /** The singular values of ΔW, descending: min(r, d, k) of them. */
  s: Float64Array;
  /** The smaller evenness of the two factors; see `cholesky`. */
  evenness: number;
}

/**
 * The singular values of ΔW by two Cholesky factors and the SVD of their product, in r³ steps: within rounding errors
 * of the largest value of what QR gives, as long as `evenness` is at least `LEAST_EVENNESS`.
 * Throws when a number is not finite.
 */
export function spectrumOf(grams: Grams): Spectrum {
  needGrams("spectrumOf", grams);
  const [a, b] = [cholesky(grams.A), cholesky(grams.B)];
  const count = Math.min(grams.A.rows, grams.d, grams.k);
  return {s: scaledValues(matmulTA(b.l, a.l), grams.scale, count), evenness: Math.min(a.evenness, b.evenness)};
}

/** The singular values of ΔW by QR of both factors, in r²·(d + k) slower steps, without loss of digits. */
export function exactSpectrum(factors: Factors): Float64Array {
  needFactors("exactSpectrum", factors);
  const {A, B, scale} = factors;
  return scaledValues(matmulTB(triangleOf(B), triangleOf(A)), scale, Math.min(A.rows, B.cols, A.cols));
}

/** Rows of float32 or float64 numbers → a matrix with a copy of them. */
export const inFloat64 = ({rows, cols, data}: Rows): Matrix => ({rows, cols, data: Float64Array.from(data)});

/** x (r × n) → R of the QR of xᵀ (r × r), or xᵀ (n × r) itself where n < r. */
function triangleOf(x: Rows): Matrix {
  const transposed = transpose(inFloat64(x));
  return x.rows <= x.cols ? factorQr(transposed).r : transposed;
}

/** The first `count` singular values of a product of triangles, times |scale|; those that it does not have are 0. */
function scaledValues(product: Matrix, scale: number, count: number): Float64Array {
  const s = new Float64Array(count);
  const values = singularValues(product).subarray(0, count);
  for (let i = 0; i < values.length; i++) s[i] = values[i] * Math.abs(scale);
  return s;
}

/** Which side of the update: the directions it reads (A, in ℝᵏ) or those it writes (B, in ℝᵈ). */
export type Side = "A" | "B";
