import {dot, type Mark, ruleX, type Tone} from "../../figure/plot/marks.ts";

/** One row of runs, a result for each seed. */
export interface SeedRow {
  results: readonly number[];
  mean?: number;
  /** While runs made here take the place of the stored ones: the stored ones. */
  before?: readonly number[];
  /** What a LoRA run did, if not said otherwise. */
  tone?: Tone;
}

interface LaneOptions {
  seeds: number;
  /** Where a result is on the axis. */
  at(result: number): number;
  /** Whether a run reached its goal; one that did not is hollow. */
  isThere?(result: number): boolean;
  /** A seed to be followed through all rows, from 1. */
  followed?: number;
}

/** The share of a row that its lanes take. */
const ROOM = 0.4;

/** Runs as dots, each seed in a lane of its own within its row; a stored run that is not made again yet is pale. A tick is the mean. */
export function seedLanes(rows: readonly SeedRow[], {seeds, at, isThere, followed}: LaneOptions): Mark[] {
  const runs = rows.flatMap(({results, before = [], tone = "dw"}, row) =>
    [...results, ...before.slice(results.length)].map((result, lane) => ({
      ...{result, lane, tone, isPale: lane >= results.length},
      y: row + ROOM * ((lane + 0.5) / seeds - 0.5),
    })),
  );
  const means = rows.flatMap(({mean, results}, row) => (mean === undefined || !results.length ? [] : [{mean, row}]));
  return [
    ruleX(means, {
      x: ({mean}) => at(mean),
      y1: ({row}) => row - ROOM / 2,
      y2: ({row}) => row + ROOM / 2,
      tone: "ink",
    }),
    dot(runs, {
      x: ({result}) => at(result),
      y: ({y}) => y,
      r: 3,
      tone: ({tone}) => tone,
      strength: ({isPale}) => (isPale ? 0 : 2),
      hollow: ({result}) => !!isThere && !isThere(result),
      kind: ({isPale, lane}) => `run${isPale ? " pale" : ""}${lane + 1 === followed ? " chosen" : ""}`,
    }),
  ];
}
