/** What one token costs in `latency`, from loops that count. */

/** Positions of the prefix for each number of tokens. */
const prefixes: Readonly<Record<string, number>> = {
  "1": 1,
  "16": 2,
  "128": 16,
};

/** Multiply–adds of one token, counted product by product: out = in · Wᵀ takes one for each entry of W. */
export function addsOf({width, r, tokens = "128"}: {width: string; r: number; tokens?: string}) {
  const product = (rows: number, columns: number) => {
    let count = 0;
    for (let i = 0; i < rows; i++) count += columns;
    return count;
  };
  const d = Number(width);
  const merged = product(d, d);
  const [input, prefix] = [Number(tokens), prefixes[tokens]!];
  let all = 0;
  for (let place = 0; place < input + prefix; place++) all += merged;
  return {
    merged,
    unmerged: merged + product(r, d) + product(d, r),
    adapter: merged + product(r, d) + product(d, r),
    prefix: all / input,
  };
}

export const guessOf = (guess: string): number => Number(guess.replace("%", ""));
