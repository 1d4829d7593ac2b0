import {FEWEST, stepsFor} from "./counts.ts";

/** What runs were found to learn, from so many words on: `name` stands in the bar of stages below the word field, `says` in
 * the sentence below that bar. */
export const OUTCOMES = [
  {from: 20, name: "a hint", says: "Enough to pick up a hint of their endings."},
  {from: 50, name: "endings", says: "Enough to learn their endings."},
  {from: 100, name: "a style", says: "Enough for new words in their style."},
  {from: 200, name: "inventive", says: "Enough to invent words and copy few."},
] as const;

/** What a run is likely to learn from `count` words, and in how many steps. */
export function expectation(count: number): string {
  if (count < FEWEST) return `${FEWEST - count} more to begin. Fewer than ${FEWEST} words can only be memorized.`;
  const outcome = OUTCOMES.findLast(({from}) => count >= from)!;
  return `${outcome.says} ${stepsFor(count)} steps.`;
}
