/** The matrices of a layer that can be adapted, in the order of the engine's TARGETS; a link names each by its letter. */
export const labMatrices = [
  {letter: "q", target: "Wq"},
  {letter: "k", target: "Wk"},
  {letter: "v", target: "Wv"},
  {letter: "o", target: "Wo"},
  {letter: "1", target: "W1"},
  {letter: "2", target: "W2"},
] as const;

export const LAYERS = 2;

/** The matrices that a text such as "qv" names. */
export const matricesNamed = (on: string) => labMatrices.filter(({letter}) => on.includes(letter));

/** Whether a text names matrices: their letters, each once and in order; "" for none. */
export const isOn = (text: string): boolean =>
  text ===
  matricesNamed(text)
    .map(({letter}) => letter)
    .join("");

/** The letters of all of them, in that order. */
export const MATRIX_LETTERS: string = labMatrices.map(({letter}) => letter).join("");

/** Root of the sum of squares. */
export const rootSumSquares = (sizes: readonly number[]): number => Math.sqrt(sizes.reduce((sum, x) => sum + x * x, 0));
