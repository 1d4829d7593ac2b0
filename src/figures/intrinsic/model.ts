/** A network that paints a picture while only a few random directions are trained: stored runs, and the same run made here. */
import {choice, type Params, range} from "../../figure/controls.ts";
import {medianRange} from "../shared/medianRange.ts";
import {paint, pictureOf, WEIGHT_COUNT} from "./network.ts";
import {unpackPaintings} from "./paintings.ts";
import {
  CELLS,
  DIRECTIONS,
  INTRINSIC_SEEDS,
  INTRINSIC_STEPS,
  SHAPES,
  SHARE_OF_FULL,
  type ShapeName,
  type SweptTask,
} from "./settings.ts";
import file from "./sweep.json" with {type: "json"};

export const controls = {
  d: choice(["Random directions d"], Object.fromEntries(DIRECTIONS.map((d) => [d, String(d)])), "128"),
  task: choice(
    ["To paint"],
    {line: "An edge", circle: "A circle", ring: "A ring"} satisfies Record<ShapeName, string>,
    "ring",
  ),
  seed: range(["Seed"], {min: 1, max: INTRINSIC_SEEDS.length, value: 9, more: true, group: "chance"}),
};
export type IntrinsicParams = Params<typeof controls>;

/** The stored runs with one number of directions, as shares of right cells. */
export interface StoredTrial {
  d: number;
  low: number;
  median: number;
  high: number;
  /** By seed. */
  shares: readonly number[];
  /** How many seeds reach the 90% line. */
  reachedCount: number;
}

/** The stored runs of one task. */
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

/** The stored runs of a task. */
function storedSweep(task: ShapeName): Sweep {
  const {along, full: fullCells} = (file.swept as readonly SweptTask[]).find((one) => one.task === task)!;
  const full = medianRange(fullCells).median / CELLS;
  const line = SHARE_OF_FULL * full;
  const trials = DIRECTIONS.map((d, i): StoredTrial => {
    const shares = along.map((counts) => counts[i]! / CELLS);
    const reachedCount = shares.filter((share) => share >= line).length;
    return {d: d === "all" ? WEIGHT_COUNT : d, ...medianRange(shares), shares, reachedCount};
  });
  return {D: WEIGHT_COUNT, trials, full, line, d90: trials.find(({median}) => median >= line)!.d};
}

/** Paintings as base64, by task, once `ready` has loaded them. */
let storedPaintings: Readonly<Record<ShapeName, string>> | undefined;

/** Loads what the stored runs painted. */
export async function ready(): Promise<void> {
  storedPaintings ??= (await import("./paintings.weights.json")).default.paintings;
}

export interface IntrinsicResult {
  /** This is the end of the stored run: nothing has been trained here yet. */
  isStored: boolean;
  step: number;
  steps: number;
  /** The color the network gives each cell, the right color, and the share of cells where they agree. */
  classes: ArrayLike<number>;
  target: Int32Array;
  rightShare: number;
  /** The stored runs of this task, the index of the chosen d among its trials, and that trial. */
  sweep: Sweep;
  dIndex: number;
  trial: StoredTrial;
  /** The share of right cells at the end of the stored run of this seed. */
  storedEnd: number;
  /** What the stored runs of this seed painted, in the order of the trials. */
  paintings: readonly Uint8Array[];
  /** d₉₀ of every task. */
  d90: Readonly<Record<ShapeName, number>>;
}

/** First the end of the stored run; then what the network paints at each step of training along the chosen directions. After `ready`. */
export function* compute({d, task, seed}: IntrinsicParams): Generator<IntrinsicResult, void> {
  const sweep = storedSweep(task);
  const dIndex = DIRECTIONS.findIndex((one) => String(one) === d);
  const trial = sweep.trials[dIndex]!;
  const paintings = unpackPaintings(storedPaintings![task], seed);
  const unchanging = {
    steps: INTRINSIC_STEPS,
    target: pictureOf(task),
    sweep,
    dIndex,
    trial,
    storedEnd: trial.shares[seed - 1]!,
    paintings,
    d90: Object.fromEntries(SHAPES.map((one) => [one, storedSweep(one).d90])) as Record<ShapeName, number>,
  };
  yield {
    ...unchanging,
    isStored: true,
    step: INTRINSIC_STEPS,
    classes: paintings[dIndex]!,
    rightShare: unchanging.storedEnd,
  };
  for (const {step, classes, right} of paint({task, seed, d: trial.d}))
    yield {...unchanging, isStored: false, step, classes, rightShare: right / CELLS};
}
