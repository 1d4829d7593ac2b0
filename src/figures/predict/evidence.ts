import {rows as timings} from "../../../content/paper/table-1.json";
import {typicalFluctuation} from "../../../content/paper/table-4.json";
import {
  full,
  type PredictParams,
  type Strategy,
  strategies,
  strategyMethods,
  type Table4Row,
  trialsOf,
} from "./model.ts";

/** What the paper measured. It stays closed until the reader opens it. */
export interface Evidence {
  full: Table4Row;
  /** By sliver; empty if the paper did not try it on GPT-3. */
  trials: Readonly<Record<Strategy, readonly Table4Row[]>>;
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
          strategies.map((strategy) => [strategy, trialsOf(strategyMethods[strategy])]),
        ) as unknown as Evidence["trials"],
        spread: typicalFluctuation.wikisql,
        slower,
      };
