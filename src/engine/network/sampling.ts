/** Sampling words from the word forge. */

import {type Matrix, needFinite} from "../linalg/matrix.ts";
import {LETTERS, MARK, MAX_LETTERS} from "../training/words.ts";
import {softmax} from "./layers/softmax.ts";

/** Tokens → the letters from the second place to the next mark or the end. Throws for an unknown token. */
export function decodeTokens(tokens: ArrayLike<number>): string {
  const letters = Array.from(tokens, (token) => {
    const letter = LETTERS[token];
    if (letter === undefined)
      throw new Error(`decodeTokens: the token is ${token}; it must be a whole number from 0 to ${LETTERS.length - 1}`);
    return letter;
  });
  return letters.slice(1).join("").split(LETTERS[MARK])[0];
}

/**
 * n words from the model, cut at 11 letters; a word that ends at once is "". `logitsOf` maps tokens (n·t) to logits
 * (n·t,27) for n sequences whose length t grows from 1 to at most 11. It always draws 11 random numbers a word, and all
 * of them first: with the same numbers, a slightly changed model writes slightly changed words. A temperature below 1
 * prefers likely letters, one above 1 evens them out. Throws unless the temperature is above 0 and the logits have that
 * shape and are finite.
 */
export function sampleWords(
  logitsOf: (tokens: Int32Array, B: number) => Matrix,
  n: number,
  random: () => number,
  temperature = 1,
): string[] {
  if (!(temperature > 0)) throw new Error(`sampleWords: the temperature is ${temperature}; it must be above 0`);
  const draws = Float64Array.from({length: n * MAX_LETTERS}, () => random());
  const words = Array.from({length: n}, () => [MARK]);
  const hasEnded = (word: readonly number[]) => word.length > 1 && word[word.length - 1] === MARK;
  for (let t = 1; t <= MAX_LETTERS && !words.every(hasEnded); t++) {
    const logits = logitsOf(Int32Array.from(words.flat()), n);
    needLogits(logits, n * t);
    words.forEach((word, b) => {
      // A word that has ended gets more marks, so that all sequences have the same length.
      word.push(hasEnded(word) ? MARK : drawToken(logits, b * t + t - 1, temperature, draws[b * MAX_LETTERS + t - 1]));
    });
  }
  return words.map(decodeTokens);
}

function needLogits(logits: Matrix, rows: number): void {
  if (logits.rows !== rows || logits.cols !== LETTERS.length)
    throw new Error(`sampleWords: logits (${logits.rows}×${logits.cols}); they must be (${rows}×${LETTERS.length})`);
  needFinite("sampleWords: logits", logits);
}

/**
 * The first token at which the cumulative sum of softmax(logits / temperature) exceeds u in [0, 1): inverse transform
 * sampling.
 */
function drawToken({data, cols}: Matrix, row: number, temperature: number, u: number): number {
  const logits = data.subarray(row * cols, (row + 1) * cols);
  const largest = logits.reduce((a, b) => Math.max(a, b));
  // Subtracting the largest before dividing keeps a temperature near 0 from overflowing.
  const probabilities = logits.map((logit) => (logit - largest) / temperature);
  softmax(probabilities, 0, cols);
  let sum = 0;
  const token = probabilities.findIndex((p) => {
    sum += p;
    return u < sum;
  });
  // Rounding can leave the whole sum a little below 1, and u may lie above it.
  return token >= 0 ? token : probabilities.findLastIndex((p) => p > 0);
}
