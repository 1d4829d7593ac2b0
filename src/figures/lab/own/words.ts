/** Words of the reader's own: how many a run takes, what it learns from that many, and the lists written on this page. */

/** The fewest words that a run learns from, and the most; of more a sample is drawn. */
export const MIN_WORDS = 20;
export const MAX_WORDS = 500;

/** Words from which one in five is kept back to score with: fewer than 20 words measure nothing. */
const SCORED_FROM = 100;

/** Three steps for ten words, in tens, at least 20 and at most 200: trained longer, the machine repeats a short list. */
export const stepsFor = (count: number): number => Math.min(200, Math.max(20, 10 * Math.round((3 * count) / 100)));

/** Whether one word in five is kept back. */
export const isScored = (count: number): boolean => count >= SCORED_FROM;

/** What runs learn from this many words on. */
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

/** Keeps a list and gives its number, the one it has if it was kept before. */
export function storeWords(words: readonly string[]): string {
  const before = lists.findIndex((list) => list.join() === words.join());
  return String(before < 0 ? lists.push(words) : before + 1);
}

/** The list of a number; undefined if it was written on another page. */
export const storedWords = (id: string): readonly string[] | undefined => lists[Number(id) - 1];
