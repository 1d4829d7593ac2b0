import {LETTERS, LONGEST, MARK} from "../../engine/training/words.ts";
import type {Tape} from "../../figure/widget.ts";
import {type ForgeOrder, type ForgeParams, orderOf} from "./controls.ts";
import type {Customer, ForgeSnapshot, ForgeWriting} from "./model.ts";

/** One of the eight words, as far as it is written. */
interface Slot {
  off: string;
  now: string;
  /** Whether the letter at each place of `now` differs from the one off. */
  changed: readonly boolean[];
}

/** The choice of one letter: the chances, and what the draw falls on. */
interface Choice {
  /** What was written before. */
  before: string;
  chances: readonly number[];
  token: number;
}

export interface ForgeResult {
  order: ForgeOrder;
  slots: readonly Slot[];
  /** Whether all letters are written. */
  isWhole: boolean;
  /** Of the chosen word: which letter is looked at, from 1 on; the draw; and how it is chosen off and now. */
  place: number;
  draw: number;
  off: Choice;
  now: Choice;
  losses: ForgeSnapshot["losses"];
  again: ForgeSnapshot["again"];
  counts: ForgeSnapshot["counts"];
  /** Their words as far as they are written. */
  customers: readonly Customer[];
}

/** What a token is called. */
export const tokenName = (token: number): string => (token === MARK ? "end" : LETTERS[token]!);

const tokenAt = (word: string, place: number): number =>
  place > word.length ? MARK : LETTERS.indexOf(word[place - 1]!);

/** The letter to look at: the one just written, or of whole words the first that came out otherwise; else the last. */
function placeOf(off: string, now: string, letter: number): number {
  const last = Math.min(Math.max(off.length, now.length) + 1, LONGEST);
  if (letter < LONGEST) return Math.min(Math.max(letter, 1), Math.min(off.length, now.length, LONGEST - 1) + 1);
  const parted = Array.from({length: last}, (_, i) => i + 1).find(
    (place) => tokenAt(off, place) !== tokenAt(now, place),
  );
  return parted ?? Math.max(1, Math.min(last, off.length));
}

const choiceOf = ({words, chances}: ForgeWriting, word: number, place: number): Choice => ({
  before: words[word]!.slice(0, place - 1),
  chances: chances[word]![place - 1]!,
  token: tokenAt(words[word]!, place),
});

export function see([tape]: readonly Tape<ForgeSnapshot>[], params: ForgeParams): ForgeResult {
  const {off, now, draws, losses, again, counts, customers} = tape![0]!;
  const {letter, word} = params;
  const slots = now.words.map((whole, n): Slot => {
    const [before, written] = [off.words[n]!.slice(0, letter), whole.slice(0, letter)];
    return {off: before, now: written, changed: Array.from(written, (one, i) => one !== before[i])};
  });
  const place = placeOf(off.words[word - 1]!, now.words[word - 1]!, letter);
  return {
    ...{order: orderOf(params), slots, isWhole: letter === LONGEST, place, losses, again, counts},
    customers: customers.map((one) => ({...one, words: one.words.map((whole) => whole.slice(0, letter))})),
    draw: draws[word - 1]![place - 1]!,
    off: choiceOf(off, word - 1, place),
    now: choiceOf(now, word - 1, place),
  };
}

export const changedWords = ({slots}: ForgeResult): number => slots.filter(({off, now}) => off !== now).length;
