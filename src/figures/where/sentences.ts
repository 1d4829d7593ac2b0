import {fixed} from "../../figure/plot/text/format.ts";
import {printed, type WhereResult} from "./model.ts";

/** "qv" → "Wq and Wv". */
export function named(on: string): string {
  const all = [...on].map((letter) => `W${letter}`);
  const last = all.pop();
  return all.length ? `${all.join(", ")} and ${last}` : String(last);
}

/** The best scores of Table 5. */
export const best = {
  wikisql: Math.max(...printed.map(({wikisql}) => wikisql)),
  multinli: Math.max(...printed.map(({multinli}) => multinli)),
};

export const scored = ({scores}: WhereResult): string =>
  scores
    ? `${fixed(scores.wikisql, 1)}% on WikiSQL and ${fixed(scores.multinli, 1)}% on MultiNLI`
    : "the paper did not try this choice";
