import type {Tape} from "../../shell/widget.ts";
import {RATES, type Rule, type ScalingParams, type Settings, settingsOf, TRAINED} from "./controls.ts";
import {type First, slope} from "./firstStep.ts";
import type {Frame} from "./model.ts";

/** A trained rank at the step: its loss at every rate, at the chosen one, and which rate is best. */
export interface Tuned {
  r: number;
  losses: readonly number[];
  here: number;
  best: number;
  bestRate: string;
}

export interface ScalingResult {
  /** The chosen measure of the first step at each of RANKS, by rule, and the power of r it goes with. */
  first: Readonly<Record<Rule, readonly number[]>>;
  slopes: Readonly<Record<Rule, number>>;
  tuned: readonly Tuned[];
  /** The step of these losses: while the run grows, the one that is asked for may still be on its way. */
  step: number;
}

export const runs = (params: ScalingParams): readonly Settings[] => [settingsOf(params)];

export function see([tape]: readonly Tape<Frame>[], {rate, measure, step: asked}: ScalingParams): ScalingResult {
  const step = Math.min(asked, tape.length - 1);
  const all = tape[0].first!;
  const of = <T>(f: (first: First) => T): Record<Rule, T> => ({
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
