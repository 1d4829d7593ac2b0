/** Matrices in float64, and the arithmetic on them. */
import {norm} from "./exponent.ts";
import {addMultiple, dot} from "./segments.ts";

/** rows × cols numbers, row-major: entry [i, j] is `data[i * cols + j]`. The functions below return new matrices. */
export interface Matrix {
  rows: number;
  cols: number;
  data: Float64Array;
}

/**
 * Throws unless a is a matrix that holds as many numbers as its sizes say; the message says what it is instead. Every
 * public function that takes a matrix begins with this.
 */
export function needMatrix(what: string, a: Matrix): void {
  if (ArrayBuffer.isView(a?.data) && a.data.length === a.rows * a.cols) return;
  const got = Array.isArray(a) ? "an array" : a?.data ? `${a.rows}×${a.cols} with ${a.data.length} numbers` : typeof a;
  throw new Error(`${what}: expected a Matrix, got ${got}; use matrix(rows, cols, data)`);
}

/**
 * rows × cols numbers, row by row → a matrix with a copy of them. Throws when a size is not a whole number ≥ 0, or when
 * there are more or fewer numbers than rows · cols.
 */
export function matrix(rows: number, cols: number, data: ArrayLike<number>): Matrix {
  const result = zeros(rows, cols);
  if (data?.length !== rows * cols)
    throw new Error(`matrix: ${rows}×${cols} takes ${rows * cols} numbers, row by row; got ${data?.length ?? data}`);
  result.data.set(data);
  return result;
}

/** (rows × cols) of zeros. Throws when a size is not a whole number ≥ 0. */
export function zeros(rows: number, cols: number): Matrix {
  for (const size of [rows, cols]) {
    if (!Number.isInteger(size) || size < 0)
      throw new Error(`zeros: the size is ${size}; it must be a whole number of at least 0`);
  }
  return {rows, cols, data: new Float64Array(rows * cols)};
}

/** (n × n) with ones on the diagonal. */
export function identity(n: number): Matrix {
  const result = zeros(n, n);
  for (let i = 0; i < n; i++) result.data[i * n + i] = 1;
  return result;
}

/** A list of rows → Matrix. Throws when the rows differ in length. */
export function fromRows(rows: readonly (readonly number[])[]): Matrix {
  if (!Array.isArray(rows) || !rows.every(Array.isArray))
    throw new Error("fromRows: expected a list of rows, such as [[1, 2], [3, 4]]");
  const result = zeros(rows.length, rows[0]?.length ?? 0);
  rows.forEach((row, i) => {
    if (row.length !== result.cols)
      throw new Error(`fromRows: row ${i} has ${row.length} entries, row 0 has ${result.cols}; they must be equal`);
    result.data.set(row, i * result.cols);
  });
  return result;
}

const sizeText = (a: Matrix) => `(${a.rows}×${a.cols})`;

/** Throws unless both are matrices and the sizes that their product sums over are equal; ᵀ marks a transposed factor. */
function needInner(what: string, a: Matrix, turnA: "" | "ᵀ", b: Matrix, turnB: "" | "ᵀ"): void {
  needMatrix(what, a);
  needMatrix(what, b);
  const [left, right] = [turnA ? a.rows : a.cols, turnB ? b.cols : b.rows];
  if (left !== right)
    throw new Error(
      `${what}: ${sizeText(a)}${turnA}·${sizeText(b)}${turnB}: the inner sizes ${left} and ${right} must be equal`,
    );
}

/** a (m × n) · b (n × p) → (m × p). Throws when the inner sizes differ. */
export function matmul(a: Matrix, b: Matrix): Matrix {
  needInner("matmul", a, "", b, "");
  const result = zeros(a.rows, b.cols);
  const width = b.cols;
  for (let i = 0; i < a.rows; i++) {
    for (let l = 0; l < a.cols; l++) {
      addMultiple(result.data, i * width, b.data, l * width, width, a.data[i * a.cols + l]);
    }
  }
  return result;
}

/** aᵀ · b: a (n × m), b (n × p) → (m × p). Throws when the row counts differ. */
export function matmulTA(a: Matrix, b: Matrix): Matrix {
  needInner("matmulTA", a, "ᵀ", b, "");
  const result = zeros(a.cols, b.cols);
  const width = b.cols;
  for (let l = 0; l < a.rows; l++) {
    for (let i = 0; i < a.cols; i++) {
      addMultiple(result.data, i * width, b.data, l * width, width, a.data[l * a.cols + i]);
    }
  }
  return result;
}

/** a · bᵀ: a (m × n), b (p × n) → (m × p). Throws when the column counts differ. */
export function matmulTB(a: Matrix, b: Matrix): Matrix {
  needInner("matmulTB", a, "", b, "ᵀ");
  const result = zeros(a.rows, b.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.rows; j++) {
      result.data[i * b.rows + j] = dot(a.data, i * a.cols, b.data, j * b.cols, a.cols);
    }
  }
  return result;
}

/** a (m × n) → aᵀ (n × m). */
export function transpose(a: Matrix): Matrix {
  needMatrix("transpose", a);
  const result = zeros(a.cols, a.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.cols; j++) result.data[j * a.rows + i] = a.data[i * a.cols + j];
  }
  return result;
}

function needSameShape(what: string, a: Matrix, b: Matrix): void {
  needMatrix(what, a);
  needMatrix(what, b);
  if (a.rows !== b.rows || a.cols !== b.cols)
    throw new Error(`${what}: ${sizeText(a)} and ${sizeText(b)}: the shapes must be equal`);
}

/** a + b, both (m × n). Throws when the shapes differ. */
export function add(a: Matrix, b: Matrix): Matrix {
  needSameShape("add", a, b);
  return {rows: a.rows, cols: a.cols, data: a.data.map((value, i) => value + b.data[i])};
}

/** a − b, both (m × n). Throws when the shapes differ. */
export function subtract(a: Matrix, b: Matrix): Matrix {
  needSameShape("subtract", a, b);
  return {rows: a.rows, cols: a.cols, data: a.data.map((value, i) => value - b.data[i])};
}

/** factor · a. */
export function scale(a: Matrix, factor: number): Matrix {
  needMatrix("scale", a);
  const data = new Float64Array(a.data.length);
  for (let i = 0; i < data.length; i++) data[i] = a.data[i] * factor;
  return {rows: a.rows, cols: a.cols, data};
}

/** u (m), v (n) → u·vᵀ (m × n), a matrix of rank 1. */
export function outer(u: ArrayLike<number>, v: ArrayLike<number>): Matrix {
  const result = zeros(u?.length, v?.length);
  for (let i = 0; i < u.length; i++) {
    for (let j = 0; j < v.length; j++) result.data[i * v.length + j] = u[i] * v[j];
  }
  return result;
}

/** ‖a‖_F = √Σ a[i, j]². The squares neither overflow nor underflow. */
export function frobenius(a: Matrix): number {
  needMatrix("frobenius", a);
  return norm(a.data);
}

/** Throws when a is no matrix, or an entry of it is NaN or infinite; the message says which one. */
export function needFinite(what: string, a: Matrix): void {
  needMatrix(what, a);
  let bad = 0;
  while (bad < a.data.length && Math.abs(a.data[bad]) < Infinity) bad++;
  if (bad === a.data.length) return;
  const [row, col] = [Math.floor(bad / a.cols), bad % a.cols];
  throw new Error(`${what}: entry [${row}, ${col}] (counted from 0) is ${a.data[bad]}; every entry must be finite`);
}
