import {FEWEST, stepsFor} from "./counts.ts";

/** The most words that travel in a link. */
export const IN_LINK = 200;

/** What so many words were found to give, and the words for it beside the bar. */
export const STAGES = [
  {from: 20, name: "a hint", says: "Enough to pick up a hint of their endings."},
  {from: 50, name: "endings", says: "Enough to learn their endings."},
  {from: 100, name: "a style", says: "Enough for new words in their style."},
  {from: 200, name: "inventive", says: "Enough to invent words and copy few."},
] as const;

/** What to expect of so many words. */
export function expectation(count: number): string {
  if (count < FEWEST) return `${FEWEST - count} more to begin. Fewer than ${FEWEST} words it can only memorize.`;
  const stage = STAGES.findLast(({from}) => count >= from)!;
  return `${stage.says} ${stepsFor(count)} steps.`;
}
