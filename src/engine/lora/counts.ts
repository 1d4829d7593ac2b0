/** Parameter counts of full and low-rank updates, as in section 4.2 and Table 5 of Hu et al. 2021. */

/** Entries of a d × k matrix: d·k. */
export function fullCount(d: number, k: number): number {
  return d * k;
}

/** Parameters of B (d × r) and A (r × k) together: r·(d + k). */
export function loraCount(d: number, k: number, r: number): number {
  return r * (d + k);
}

/** The rank at which B and A are as large as the d × k matrix: d·k / (d + k), seldom a whole number. */
export function breakEvenRank(d: number, k: number): number {
  return (d * k) / (d + k);
}

/** How many times smaller B and A are than the d × k matrix: d·k / (r·(d + k)). Infinity at r = 0. */
export function reduction(d: number, k: number, r: number): number {
  return fullCount(d, k) / loraCount(d, k, r);
}

/** Degrees of freedom of a d × k matrix of rank r: r·(d + k − r), r² fewer than B and A store. */
export function degreesOfFreedom(d: number, k: number, r: number): number {
  return r * (d + k - r);
}

/** A d × k matrix that is adapted, and how many of them the model has (1 by default). */
export interface Shape {
  d: number;
  k: number;
  copies?: number;
}

/** Trained parameters when every listed matrix gets an update of rank r: Σ copies · r·(d + k). */
export function countLora(shapes: readonly Shape[], r: number): number {
  return shapes.reduce((sum, {d, k, copies = 1}) => sum + copies * loraCount(d, k, r), 0);
}

/** Bytes of n numbers in 16-bit floats: 2·n. */
export function fp16Bytes(n: number): number {
  return 2 * n;
}
