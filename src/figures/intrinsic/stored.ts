/** The stored runs of `npm run sweep`, and the intrinsic dimensions that follow from them. */
import {medianRange} from "../shared/medianRange.ts";
import {weightsOf} from "./network.ts";
import {
  CELLS,
  DIRECTIONS,
  INTRINSIC_COMMAND,
  INTRINSIC_SEEDS,
  SHAPES,
  SHARE_OF_FULL,
  type ShapeName,
  type SweptTask,
  type UNITS,
} from "./settings.ts";
import file from "./sweep.json" with {type: "json"};

/** The stored runs with one number of directions, as shares of right cells. */
export interface StoredTrial {
  d: number;
  low: number;
  median: number;
  high: number;
  /** By seed. */
  shares: readonly number[];
  /** How many seeds reach the 90% line. */
  past: number;
}

/** The stored runs of one task and network. */
export interface Sweep {
  /** The number of weights. */
  D: number;
  trials: readonly StoredTrial[];
  /** The median of full training, and 90% of it. */
  full: number;
  line: number;
  /** d₉₀: the fewest directions tried whose median reaches the line. */
  d90: number;
}

/** Throws if sweep.json does not have this task and network. */
export function storedSweep(task: ShapeName, units: (typeof UNITS)[number]): Sweep {
  const entry = (file.swept as readonly SweptTask[]).find((one) => one.task === task && one.units === units);
  if (!entry) throw new Error(`sweep.json holds no ${task} with ${units} hidden units: run ${INTRINSIC_COMMAND}`);
  const D = weightsOf(units);
  const full = medianRange(entry.full).median / CELLS;
  const line = SHARE_OF_FULL * full;
  const trials = DIRECTIONS.map((d, i): StoredTrial => {
    const shares = INTRINSIC_SEEDS.map((_, seed) => entry.along[seed]![i]! / CELLS);
    const past = shares.filter((share) => share >= line).length;
    return {d: d === "all" ? D : d, ...medianRange(shares), shares, past};
  });
  const first = trials.find(({median}) => median >= line);
  if (!first) throw new Error(`sweep.json: no median of ${task} reaches the 90% line: run ${INTRINSIC_COMMAND}`);
  return {D, trials, full, line, d90: first.d};
}

/** d₉₀ of every task on this network. */
export const dimensions = (units: (typeof UNITS)[number]): Readonly<Record<ShapeName, number>> =>
  Object.fromEntries(SHAPES.map((task) => [task, storedSweep(task, units).d90])) as Record<ShapeName, number>;
