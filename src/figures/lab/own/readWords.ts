/** Words of the reader's own, read from a text or a file. */

import {MAX_WORD_LENGTH} from "../../shared/taskNames.ts";
import {MAX_WORDS} from "./words.ts";

/** The words of a text that can be learned, in alphabetical order, and the others by what was done with them. */
export interface ReadWords {
  words: readonly string[];
  /** Words written with other letters, as "São → sao". */
  respelled: readonly string[];
  /** Words left out: longer than the machine's 11 places, or not only of letters. */
  tooLong: readonly string[];
  notLetters: readonly string[];
  /** How many words the text has, if not all are used. */
  sampledFrom?: number;
}

/**
 * A piece without the quotes, brackets and stops around it; empty if nothing else is left. Signs as in C++ or C#, and emoji,
 * stay, so that the reader hears that a word with them is left out.
 */
const withoutPunctuation = (piece: string): string =>
  /[\p{L}\p{N}\p{So}]/u.test(piece)
    ? piece.replace(/^(?:(?![#@&%/\\])[\p{P}\p{Sk}])+|(?:(?![#@&%/\\])[\p{P}\p{Sk}])+$/gu, "")
    : "";

/** Letters that Unicode does not take apart into a letter of a to z and its accent. */
const RESPELLINGS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/** "Kraków" → "krakow", "rock-n'roll" → "rocknroll". */
const plainLetters = (word: string): string =>
  word
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[ßæœøłđðþı]/g, (letter) => RESPELLINGS[letter]!)
    .replace(/['’‘ʼ`\-‐‑–]/g, "");

/** Reads a list, or any text: words between spaces, commas, semicolons and lines. */
export function readWords(text: string): ReadWords {
  const words = new Set<string>();
  const [respelled, tooLong, notLetters] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const piece of text.split(/[\s,;]+/)) {
    const word = withoutPunctuation(piece);
    if (word === "") continue;
    const letters = plainLetters(word);
    if (!/^[a-z]+$/.test(letters)) notLetters.add(word);
    else if (letters.length > MAX_WORD_LENGTH) tooLong.add(word);
    else if (!words.has(letters)) {
      words.add(letters);
      if (/[^a-z'’‘ʼ`\-‐‑–]/.test(word.toLowerCase())) respelled.add(`${word} → ${letters}`);
    }
  }
  const usedWords = sampleOf([...words].sort());
  return {
    words: usedWords,
    respelled: [...respelled],
    tooLong: [...tooLong],
    notLetters: [...notLetters],
    ...(usedWords.length < words.size && {sampledFrom: words.size}),
  };
}

/** At most MAX_WORDS of the words in their order, at even distances. */
const sampleOf = (words: readonly string[]): readonly string[] =>
  words.length <= MAX_WORDS
    ? words
    : Array.from({length: MAX_WORDS}, (_, i) => words[Math.floor((i * words.length) / MAX_WORDS)]!);

/** The most bytes of a text file. */
const MAX_BYTES = 100_000;
const NO_TEXT = "This is no text file.";

/** The text of a file that a reader chose or dropped, or why there is none. */
export function textOfFile(bytes: Uint8Array): {text: string} | {problem: string} {
  if (bytes.length > MAX_BYTES) return {problem: "This file is larger than 100 kB."};
  try {
    const text = new TextDecoder("utf-8", {fatal: true}).decode(bytes);
    // A file of another kind may be UTF-8 by chance, but it has signs that no text has.
    return /[^\P{Cc}\s]/u.test(text) ? {problem: NO_TEXT} : {text};
  } catch {
    return {problem: NO_TEXT};
  }
}
