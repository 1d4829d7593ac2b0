import type {Tape} from "../../figure/widget.ts";
import {
  SCALING_RATES,
  type ScalingParams,
  type ScalingRule,
  type ScalingSettings,
  scalingSettings,
  TRAINED,
} from "./controls.ts";
import {type FirstStep, slope} from "./firstStep.ts";
import type {ScalingSnapshot} from "./model.ts";

/** One trained rank: its loss at every rate and at the chosen one (`here`), and its best rate. */
export interface TunedRank {
  r: number;
  losses: readonly number[];
  here: number;
  best: number;
  bestRate: string;
}

export interface ScalingResult {
  /** By rule: the chosen measure of the first step at each of SCALING_RANKS, and the power of r that it follows. */
  first: Readonly<Record<ScalingRule, readonly number[]>>;
  slopes: Readonly<Record<ScalingRule, number>>;
  tuned: readonly TunedRank[];
  /** The step shown; earlier than the clock while the run is still being computed. */
  step: number;
}

export const runs = (params: ScalingParams): readonly ScalingSettings[] => [scalingSettings(params)];

export function see(
  [tape]: readonly Tape<ScalingSnapshot>[],
  {rate, measure, step: clock}: ScalingParams,
): ScalingResult {
  const step = Math.min(clock, tape.length - 1);
  const all = tape[0].first!;
  const of = <T>(f: (first: FirstStep) => T): Record<ScalingRule, T> => ({
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
        here: row[SCALING_RATES.indexOf(rate as (typeof SCALING_RATES)[number])],
        best,
        bestRate: SCALING_RATES[row.indexOf(best)],
      };
    }),
  };
}
