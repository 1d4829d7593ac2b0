import {rawWords, wordsOf} from "./normalize.ts";

/** A piece of a text, and whether it matches the search. */
export interface Piece {
  text: string;
  isMatch: boolean;
}

/** Splits a text into the words that the index lists under one of `words`, and the rest. */
export function pieces(text: string, words: ReadonlySet<string>): Piece[] {
  const parts: Piece[] = [];
  let at = 0;
  for (const {text: raw, start, end} of rawWords(text)) {
    if (!wordsOf(raw).some((word) => words.has(word))) continue;
    if (start > at) parts.push({text: text.slice(at, start), isMatch: false});
    parts.push({text: text.slice(start, end), isMatch: true});
    at = end;
  }
  if (at < text.length) parts.push({text: text.slice(at), isMatch: false});
  return parts;
}

/** How many characters of a text are shown, and how many of them before the match. */
const LENGTH = 150;
const BEFORE = 45;
/** How many matches of a text are compared; for a letter that is everywhere, the first ones will do. */
const ENOUGH = 24;

/** The part of a text that has most of `words` in it, cut between words. Without a match, the beginning. */
export function excerpt(text: string, words: ReadonlySet<string>): string {
  if (text.length <= LENGTH) return text;
  const found: {start: number; under: string}[] = [];
  for (const {text: raw, start} of rawWords(text)) {
    const under = wordsOf(raw).find((word) => words.has(word));
    if (under !== undefined) found.push({start, under});
    if (found.length === ENOUGH) break;
  }
  const score = (from: number) => {
    const near = found.filter(({start}) => start >= from && start < from + LENGTH - BEFORE);
    return new Set(near.map(({under}) => under)).size;
  };
  const best = found.reduce((most, {start}) => (score(start) > score(most) ? start : most), found[0]?.start ?? 0);
  const start = best <= BEFORE ? 0 : best - BEFORE + Math.max(0, text.slice(best - BEFORE, best).indexOf(" ")) + 1;
  const end = start + LENGTH >= text.length ? text.length : text.lastIndexOf(" ", start + LENGTH);
  return `${start > 0 ? "…" : ""}${text.slice(start, end).replace(/[\s,;:(]+$/, "")}${end < text.length ? "…" : ""}`;
}
