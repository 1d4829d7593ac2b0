/** The matrices of a layer that a pair can sit on, in the order of the engine's TARGETS, and the letter for each in a link. */
export const matrices = [
  {letter: "q", target: "Wq", index: "q", part: "attention"},
  {letter: "k", target: "Wk", index: "k", part: "attention"},
  {letter: "v", target: "Wv", index: "v", part: "attention"},
  {letter: "o", target: "Wo", index: "o", part: "attention"},
  {letter: "1", target: "W1", index: "1", part: "MLP"},
  {letter: "2", target: "W2", index: "2", part: "MLP"},
] as const;

export const LAYERS = 2;

/** "qv": letters of matrices, each once and in their order; "" for none. */
export const isOn = (text: string): boolean =>
  text ===
  chosen(text)
    .map(({letter}) => letter)
    .join("");

export const chosen = (on: string) => matrices.filter(({letter}) => on.includes(letter));

/** The matrices with this one in, or out if it was in. */
export const toggled = (on: string, letter: string): string =>
  matrices.flatMap((one) => ((one.letter === letter) !== on.includes(one.letter) ? one.letter : [])).join("");

/** Root of the sum of squares. */
export const norm = (sizes: readonly number[]): number => Math.sqrt(sizes.reduce((sum, x) => sum + x * x, 0));
