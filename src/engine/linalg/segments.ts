/** Arithmetic on n neighboring numbers of a larger array: a row, or one head of a row. */

/** Σ a[i + l] · b[j + l] over l < n. */
export function dot(a: Float64Array, i: number, b: Float64Array, j: number, n: number): number {
  let sum = 0;
  for (let l = 0; l < n; l++) sum += a[i + l] * b[j + l];
  return sum;
}

/** target[t + l] += factor · source[s + l] for l < n. */
export function addMultiple(
  target: Float64Array,
  t: number,
  source: Float64Array,
  s: number,
  n: number,
  factor: number,
): void {
  for (let l = 0; l < n; l++) target[t + l] += factor * source[s + l];
}
