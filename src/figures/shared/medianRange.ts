/** The lowest, middle and highest of an odd number of values. */
export function medianRange(values: readonly number[]): {low: number; median: number; high: number} {
  const sorted = values.toSorted((a, b) => a - b);
  return {low: sorted[0]!, median: sorted[(sorted.length - 1) / 2]!, high: sorted.at(-1)!};
}
