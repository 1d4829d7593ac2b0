/** What the figure shows of a run: the words, and in each the letter to look at. */
import {LETTERS, MARK, MAX_LETTERS} from "../../engine/training/words.ts";
import type {Frames} from "../../figure/widget.ts";
import {type ForgeParams, type ForgeSettings, forgeSettings} from "./controls.ts";
import type {ForgeSnapshot, ForgeWriting} from "./model.ts";

/** How a model chose one letter. */
interface TokenChoice {
  /** The letters before it. */
  before: string;
  /** The chance of every token. */
  chances: readonly number[];
  /** The token that the draw chose. */
  token: number;
}

/** A word as the base writes it and with what was trained, and the letter to look at. */
export interface ComparedWord {
  off: string;
  on: string;
  /** For each letter of `on`, whether it differs from the base's. */
  changed: readonly boolean[];
  /** The letter's place, counted from 1, its random number, and how it was chosen. */
  place: number;
  draw: number;
  choices: Readonly<Record<"off" | "on", TokenChoice>>;
}

export interface ForgeResult extends Pick<ForgeSnapshot, "losses" | "again" | "counts" | "customers"> {
  settings: ForgeSettings;
  /** Which of the two is written now. */
  now: "off" | "on";
  words: readonly ComparedWord[];
  /** The word with the letter to look at. */
  chosen: ComparedWord;
}

/** The letter of a token; the mark of a word's end is called "end". */
export const tokenName = (token: number): string => (token === MARK ? "end" : LETTERS[token]!);

/** The token at a place of a word, counted from 1; behind the last letter it is the mark. */
const tokenAt = (word: string, place: number): number =>
  place > word.length ? MARK : LETTERS.indexOf(word[place - 1]!);

/** The place of the first letter that differs; the last place if none does. */
function firstDifference(off: string, on: string): number {
  const places = Array.from({length: Math.min(Math.max(off.length, on.length) + 1, MAX_LETTERS)}, (_, i) => i + 1);
  return places.find((place) => tokenAt(off, place) !== tokenAt(on, place)) ?? Math.max(1, off.length);
}

/** How a model chose the letter at a place. */
const choiceOf = ({words, chances}: ForgeWriting, word: number, place: number): TokenChoice => ({
  before: words[word]!.slice(0, place - 1),
  chances: chances[word]![place - 1]!,
  token: tokenAt(words[word]!, place),
});

/** What the figure shows, from the one snapshot of a run. */
export function readForge([first]: Frames<ForgeSnapshot>, params: ForgeParams): ForgeResult {
  const {off, on, draws, losses, again, counts, customers} = first!;
  const words = off.words.map((before, n): ComparedWord => {
    const after = on.words[n]!;
    const place = firstDifference(before, after);
    return {
      off: before,
      on: after,
      changed: Array.from(after, (letter, i) => letter !== before[i]),
      place,
      draw: draws[n]![place - 1]!,
      choices: {off: choiceOf(off, n, place), on: choiceOf(on, n, place)},
    };
  });
  return {
    settings: forgeSettings(params),
    now: params.adapter === "off" ? "off" : "on",
    words,
    chosen: words[params.word - 1]!,
    losses,
    again,
    counts,
    customers,
  };
}
