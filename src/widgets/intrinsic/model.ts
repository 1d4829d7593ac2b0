import type {IntrinsicParams} from "./controls.ts";
import {paint, weightsOf} from "./network.ts";
import {CELLS, DIRECTIONS, STEPS, UNITS} from "./settings.ts";
import {dimensions, type Sweep, stored, type Trial} from "./stored.ts";
import {pictureOf, type Task} from "./tasks.ts";

export interface IntrinsicResult {
  step: number;
  steps: number;
  /** The color the network gives each cell, the right color, and the share of cells where they agree. */
  classes: Int32Array;
  due: Int32Array;
  right: number;
  /** The stored runs of this task and network; `trial` is the one with the chosen d, at index `at`. */
  sweep: Sweep;
  at: number;
  trial: Trial;
  /** The share right at the end of the stored run of this seed. */
  ends: number;
  /** d₉₀ of every task on this network. */
  d90: Readonly<Record<Task, number>>;
  /** Every network with stored runs: its hidden units, the number D of its weights, its d₉₀. */
  networks: readonly {units: number; D: number; d90: Readonly<Record<Task, number>>}[];
}

/** Trains the network along the chosen directions and shows at each step what it paints, next to the stored runs. */
export function* compute({d, task, seed, units: text}: IntrinsicParams): Generator<IntrinsicResult, void> {
  const units = text === "24" ? UNITS[0] : UNITS[1];
  const sweep = stored(task, units);
  const at = DIRECTIONS.findIndex((one) => String(one) === d);
  const trial = sweep.trials[at]!;
  const networks = UNITS.map((units) => ({units, D: weightsOf(units), d90: dimensions(units)}));
  const [due, d90, ends] = [pictureOf(task), dimensions(units), trial.shares[seed - 1]!];
  for (const {step, classes, right} of paint({task, units, seed, d: trial.d}))
    yield {step, steps: STEPS, classes, due, right: right / CELLS, sweep, at, trial, ends, d90, networks};
}
