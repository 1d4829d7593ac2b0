/** n numbers, each the one before times `ratio`: the falling singular values of a planted ΔW*. */
export function geometric(n: number, first: number, ratio: number): Float64Array {
  const s = new Float64Array(n).fill(first);
  for (let i = 1; i < n; i++) s[i] = s[i - 1] * ratio;
  return s;
}
