import type {Tape} from "../../figure/widget.ts";
import {RATES, type Rule, type ScalingParams, type Settings, settingsOf, TRAINED} from "./controls.ts";
import {type FirstStep, slope} from "./firstStep.ts";
import type {Snapshot} from "./model.ts";

/** One trained rank: its loss at every rate and at the chosen one (`here`), and its best rate. */
export interface Tuned {
  r: number;
  losses: readonly number[];
  here: number;
  best: number;
  bestRate: string;
}

export interface ScalingResult {
  /** By rule: the chosen measure of the first step at each of RANKS, and the power of r that it follows. */
  first: Readonly<Record<Rule, readonly number[]>>;
  slopes: Readonly<Record<Rule, number>>;
  tuned: readonly Tuned[];
  /** The step shown; earlier than the clock while the run is still being computed. */
  step: number;
}

export const runs = (params: ScalingParams): readonly Settings[] => [settingsOf(params)];

export function see([tape]: readonly Tape<Snapshot>[], {rate, measure, step: clock}: ScalingParams): ScalingResult {
  const step = Math.min(clock, tape.length - 1);
  const all = tape[0].first!;
  const of = <T>(f: (first: FirstStep) => T): Record<Rule, T> => ({
    over: f(all.over),
    root: f(all.root),
    alone: f(all.alone),
  });
  return {
    step,
    first: of((first) => first[measure]),
    slopes: of((first) => slope(first[measure])),
    tuned: tape[step].losses.map((row, i) => {
      const best = Math.min(...row);
      return {
        r: TRAINED[i],
        losses: row,
        here: row[RATES.indexOf(rate as (typeof RATES)[number])],
        best,
        bestRate: RATES[row.indexOf(best)],
      };
    }),
  };
}
