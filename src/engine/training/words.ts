/**
 * The word forge's language: letters between two marks (".anna."). A sequence has 12 places: the mark, then at most 11
 * letters. Every place predicts the next letter, the last letter's place predicts the mark, and what follows is left out.
 */

import {shown} from "../files/wording.ts";
import {mulberry32, permutation} from "../linalg/random.ts";
import type {Sizes} from "../network/architecture.ts";
import {IGNORED} from "../network/layers/crossentropy.ts";
import type {Batch} from "../network/transformer.ts";

/** Token by token: "." is the mark that stands before a word and after it. */
export const LETTERS = ".abcdefghijklmnopqrstuvwxyz";
/** The token of the mark. */
export const MARK = 0;

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
