import type {Matrix} from "./matrix.ts";

/** Rotations of neighboring columns: by the k-th, columns k and k + 1 become c·x + s·y and c·y − s·x. */
export interface Chain {
  cosines: Float64Array;
  sines: Float64Array;
}

/** A chain for n columns that turns nothing yet. */
export const stillChain = (n: number): Chain => ({cosines: new Float64Array(n).fill(1), sines: new Float64Array(n)});

/**
 * Turns the columns lo … hi of a by two chains, one after the other, each in ascending order. The second follows the
 * first at a distance of one column, so that each number is loaded and stored once for both; two rows go side by side.
 * After Van Zee, van de Geijn and Quintana-Ortí 2014, "Restructuring the tridiagonal and bidiagonal QR algorithms".
 */
export function turnColumns({rows, cols, data}: Matrix, lo: number, hi: number, first: Chain, second: Chain): void {
  const {cosines, sines} = first;
  const {cosines: laterCosines, sines: laterSines} = second;
  let i = 0;
  for (; i + 2 <= rows; i += 2) {
    const p = i * cols;
    const q = p + cols;
    // Of each row: the number that the first chain carries along, and the one that the second does.
    let x0 = data[p + lo];
    let x1 = data[q + lo];
    let w0 = 0;
    let w1 = 0;
    for (let k = lo; k < hi; k++) {
      const c = cosines[k];
      const s = sines[k];
      const y0 = data[p + k + 1];
      const y1 = data[q + k + 1];
      const z0 = c * x0 + s * y0;
      const z1 = c * x1 + s * y1;
      x0 = c * y0 - s * x0;
      x1 = c * y1 - s * x1;
      if (k === lo) {
        w0 = z0;
        w1 = z1;
        continue;
      }
      const d = laterCosines[k - 1];
      const t = laterSines[k - 1];
      data[p + k - 1] = d * w0 + t * z0;
      data[q + k - 1] = d * w1 + t * z1;
      w0 = d * z0 - t * w0;
      w1 = d * z1 - t * w1;
    }
    const d = laterCosines[hi - 1];
    const t = laterSines[hi - 1];
    data[p + hi - 1] = d * w0 + t * x0;
    data[q + hi - 1] = d * w1 + t * x1;
    data[p + hi] = d * x0 - t * w0;
    data[q + hi] = d * x1 - t * w1;
  }
  for (; i < rows; i++) {
    turnRow(data, i * cols, lo, hi, first);
    turnRow(data, i * cols, lo, hi, second);
  }
}

function turnRow(data: Float64Array, row: number, lo: number, hi: number, {cosines, sines}: Chain): void {
  let x = data[row + lo];
  for (let k = lo; k < hi; k++) {
    const y = data[row + k + 1];
    data[row + k] = cosines[k] * x + sines[k] * y;
    x = cosines[k] * y - sines[k] * x;
  }
  data[row + hi] = x;
}

/** Makes a chain turn nothing again. */
export function settle({cosines, sines}: Chain): void {
  cosines.fill(1);
  sines.fill(0);
}
