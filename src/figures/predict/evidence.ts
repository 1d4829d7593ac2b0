import {rows as timings} from "../../../content/paper/table-1.json";
import {typicalFluctuation} from "../../../content/paper/table-4.json";
import {full, methods, type PredictParams, type Strategy, strategies, type Trial, trialsOf} from "./model.ts";

/** What the paper measured. It stays closed until the reader opens it. */
export interface Evidence {
  full: Trial;
  /** By sliver; empty if the paper did not try it on GPT-3. */
  trials: Readonly<Record<Strategy, readonly Trial[]>>;
  /** The typical ± of an accuracy, in points. */
  spread: number;
  slower: readonly {method: string; percent: number}[];
}

/** The adapters of Table 1 at batch 1: how much longer a pass takes. */
const slower = timings.flatMap(({batch, method, overheadPct}) =>
  batch === 1 && overheadPct !== null ? [{method, percent: overheadPct}] : [],
);

/** Undefined until the reader has committed or skipped. */
export const evidenceOf = ({committed}: PredictParams): Evidence | undefined =>
  committed === ""
    ? undefined
    : {
        full,
        trials: Object.fromEntries(
          strategies.map((strategy) => [strategy, trialsOf(methods[strategy])]),
        ) as unknown as Evidence["trials"],
        spread: typicalFluctuation.wikisql,
        slower,
      };
