/** A network that paints a picture while only a few random directions are trained. No DOM. */
import {choice, type Params, range} from "../../figure/controls.ts";
import {paint, weightsOf} from "./network.ts";
import {unpackPaintings} from "./paintings.ts";
import {CELLS, DIRECTIONS, INTRINSIC_SEEDS, INTRINSIC_STEPS, type ShapeName, UNITS} from "./settings.ts";
import {dimensions, type StoredTrial, type Sweep, storedSweep} from "./stored.ts";
import {pictureOf} from "./tasks.ts";

export const controls = {
  d: choice(["Random directions d"], Object.fromEntries(DIRECTIONS.map((d) => [d, String(d)])), "128"),
  task: choice(
    ["To paint"],
    {line: "An edge", circle: "A circle", ring: "A ring"} satisfies Record<ShapeName, string>,
    "ring",
  ),
  seed: range(["Seed"], {min: 1, max: INTRINSIC_SEEDS.length, value: 7, more: true, group: "chance"}),
  units: choice(["Units in each hidden layer"], {"24": "24", "40": "40"}, "24", true),
};
export type IntrinsicParams = Params<typeof controls>;

/** Paintings as base64, by task and units. */
let storedPaintings: Readonly<Record<string, string>> | undefined;

/** Loads what the stored runs painted. */
export async function ready(): Promise<void> {
  storedPaintings ??= (await import("./paintings.weights.json")).default.paintings;
}

/** What the stored runs of a seed painted at their end, one for each of DIRECTIONS. Throws before `ready`. */
function paintingsOf(task: ShapeName, units: number, seed: number): Uint8Array[] {
  const store = storedPaintings?.[`${task} ${units}`];
  if (!store)
    throw new Error(`intrinsic: no paintings of ${task} with ${units} units; wait for ready() before a run begins`);
  return unpackPaintings(store, seed);
}

export interface IntrinsicResult {
  /** This is the end of the stored run: nothing has been trained here yet. */
  isStored: boolean;
  step: number;
  steps: number;
  /** The color the network gives each cell, the right color, and the share of cells where they agree. */
  classes: ArrayLike<number>;
  target: Int32Array;
  right: number;
  /** The stored runs of this task and network, and among them the chosen d, at index `at` of the trials. */
  sweep: Sweep;
  at: number;
  trial: StoredTrial;
  /** The share of right cells at the end of the stored run of this seed. */
  ends: number;
  /** What the stored runs of this seed painted, in the order of the trials. */
  paintings: readonly Uint8Array[];
  /** d₉₀ of every task on this network. */
  d90: Readonly<Record<ShapeName, number>>;
  /** Every network with stored runs: its hidden units, the number D of its weights, its d₉₀. */
  networks: readonly {units: number; D: number; d90: Readonly<Record<ShapeName, number>>}[];
}

/** First the end of the stored run; then what the network paints at each step of training along the chosen directions. */
export function* compute({d, task, seed, units: text}: IntrinsicParams): Generator<IntrinsicResult, void> {
  const units = text === "24" ? UNITS[0] : UNITS[1];
  const sweep = storedSweep(task, units);
  const at = DIRECTIONS.findIndex((one) => String(one) === d);
  const trial = sweep.trials[at]!;
  const networks = UNITS.map((units) => ({units, D: weightsOf(units), d90: dimensions(units)}));
  const [target, d90, ends] = [pictureOf(task), dimensions(units), trial.shares[seed - 1]!];
  const paintings = paintingsOf(task, units, seed);
  const all = {steps: INTRINSIC_STEPS, target, sweep, at, trial, ends, paintings, d90, networks};
  yield {...all, isStored: true, step: INTRINSIC_STEPS, classes: paintings[at]!, right: ends};
  for (const {step, classes, right} of paint({task, units, seed, d: trial.d}))
    yield {...all, isStored: false, step, classes, right: right / CELLS};
}
