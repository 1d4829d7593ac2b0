// Writes content/lab/family.json anew, some seconds of training: `npm run sweep:family`.
import {runRace} from "../figures/family/model.ts";
import {controls, RACE_RATES, RACE_STEPS, type RaceSettings, type Work} from "../figures/family/race.ts";
import {labFile, writeJsonFile} from "./jsonFiles.ts";

/** What is to be learned. */
type Learn = RaceSettings["learn"];
const LEARN_CHOICES = Object.keys(controls.learn.options) as Learn[];
/** LoRA and the eight that run beside it. */
const RACED_METHODS = [
  ...["lora", "rslora", "loraplus", "pissa", "dora", "qlora", "loftq", "lorafa", "vera"],
] as Work[];
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** Lowest, middle and highest loss of nine seeds after the last step. A run that left its range counts as its limit. */
type Losses = readonly [low: number, median: number, high: number];

interface MethodLosses {
  /** By rate, in the order of RACE_RATES. */
  rates: Losses[];
  /** Each seed at its own best rate. */
  own: Losses;
}

/** The loss of a run that left its range; no run here begins with one as large. */
const LOST = 99;

function summed(values: readonly number[]): Losses {
  const sorted = [...values].sort((a, b) => a - b).map((value) => Number(value.toPrecision(4)));
  return [sorted[0]!, sorted[(sorted.length - 1) / 2]!, sorted.at(-1)!];
}

/** One method on one task, with the rank and the rest that figure 10.1 starts with. */
export function methodLosses(learn: Learn, work: Work): MethodLosses {
  const ends = SEEDS.map((seed) => {
    const {runs} = runRace({learn, seed, work, r: 4, optimizer: "adam", ratio: "16", repairs: 1});
    const run = runs.find(({who}) => who === work)!;
    return run.losses.map((losses) => losses[RACE_STEPS] ?? LOST);
  });
  return {
    rates: RACE_RATES.map((_, at) => summed(ends.map((losses) => losses[at]!))),
    own: summed(ends.map((losses) => Math.min(...losses))),
  };
}

if (import.meta.main) {
  const file = labFile("family.json");
  const tasks = LEARN_CHOICES.map((learn) => [
    learn,
    Object.fromEntries(RACED_METHODS.map((work) => [work, methodLosses(learn, work)])),
  ]);
  writeJsonFile(file, {command: "npm run sweep:family", seeds: SEEDS.length, tasks: Object.fromEntries(tasks)});
}
