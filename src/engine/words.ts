/**
 * The word forge's language: letters between two marks (".anna."). A sequence has 12 places: the mark, then at most 11
 * letters. Every place predicts the next letter, the last letter's place predicts the mark, and what follows is left out.
 */
import type {Sizes} from "./architecture.ts";
import {IGNORED} from "./layers/crossentropy.ts";
import {softmax} from "./layers/softmax.ts";
import {type Matrix, needFinite} from "./matrix.ts";
import {mulberry32, permutation} from "./random.ts";
import type {Batch} from "./transformer.ts";
import {shown} from "./wording.ts";

/** Token by token: "." is the mark that stands before a word and after it. */
export const LETTERS = ".abcdefghijklmnopqrstuvwxyz";
const MARK = 0;

/** 26,848 parameters; with C = 64 they are 102,848. */
export const wordForge: Sizes = {V: LETTERS.length, T: 12, C: 32, H: 4, L: 2};

/** How many letters a word may have: the mark takes the first place. */
export const LONGEST = wordForge.T - 1;

/**
 * "anna" → tokens (12) ".anna......." and targets (12) "anna.", then −1. Throws unless the word has 1 to 11 letters, all
 * from a to z.
 */
export function encodeWord(word: string): {tokens: number[]; targets: number[]} {
  if (!/^[a-z]+$/.test(word) || word.length > LONGEST)
    throw new Error(`encodeWord: ${shown(word)} is no word of 1 to ${LONGEST} letters from a to z`);
  const letters = Array.from(word, (letter) => LETTERS.indexOf(letter));
  const after = LONGEST - letters.length;
  return {
    tokens: [MARK, ...letters, ...Array<number>(after).fill(MARK)],
    targets: [...letters, MARK, ...Array<number>(after).fill(IGNORED)],
  };
}

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

/** The words in the order given, as one batch: what the loss on held-out words is taken over. */
export function batchOf(words: readonly string[]): Batch {
  const encoded = words.map(encodeWord);
  return {
    tokens: Int32Array.from(encoded.flatMap(({tokens}) => tokens)),
    targets: Int32Array.from(encoded.flatMap(({targets}) => targets)),
    B: words.length,
  };
}

/** B words drawn, with return, from the list. Costs B numbers. Throws when the list is empty. */
export function drawWords(words: readonly string[], B: number, random: () => number): Batch {
  if (words.length === 0) throw new Error("drawWords: the list is empty; it needs at least one word");
  return batchOf(Array.from({length: B}, () => words[Math.floor(random() * words.length)]));
}

/**
 * Two lists without a word in common, if the words differ: a share of them, a fifth by default, to measure on, and the
 * rest to train on. Both come in random order, so the first n words of either are a fair sample; the seed decides all.
 * Throws when one of the lists would be empty.
 */
export function heldOut(words: readonly string[], seed: number, share = 0.2): {training: string[]; heldOut: string[]} {
  const count = Math.round(words.length * share);
  if (!(count > 0 && count < words.length))
    throw new Error(`heldOut: a share of ${share} holds out ${count} of ${words.length} words; both lists need one`);
  const shuffled = Array.from(permutation(words.length, mulberry32(seed)), (i) => words[i]);
  return {training: shuffled.slice(count), heldOut: shuffled.slice(0, count)};
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
