import {type Matrix, zeros} from "../../linalg/matrix.ts";
import {dot} from "../../linalg/segments.ts";

/** Added to the mean square, so that a row of zeros is not divided by 0. */
const EPSILON = 1e-5;

/**
 * y = gain ⊙ x / √(mean of x² over the row + 1e-5): Zhang and Sennrich 2019, "Root mean square layer normalization".
 * x (N,C), gain (1,C) → y (N,C) and inverse (N), the factor 1/√… of each row, for backward.
 */
export function rmsNorm(x: Matrix, gain: Matrix): {y: Matrix; inverse: Float64Array} {
  const {rows: N, cols: C} = x;
  const y = zeros(N, C);
  const inverse = new Float64Array(N);
  for (let n = 0; n < N; n++) {
    inverse[n] = 1 / Math.sqrt(dot(x.data, n * C, x.data, n * C, C) / C + EPSILON);
    for (let c = 0; c < C; c++) y.data[n * C + c] = x.data[n * C + c] * inverse[n] * gain.data[c];
  }
  return {y, inverse};
}

/**
 * dy (N,C) → dx (N,C) += ρ·(g − x·ρ²·(g·x)/C) with g = dy ⊙ gain and ρ = inverse, row by row, which removes the part of
 * g along x. dgain (1,C) += Σ dy ⊙ x·ρ; a frozen gain has no dgain.
 */
export function rmsNormBackward(
  dy: Matrix,
  x: Matrix,
  gain: Matrix,
  inverse: Float64Array,
  dx: Matrix,
  dgain?: Matrix,
): void {
  const {rows: N, cols: C} = x;
  for (let n = 0; n < N; n++) {
    const rho = inverse[n];
    let gx = 0;
    for (let c = 0; c < C; c++) gx += dy.data[n * C + c] * gain.data[c] * x.data[n * C + c];
    const along = (gx * rho * rho) / C;
    for (let c = 0; c < C; c++) {
      const i = n * C + c;
      dx.data[i] += rho * (dy.data[i] * gain.data[c] - along * x.data[i]);
      if (dgain) dgain.data[c] += dy.data[i] * x.data[i] * rho;
    }
  }
}
