/** Sentences on the words that a merge writes. */
import {listed} from "../../engine/wording.ts";

/** "ann, bea and –", where a word that ended at once is a dash. */
export const inWords = (words: readonly string[]): string => listed(words.map((word) => word || "–"));

/** A sentence on the rows in which the merge writes the same word as each adapter alone. */
export function likeness(
  [w1, w2]: readonly [number, number],
  one: readonly string[],
  two: readonly string[],
  merge: readonly string[],
): string {
  const rows = "The words of a row share their random draws.";
  if (w1 === 0 && w2 === 0) return `${rows} With both weights at 0, the last column is the base alone.`;
  const [first, second] = [one, two].map((words) => merge.filter((word, i) => word === words[i]).length) as [
    number,
    number,
  ];
  const all = merge.length;
  if (first === all || second === all)
    return `${rows} The merge matches adapter ${first === all ? 1 : 2} in every row.`;
  if (first + second === 0) return `${rows} The merge matches neither adapter in any row.`;
  const share = (count: number, which: number) =>
    `adapter ${which} in ${count === 0 ? "no row" : `${count} of ${all} rows`}`;
  return `${rows} The merge matches ${share(first, 1)} and ${share(second, 2)}.`;
}
