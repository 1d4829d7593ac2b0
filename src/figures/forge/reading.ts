/** What is shown of a snapshot: the words as far as they are written, and in each the letter to look at. */
import {LETTERS, LONGEST, MARK} from "../../engine/training/words.ts";
import type {Frames} from "../../figure/widget.ts";
import {type ForgeParams, type ForgeSettings, forgeSettings} from "./controls.ts";
import type {Customer, ForgeSnapshot, ForgeWriting} from "./model.ts";

/** One of the words as far as it is written: by the base, by what is shown now, and with the adapter on. */
interface Slot {
  off: string;
  now: string;
  on: string;
  /** For each letter of `now`, whether it differs from the base's. */
  changed: readonly boolean[];
}

/** How a model chose one letter. */
interface TokenChoice {
  /** The letters before it. */
  before: string;
  /** Of every token. */
  chances: readonly number[];
  /** The one that the draw fell on. */
  token: number;
}

/** A letter of a word, counted from 1, with its random number, and how it was chosen: by the base, now, and with the adapter on. */
export interface ComparedLetter {
  place: number;
  draw: number;
  off: TokenChoice;
  now: TokenChoice;
  on: TokenChoice;
}

/** What is shown, with the letter to look at in the chosen word. */
export interface ForgeResult extends ComparedLetter {
  settings: ForgeSettings;
  slots: readonly Slot[];
  /** Whether all letters are written. */
  isWhole: boolean;
  /** The letter to look at in each word. */
  letters: readonly ComparedLetter[];
  losses: ForgeSnapshot["losses"];
  again: ForgeSnapshot["again"];
  counts: ForgeSnapshot["counts"];
  /** With their words as far as they are written. */
  customers: readonly Customer[];
}

/** The letter of a token; the mark is called "end". */
export const tokenName = (token: number): string => (token === MARK ? "end" : LETTERS[token]!);

const tokenAt = (word: string, place: number): number =>
  place > word.length ? MARK : LETTERS.indexOf(word[place - 1]!);

/** The place of the letter to look at: the one just written; in whole words the first that differs, or else the last. */
function placeOf(off: string, on: string, letter: number): number {
  const last = Math.min(Math.max(off.length, on.length) + 1, LONGEST);
  if (letter < LONGEST) return Math.min(Math.max(letter, 1), Math.min(off.length, on.length, LONGEST - 1) + 1);
  const differing = Array.from({length: last}, (_, i) => i + 1).find(
    (place) => tokenAt(off, place) !== tokenAt(on, place),
  );
  return differing ?? Math.max(1, Math.min(last, off.length));
}

const choiceOf = ({words, chances}: ForgeWriting, word: number, place: number): TokenChoice => ({
  before: words[word]!.slice(0, place - 1),
  chances: chances[word]![place - 1]!,
  token: tokenAt(words[word]!, place),
});

export function readForge([first]: Frames<ForgeSnapshot>, params: ForgeParams): ForgeResult {
  const {off, now, on, draws, losses, again, counts, customers} = first!;
  const {letter, word} = params;
  const slots = now.words.map((whole, n): Slot => {
    const [before, written, other] = [off.words[n]!, whole, on.words[n]!].map((one) => one.slice(0, letter)) as [
      string,
      string,
      string,
    ];
    return {off: before, now: written, on: other, changed: Array.from(written, (one, i) => one !== before[i])};
  });
  const letters = off.words.map((whole, n): ComparedLetter => {
    const place = placeOf(whole, on.words[n]!, letter);
    const [was, is, other] = [off, now, on].map((writing) => choiceOf(writing, n, place)) as [
      TokenChoice,
      TokenChoice,
      TokenChoice,
    ];
    return {place, draw: draws[n]![place - 1]!, off: was, now: is, on: other};
  });
  return {
    ...{settings: forgeSettings(params), slots, letters, isWhole: letter === LONGEST, losses, again, counts},
    customers: customers.map((one) => ({...one, words: one.words.map((whole) => whole.slice(0, letter))})),
    ...letters[word - 1]!,
  };
}

export const changedWords = ({slots}: ForgeResult): number => slots.filter(({off, now}) => off !== now).length;
