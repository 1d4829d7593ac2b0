/** Words that the word forge writes by itself. */

import {type Matrix, needFinite} from "../linalg/matrix.ts";
import {LETTERS, LONGEST, MARK} from "../training/words.ts";
import {softmax} from "./layers/softmax.ts";

/** A sequence of tokens → the letters from its second place to the next mark, or to its end. Throws for no token. */
export function decodeTokens(tokens: ArrayLike<number>): string {
  const letters = Array.from(tokens, (token) => {
    const letter = LETTERS[token];
    if (letter === undefined)
      throw new Error(`decodeTokens: ${token} is no token; they are 0 to ${LETTERS.length - 1}`);
    return letter;
  });
  return letters.slice(1).join("").split(LETTERS[MARK])[0];
}

/**
 * n words that the model writes by itself, cut at 11 letters; one that ends at once is "". `logitsOf` maps tokens (n·t)
 * → logits (n·t,27) for n sequences whose length t grows from 1 to at most 11. It costs 11 numbers a word, used or not,
 * all drawn first: with the same numbers, a model that has changed a little writes words that have changed a little.
 * Below temperature 1 likely letters are preferred, above it they are evened out. Throws unless temperature is above 0
 * and the logits have that shape and are finite.
 */
export function sampleWords(
  logitsOf: (tokens: Int32Array, B: number) => Matrix,
  n: number,
  random: () => number,
  temperature = 1,
): string[] {
  if (!(temperature > 0)) throw new Error(`sampleWords: the temperature is ${temperature}; it must be above 0`);
  const draws = Float64Array.from({length: n * LONGEST}, () => random());
  const words = Array.from({length: n}, () => [MARK]);
  const ended = (word: readonly number[]) => word.length > 1 && word[word.length - 1] === MARK;
  for (let t = 1; t <= LONGEST && !words.every(ended); t++) {
    const logits = logitsOf(Int32Array.from(words.flat()), n);
    needLogits(logits, n * t);
    words.forEach((word, b) => {
      // A word that has ended goes on with marks, so that all sequences keep one length.
      word.push(ended(word) ? MARK : drawToken(logits, b * t + t - 1, temperature, draws[b * LONGEST + t - 1]));
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
 * The first token at which the probabilities, summed in the order of the alphabet, exceed u in [0, 1): the inverse of
 * the distribution function of softmax(logits / temperature).
 */
function drawToken({data, cols}: Matrix, row: number, temperature: number, u: number): number {
  const logits = data.subarray(row * cols, (row + 1) * cols);
  const largest = logits.reduce((a, b) => Math.max(a, b));
  // Less the largest before the division: so a temperature near 0 cannot overflow.
  const probabilities = logits.map((logit) => (logit - largest) / temperature);
  softmax(probabilities, 0, cols);
  let sum = 0;
  const token = probabilities.findIndex((p) => {
    sum += p;
    return u < sum;
  });
  // Rounding may leave the whole sum a little below 1, and u between the two.
  return token >= 0 ? token : probabilities.findLastIndex((p) => p > 0);
}
