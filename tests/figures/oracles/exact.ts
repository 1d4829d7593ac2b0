/** Linear algebra by other routes than the engine's, to check it by. */
import type {Matrix} from "../../../src/engine/linalg/matrix.ts";

/** B·A of the first `terms` columns and rows, entry by entry. */
export function productOf(B: Matrix, A: Matrix, terms = B.cols): number[][] {
  return Array.from({length: B.rows}, (_, i) =>
    Array.from({length: A.cols}, (_, j) => {
      let sum = 0;
      for (let l = 0; l < terms; l++) sum += B.data[i * B.cols + l]! * A.data[l * A.cols + j]!;
      return sum;
    }),
  );
}

/** ‖m − n‖_F entry by entry. */
export function distanceTo(m: Matrix, n: readonly (readonly number[])[]): number {
  const squares = n.flatMap((row, i) => row.map((x, j) => (m.data[i * m.cols + j]! - x) ** 2));
  return Math.sqrt(squares.reduce((sum, x) => sum + x, 0));
}

/**
 * Singular values of m, largest first, from the eigenvalues of mᵀm by cyclic Jacobi rotations (Jacobi 1846): good to
 * about √ε of the largest, and shares no code and no idea with the engine's SVD.
 */
export function singularValues(m: Matrix): number[] {
  const [n, long] = [Math.min(m.rows, m.cols), Math.max(m.rows, m.cols)];
  // The Gram matrix of the shorter side, so that it is the small one.
  const entry = (i: number, p: number) => (m.rows < m.cols ? m.data[p * m.cols + i]! : m.data[i * m.cols + p]!);
  const g = Array.from({length: n}, (_, p) =>
    Array.from({length: n}, (_, q) => {
      let sum = 0;
      for (let i = 0; i < long; i++) sum += entry(i, p) * entry(i, q);
      return sum;
    }),
  );
  for (let sweep = 0; sweep < 30; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off = Math.max(off, Math.abs(g[p]![q]!));
    if (off === 0 || off < 1e-18 * Math.max(...g.map((row, i) => Math.abs(row[i]!)))) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(g, p, q);
  }
  return g.map((row, i) => Math.sqrt(Math.max(row[i]!, 0))).sort((a, b) => b - a);
}

function rotate(g: number[][], p: number, q: number) {
  const apq = g[p]![q]!;
  if (apq === 0) return;
  const theta = (g[q]![q]! - g[p]![p]!) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (const row of g) {
    const [x, y] = [row[p]!, row[q]!];
    row[p] = c * x - s * y;
    row[q] = s * x + c * y;
  }
  const [top, bottom] = [g[p]!, g[q]!];
  for (let j = 0; j < g.length; j++) {
    const [x, y] = [top[j]!, bottom[j]!];
    top[j] = c * x - s * y;
    bottom[j] = s * x + c * y;
  }
}

/** The exact rank of a matrix of whole numbers: elimination without fractions (Bareiss 1968). */
export function rankOf(rows: readonly (readonly bigint[])[]): number {
  const m = rows.map((row) => [...row]);
  let rank = 0;
  let before = 1n;
  for (let column = 0; column < (m[0]?.length ?? 0) && rank < m.length; column++) {
    const found = m.findIndex((row, i) => i >= rank && row[column] !== 0n);
    if (found < 0) continue;
    [m[rank], m[found]] = [m[found]!, m[rank]!];
    const pivot = m[rank]!;
    for (let i = rank + 1; i < m.length; i++) {
      const row = m[i]!;
      const factor = row[column]!;
      for (let j = column; j < row.length; j++) row[j] = (row[j]! * pivot[column]! - factor * pivot[j]!) / before;
    }
    before = pivot[column]!;
    rank++;
  }
  return rank;
}

/** A number with at most `decimals` decimals as a whole number of its last place. */
export const scaled = (x: number, decimals: number): bigint => BigInt(Math.round(x * 10 ** decimals));

/**
 * Right-singular vectors of m, for the largest singular value first: the left ones are eigenvectors of m·mᵀ by Jacobi
 * rotations, and each right one is mᵀ times a left one at length 1.
 */
export function rightVectors(m: Matrix): number[][] {
  const entry = (i: number, n: number) => m.data[i * m.cols + n]!;
  const g = Array.from({length: m.rows}, (_, p) =>
    Array.from({length: m.rows}, (_, q) => {
      let sum = 0;
      for (let n = 0; n < m.cols; n++) sum += entry(p, n) * entry(q, n);
      return sum;
    }),
  );
  const left: number[][] = g.map((_, p) => g.map((_, q) => (p === q ? 1 : 0)));
  for (let sweep = 0; sweep < 30; sweep++)
    for (let p = 0; p < m.rows; p++)
      for (let q = p + 1; q < m.rows; q++) {
        const apq = g[p]![q]!;
        if (Math.abs(apq) < 1e-300) continue;
        const theta = (g[q]![q]! - g[p]![p]!) / (2 * apq);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        rotate(g, p, q);
        for (const row of left) {
          const [x, y] = [row[p]!, row[q]!];
          row[p] = c * x - c * t * y;
          row[q] = c * t * x + c * y;
        }
      }
  const order = g.map((row, p) => ({p, value: row[p]!})).sort((a, b) => b.value - a.value);
  return order.map(({p}) => {
    const v = Array.from({length: m.cols}, (_, n) => left.reduce((sum, row, i) => sum + row[p]! * entry(i, n), 0));
    const length = Math.hypot(...v);
    return v.map((x) => x / length);
  });
}
