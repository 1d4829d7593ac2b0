/**
 * The word forge's language: letters between two marks (".anna."). A sequence has 12 places: the mark, then at most 11
 * letters. Every place predicts the next letter, and the last letter's place predicts the mark; later places are
 * ignored.
 */

import {mulberry32, permutation} from "../linalg/random.ts";
import type {Sizes} from "../network/architecture.ts";
import {IGNORED} from "../network/layers/targets.ts";
import type {Batch} from "../network/transformer.ts";
import {shown} from "../wording.ts";

/** The character of each token; "." is the mark before and after a word. */
export const LETTERS = ".abcdefghijklmnopqrstuvwxyz";
/** The token of the mark. */
export const MARK = 0;

/** The sizes of the word forge: 26,848 parameters, or 102,848 with C = 64. */
export const wordForge: Sizes = {V: LETTERS.length, T: 12, C: 32, H: 4, L: 2};

/** The most letters that a word may have: the mark takes the first place. */
export const MAX_LETTERS = wordForge.T - 1;

/**
 * "anna" → tokens (12) ".anna......." and targets (12) "anna.", then −1. Throws unless the word has 1 to 11 letters,
 * all from a to z.
 */
export function encodeWord(word: string): {tokens: number[]; targets: number[]} {
  if (!/^[a-z]+$/.test(word) || word.length > MAX_LETTERS)
    throw new Error(
      `encodeWord: the word is ${shown(word)}; it must have 1 to ${MAX_LETTERS} letters, all from a to z`,
    );
  const letters = Array.from(word, (letter) => LETTERS.indexOf(letter));
  const padding = MAX_LETTERS - letters.length;
  return {
    tokens: [MARK, ...letters, ...Array<number>(padding).fill(MARK)],
    targets: [...letters, MARK, ...Array<number>(padding).fill(IGNORED)],
  };
}

/** All words in this order, as one batch, for the loss on held-out words. */
export function batchOf(words: readonly string[]): Batch {
  const encoded = words.map(encodeWord);
  return {
    tokens: Int32Array.from(encoded.flatMap(({tokens}) => tokens)),
    targets: Int32Array.from(encoded.flatMap(({targets}) => targets)),
    B: words.length,
  };
}

/** B words drawn with replacement from the list. Draws B random numbers. Throws when the list is empty. */
export function drawWords(words: readonly string[], B: number, random: () => number): Batch {
  if (words.length === 0) throw new Error("drawWords: the list is empty; it needs at least one word");
  return batchOf(Array.from({length: B}, () => words[Math.floor(random() * words.length)]));
}

/**
 * Splits the words into a share to measure on, a fifth by default, and the rest to train on. Both lists are in random
 * order, so the first n words of either are a fair sample. The seed decides everything.
 * Throws when one of the lists would be empty.
 */
export function splitWords(
  words: readonly string[],
  seed: number,
  share = 0.2,
): {training: string[]; heldOut: string[]} {
  const count = Math.round(words.length * share);
  if (!(count > 0 && count < words.length))
    throw new Error(`splitWords: a share of ${share} holds out ${count} of ${words.length} words; both lists need one`);
  const shuffled = Array.from(permutation(words.length, mulberry32(seed)), (i) => words[i]);
  return {training: shuffled.slice(count), heldOut: shuffled.slice(0, count)};
}
