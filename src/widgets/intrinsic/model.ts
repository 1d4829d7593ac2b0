import type {IntrinsicParams, IntrinsicResult} from "./controls.ts";
import {paint, weightsOf} from "./network.ts";
import {CELLS, DIRECTIONS, STEPS, UNITS} from "./settings.ts";
import {dimensions, stored} from "./stored.ts";
import {pictureOf} from "./tasks.ts";

const unitsOf = (text: IntrinsicParams["units"]): (typeof UNITS)[number] => (text === "24" ? UNITS[0] : UNITS[1]);

/** Trains the network along the chosen directions and says at each step what it paints, beside what is stored. */
export function* compute({d, task, seed, units: text}: IntrinsicParams): Generator<IntrinsicResult, void> {
  const units = unitsOf(text);
  const sweep = stored(task, units);
  const at = DIRECTIONS.findIndex((one) => String(one) === d);
  const trial = sweep.trials[at]!;
  const still = {due: pictureOf(task), steps: STEPS, sweep, at, trial, ends: trial.shares[seed - 1]!};
  const networks = UNITS.map((units) => ({units, D: weightsOf(units), d90: dimensions(units)}));
  const d90 = dimensions(units);
  for (const {step, classes, right} of paint({task, units, seed, d: trial.d}))
    yield {...still, d90, networks, step, classes, right: right / CELLS};
}
