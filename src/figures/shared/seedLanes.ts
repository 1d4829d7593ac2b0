/** Dots for runs of several seeds. */
import {dot, type Mark, ruleX, type Tone} from "../../figure/plot/marks.ts";

/** One row of runs, a result for each seed. */
interface SeedRow {
  results: readonly number[];
  /** Marked by a tick. */
  mean?: number;
  /** The stored results, while runs that are made here take their places. */
  before?: readonly number[];
  /** The color of the runs; that of a LoRA run by default. */
  tone?: Tone;
}

interface LaneOptions {
  /** How many lanes a row has. */
  seeds: number;
  /** Where a result is on the axis. */
  at(result: number): number;
  /** Whether a run with this result has reached its goal; others are hollow. */
  hasReached(result: number): boolean;
  /** The share of a row that its lanes take, if not that of others. */
  room?: number;
  /** The seed, from 1, whose runs are marked in all rows. */
  followed?: number;
}

/** The share of a row's height that its lanes take. */
const ROOM = 0.4;

/** Marks of runs as dots, with a lane for each seed within a row. A stored run that has not been made again is pale. */
export function seedLanes(
  rows: readonly SeedRow[],
  {seeds, at, hasReached, room = ROOM, followed}: LaneOptions,
): Mark[] {
  const runs = rows.flatMap(({results, before = [], tone = "dw"}, row) =>
    [...results, ...before.slice(results.length)].map((result, lane) => ({
      result,
      lane,
      tone,
      isPale: lane >= results.length,
      y: row + room * ((lane + 0.5) / seeds - 0.5),
    })),
  );
  const means = rows.flatMap(({mean, results}, row) => (mean === undefined || !results.length ? [] : [{mean, row}]));
  return [
    ruleX(means, {
      x: ({mean}) => at(mean),
      y1: ({row}) => row - room / 2,
      y2: ({row}) => row + room / 2,
      tone: "ink",
    }),
    dot(runs, {
      x: ({result}) => at(result),
      y: ({y}) => y,
      r: 3,
      tone: ({tone}) => tone,
      strength: ({isPale}) => (isPale ? 0 : 2),
      hollow: ({result}) => !hasReached(result),
      kind: ({isPale, lane}) => `run${isPale ? " pale" : ""}${lane + 1 === followed ? " chosen" : ""}`,
    }),
  ];
}
