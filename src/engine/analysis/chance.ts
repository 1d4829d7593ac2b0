/** What chance alone gives on average, beside section 7's measures. */

/**
 * Mean of φ(i, j) between random subspaces of k dimensions, drawn uniformly and independently: max(i, j) / k. Each of
 * the i·j squared cosines between basis vectors has mean 1/k, and φ divides their sum by min(i, j).
 */
export function expectedSimilarity(i: number, j: number, k: number): number {
  return Math.max(i, j) / k;
}

/**
 * Deviation of φ(i, j) between random subspaces of k dimensions about that mean. The sum of the squared cosines has the
 * variance 2·i·j·(k − i)·(k − j) / (k²·(k − 1)·(k + 2)), that of the trace of the product of two random projections;
 * 0 where one space is the whole.
 */
export function similarityDeviation(i: number, j: number, k: number): number {
  if (k === 1) return 0;
  const variance = (2 * i * j * (k - i) * (k - j)) / (k * k * (k - 1) * (k + 2));
  return Math.sqrt(variance) / Math.min(i, j);
}

/**
 * ‖W‖_F·r / √(d·k): root mean square of ‖Uᵀ·W·V‖_F over random orthonormal U (d × r) and V (k × r), which keep r/d and
 * r/k of the squared norm. For square W it is the "Random" column of Table 7.
 */
export function expectedProjection(normW: number, r: number, d: number, k: number): number {
  return (normW * r) / Math.sqrt(d * k);
}
