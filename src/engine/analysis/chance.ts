/** The values that section 7's measures take by chance alone. */

/**
 * Mean of φ(i, j) between two random subspaces of ℝᵏ, drawn uniformly and independently: max(i, j) / k. Each of the
 * i·j squared cosines between basis vectors has mean 1/k, and φ divides their sum by min(i, j).
 */
export function expectedSimilarity(i: number, j: number, k: number): number {
  return Math.max(i, j) / k;
}

/**
 * Standard deviation of φ(i, j) between two random subspaces of ℝᵏ. The sum of the squared cosines is the trace of the
 * product of two random projections, and its variance is 2·i·j·(k − i)·(k − j) / (k²·(k − 1)·(k + 2)). It is 0 when one
 * of the subspaces is all of ℝᵏ.
 */
export function similarityDeviation(i: number, j: number, k: number): number {
  if (k === 1) return 0;
  const variance = (2 * i * j * (k - i) * (k - j)) / (k * k * (k - 1) * (k + 2));
  return Math.sqrt(variance) / Math.min(i, j);
}

/**
 * ‖W‖_F·r / √(d·k): the root mean square of ‖Uᵀ·W·V‖_F over random orthonormal U (d × r) and V (k × r). U keeps r/d of
 * the squared norm on average, V keeps r/k. For square W this is the "Random" column of Table 7.
 */
export function expectedProjection(normW: number, r: number, d: number, k: number): number {
  return (normW * r) / Math.sqrt(d * k);
}
