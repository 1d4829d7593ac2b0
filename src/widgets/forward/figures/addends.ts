/**
 * Values as they are printed to so many decimals, each moved to a neighbor at most, so that what is printed adds up to
 * the printed total: the remainders that round worst give way first.
 */
export function addends(values: readonly number[], total: number, decimals: number): number[] {
  const unit = 10 ** decimals;
  const exact = values.map((value) => value * unit);
  const printed = exact.map(Math.round);
  const due = Math.sign(total) * Math.round(Math.abs(total) * unit);
  let gap = due - printed.reduce((sum, value) => sum + value, 0);
  const order = exact.map((_, i) => i).sort((a, b) => Math.sign(gap) * (exact[b] - printed[b] - exact[a] + printed[a]));
  for (const i of order) {
    // An exact zero stays one.
    if (gap === 0 || values[i] === 0) continue;
    printed[i] += Math.sign(gap);
    gap -= Math.sign(gap);
  }
  return printed.map((value) => value / unit);
}
