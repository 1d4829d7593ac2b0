/**
 * Rounds the terms of a sum so that they add up to the rounded total. If rounding alone does not do it, the terms closest
 * to a tie are rounded the other way.
 */
export function roundedTerms(values: readonly number[], total: number, decimals: number): number[] {
  const factor = 10 ** decimals;
  const scaled = values.map((value) => value * factor);
  const rounded = scaled.map(Math.round);
  const scaledTotal = Math.sign(total) * Math.round(Math.abs(total) * factor);
  let gap = scaledTotal - rounded.reduce((sum, value) => sum + value, 0);
  const order = scaled
    .map((_, i) => i)
    .sort((a, b) => Math.sign(gap) * (scaled[b] - rounded[b] - scaled[a] + rounded[a]));
  for (const i of order) {
    // An exact zero stays zero.
    if (gap === 0 || values[i] === 0) continue;
    rounded[i] += Math.sign(gap);
    gap -= Math.sign(gap);
  }
  return rounded.map((value) => value / factor);
}
