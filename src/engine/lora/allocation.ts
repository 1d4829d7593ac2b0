/** How to share out ranks between matrices: the idea of AdaLoRA (Zhang et al. 2023), on spectra that are known. */

/**
 * Singular values of some updates, each list from the largest down, and a number of ranks to spend → the rank of each: the
 * largest singular values of all lists are kept, whichever list they come from. By Eckart and Young no other choice of as
 * many ranks keeps a larger sum of squares. Of equal values the one in the earlier list is kept; zeros are never bought.
 * Throws unless the budget is a whole number ≥ 0 and every list descends and has no negative value.
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
  // The sort is stable: of equal values the earlier list comes first.
  const kept = values
    .filter(({sigma}) => sigma > 0)
    .sort((a, b) => b.sigma - a.sigma)
    .slice(0, budget);
  for (const {matrix} of kept) ranks[matrix]++;
  return ranks;
}
