/**
 * Rounds the terms of a sum so that they add up to the rounded total. If rounding alone does not do it, the terms closest
 * to a tie are rounded the other way.
 */
export function roundedTerms(values: readonly number[], total: number, decimals: number): number[] {
  const unit = 10 ** decimals;
  const exact = values.map((value) => value * unit);
  const printed = exact.map(Math.round);
  const due = Math.sign(total) * Math.round(Math.abs(total) * unit);
  let gap = due - printed.reduce((sum, value) => sum + value, 0);
  const order = exact.map((_, i) => i).sort((a, b) => Math.sign(gap) * (exact[b] - printed[b] - exact[a] + printed[a]));
  for (const i of order) {
    // An exact zero stays zero.
    if (gap === 0 || values[i] === 0) continue;
    printed[i] += Math.sign(gap);
    gap -= Math.sign(gap);
  }
  return printed.map((value) => value / unit);
}
