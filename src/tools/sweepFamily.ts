// Writes content/lab/family.json anew, some seconds of training: `npm run sweep:family`.

import {controls, FAMILY_RATES, FAMILY_STEPS, type FamilySettings, type Work} from "../figures/family/controls.ts";
import {runFamily} from "../figures/family/model.ts";
import {labFile, writeJsonFile} from "./jsonFiles.ts";

/** What is to be learned. */
type Goal = FamilySettings["learn"];
const GOALS = Object.keys(controls.learn.options) as Goal[];
/** LoRA and the eight methods that run beside it. */
const RUN_METHODS = [
  "lora",
  "rslora",
  "loraplus",
  "pissa",
  "dora",
  "qlora",
  "loftq",
  "lorafa",
  "vera",
] as const satisfies Work[];
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** Lowest, middle and highest loss of nine seeds after the last step. A run that left its range counts as DIVERGED_LOSS. */
type Losses = readonly [low: number, median: number, high: number];

/** The losses of one method on one task. */
interface MethodLosses {
  /** By rate, in the order of FAMILY_RATES. */
  rates: Losses[];
  /** Each seed at its own best rate. */
  own: Losses;
}

/** The loss of a run that left its range; no run here begins with one as large. */
const DIVERGED_LOSS = 99;

function rangeOf(values: readonly number[]): Losses {
  const sorted = [...values].sort((a, b) => a - b).map((value) => Number(value.toPrecision(4)));
  return [sorted[0]!, sorted[(sorted.length - 1) / 2]!, sorted.at(-1)!];
}

/** The losses of one method on one task, at rank 4 with Adam. */
export function methodLosses(learn: Goal, work: Work): MethodLosses {
  const finalLosses = SEEDS.map((seed) => {
    const {runs} = runFamily({learn, seed, work, r: 4, optimizer: "adam"});
    const run = runs.find(({method}) => method === work)!;
    return run.losses.map((losses) => losses[FAMILY_STEPS] ?? DIVERGED_LOSS);
  });
  return {
    rates: FAMILY_RATES.map((_, at) => rangeOf(finalLosses.map((losses) => losses[at]!))),
    own: rangeOf(finalLosses.map((losses) => Math.min(...losses))),
  };
}

if (import.meta.main) {
  const file = labFile("family.json");
  const tasks = GOALS.map((learn) => [
    learn,
    Object.fromEntries(RUN_METHODS.map((work) => [work, methodLosses(learn, work)])),
  ]);
  writeJsonFile(file, {command: "npm run sweep:family", seeds: SEEDS.length, tasks: Object.fromEntries(tasks)});
}
