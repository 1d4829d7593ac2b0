/** Words of the reader's own: how many a run takes, what it learns from that many, and the lists written on this page. */

/** The fewest words that a run learns from, and the most; from a longer list it uses a sample. */
export const MIN_WORDS = 20;
export const MAX_WORDS = 500;

/** From this many words on, one in five is kept back to score with: fewer than 20 words would measure nothing. */
const SCORED_FROM = 100;

/** Steps for `count` words: three for ten words, in tens, from 20 to 200. Trained longer, the machine repeats a short list. */
export const stepsFor = (count: number): number => Math.min(200, Math.max(20, 10 * Math.round((3 * count) / 100)));

/** Whether one word in five is kept back. */
export const isScored = (count: number): boolean => count >= SCORED_FROM;

/** What runs learn from lists of at least `from` words. */
export const OUTCOMES = [
  {from: 20, says: "Enough to pick up a hint of their endings."},
  {from: 50, says: "Enough to learn their endings."},
  {from: 100, says: "Enough for new words in their style."},
  {from: 200, says: "Enough to invent words and copy few."},
] as const;

/** What a run is likely to learn from `count` words, and in how many steps. */
export function expectation(count: number): string {
  const outcome = OUTCOMES.findLast(({from}) => count >= from);
  return outcome
    ? `${outcome.says} ${stepsFor(count)} steps.`
    : `${MIN_WORDS - count} more to begin. Fewer than ${MIN_WORDS} words can only be memorized.`;
}

/**
 * The lists that readers have written, in the memory of this page alone. A state names one by its number, so nothing of the words
 * is in an address, and a number means nothing on another page.
 */
const lists: (readonly string[])[] = [];

/** Keeps a list and returns its number; a list that is kept already has the number that it had. */
export function storeWords(words: readonly string[]): string {
  const before = lists.findIndex((list) => list.join() === words.join());
  return String(before < 0 ? lists.push(words) : before + 1);
}

/** The list of a number; undefined if it was written on another page. */
export const storedWords = (id: string): readonly string[] | undefined => lists[Number(id) - 1];
