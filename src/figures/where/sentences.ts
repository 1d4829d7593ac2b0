import {fixed} from "../../figure/plot/text/format.ts";
import {printedRows, type WhereResult} from "./model.ts";

/** "qv" → "Wq and Wv". */
export function matricesListed(on: string): string {
  const all = [...on].map((letter) => `W${letter}`);
  const last = all.pop();
  return all.length ? `${all.join(", ")} and ${last}` : String(last);
}

/** The best scores of Table 5. */
export const bestScores = {
  wikisql: Math.max(...printedRows.map(({wikisql}) => wikisql)),
  multinli: Math.max(...printedRows.map(({multinli}) => multinli)),
};

export const scoresText = ({scores}: WhereResult): string =>
  scores
    ? `${fixed(scores.wikisql, 1)}% on WikiSQL and ${fixed(scores.multinli, 1)}% on MultiNLI`
    : "the paper did not try this choice";
