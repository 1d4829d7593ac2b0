/** Sharing a budget of ranks among matrices: the idea of AdaLoRA (Zhang et al. 2023), for spectra that are known. */

/**
 * The singular values of several updates, each list descending, and a budget of ranks → the rank of each update. It
 * keeps the largest singular values of all lists together, never a zero; by Eckart and Young no other choice with this
 * budget keeps a larger sum of squares. Of equal values the one in the earlier list is kept.
 * Throws unless the budget is a whole number ≥ 0 and every list descends without negative values.
 */
export function allocateRanks(spectra: readonly (readonly number[])[], budget: number): number[] {
  if (!Number.isInteger(budget) || budget < 0)
    throw new Error(`allocateRanks: the budget is ${budget}; it must be a whole number of at least 0`);
  const values = spectra.flatMap((s, matrix) =>
    s.map((sigma, i) => {
      if (!(sigma >= 0 && sigma <= (s[i - 1] ?? Infinity)))
        throw new Error(`allocateRanks: value ${i} of list ${matrix} is ${sigma}; they must descend to 0 at least`);
      return {sigma, matrix};
    }),
  );
  const ranks = spectra.map(() => 0);
  // The sort is stable, so equal values stay in the order of their lists.
  const largest = values
    .filter(({sigma}) => sigma > 0)
    .sort((a, b) => b.sigma - a.sigma)
    .slice(0, budget);
  for (const {matrix} of largest) ranks[matrix]++;
  return ranks;
}
