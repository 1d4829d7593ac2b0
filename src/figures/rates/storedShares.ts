/** Where a map of pairs and ranks reaches a share. */

/** By number of pairs and rank from 0: the share that is stored. */
export type StoredShares = readonly (readonly number[])[];

/**
 * For each column whose pairs some rank stores to this share, a step at the least rank that does: `from` and `to` are columns, and
 * the step is below rank `r`, whose row goes from r − 1 to r.
 */
export function staircase(shares: StoredShares, share: number): readonly {from: number; to: number; below: number}[] {
  const least = shares.map((column) => column.findIndex((one) => one >= share - 1e-9));
  const filled = least.includes(-1) ? least.slice(0, least.indexOf(-1)) : least;
  return filled.map((r, i) => ({from: i, to: i + 1, below: Math.max(r - 1, 0)}));
}
