/** The fewest words that a run learns from, and the most; of more a sample is drawn. */
export const FEWEST = 20;
export const MOST_WORDS = 500;

/** The most words that a link can hold. */
export const MOST_IN_LINK = 200;

/** Words from which one in five is kept back to score with: fewer than 20 words measure nothing. */
const SCORED = 100;

/** Three steps for ten words, in tens, at least 20 and at most 200: trained longer, the machine repeats a short list. */
export const stepsFor = (count: number): number => Math.min(200, Math.max(20, 10 * Math.round((3 * count) / 100)));

/** Whether one word in five is kept back. */
export const isScored = (count: number): boolean => count >= SCORED;
