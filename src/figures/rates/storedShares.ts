/** Where the stored share, by pairs and rank, reaches a level. */

/** The share that is stored, by number of pairs and rank from 0. */
export type StoredShares = readonly (readonly number[])[];

/**
 * A step for each column in which some rank reaches the level: it spans the columns `from` to `to` and lies at `below`, under the
 * cell of the least such rank.
 */
export function staircase(shares: StoredShares, level: number): readonly {from: number; to: number; below: number}[] {
  const least = shares.map((column) => column.findIndex((one) => one >= level - 1e-9));
  const filled = least.includes(-1) ? least.slice(0, least.indexOf(-1)) : least;
  return filled.map((r, i) => ({from: i, to: i + 1, below: Math.max(r - 1, 0)}));
}
