import {fullCount, loraCount} from "../../engine/lora/counts.ts";
import {asPercent, type LatencyParams} from "./controls.ts";
import {type Passes, prepare} from "./passes.ts";
import {type Clock, timed} from "./stopwatch.ts";
import {type Setting, settings, single} from "./table1.ts";
import type {Measured, Shape, Way} from "./ways.ts";

export interface LatencyResult {
  settings: readonly Setting[];
  /** The chosen setting of Table 1, and the one with a single sequence. */
  setting: Setting;
  single: Setting;
  shape: Shape;
  /** Multiply–adds per token. */
  adds: Readonly<Record<Way, number>>;
  /** In percent. */
  guess?: number;
  measured?: Measured;
}

/** Merged: d². The pair beside it: r(d + d) more. The bottleneck behind it: r·d down and d·r up, as many. */
const addsOf = ({width, r}: Shape): LatencyResult["adds"] => {
  const merged = fullCount(width, width);
  return {
    merged,
    unmerged: merged + loraCount(width, width, r),
    adapter: merged + fullCount(r, width) + fullCount(width, r),
  };
};

/** What follows from the parameters without timing anything: the first snapshot. */
export function untimed({setting, tokens, width, r, guess}: LatencyParams): LatencyResult {
  const shape = {tokens: Number(tokens), width: Number(width), r};
  return {
    settings,
    setting: settings.find(({name}) => name === setting)!,
    single,
    shape,
    adds: addsOf(shape),
    ...(guess ? {guess: asPercent(guess)} : {}),
  };
}

/** Where times come from. Tests use a clock of their own. */
export interface Device {
  clock: Clock;
  prepare(shape: Shape): Passes;
}

const device: Device = {clock: () => performance.now(), prepare};

/** First what needs no timing; then a snapshot per timed sample. */
export function* compute(params: LatencyParams, {clock, prepare}: Device = device): Generator<LatencyResult, void> {
  const first = untimed(params);
  yield first;
  const {run, ...facts} = prepare(first.shape);
  for (const timing of timed(run, clock)) yield {...first, measured: {...facts, ...timing}};
}
