import {fullCount, loraCount} from "../../engine/counts.ts";
import {choice, hidden, type Params, range} from "../controls.ts";
import {sign} from "../signs.ts";
import {type Passes, prepare, type Shape, type Way} from "./passes.ts";
import {type Clock, SAMPLES, type Timing, timed} from "./stopwatch.ts";
import {type Setting, settings, single} from "./table.ts";

const MOST_GUESS = 300;

/** A percent as a reader types it: "25", "7.5", "30%". */
const asPercent = (text: string): number =>
  /^\d{1,3}(\.\d{1,2})?%?$/.test(text) ? Number.parseFloat(text) : Number.NaN;

export const controls = {
  setting: choice(
    ["Batch and tokens in Table 1"],
    Object.fromEntries(settings.map(({name, batch, tokens}) => [name, `${batch} × ${tokens}`])),
    single.name,
  ),
  compared: choice(["Compared"], {l: settings[0]!.adapters.l.method, h: settings[0]!.adapters.h.method}, "h"),
  tokens: choice(["Tokens a pass, here"], {"1": "1", "16": "16", "128": "128"}, "128"),
  width: choice(["Width ", sign.d, ", here"], {"64": "64", "128": "128", "256": "256", "512": "512"}, "256"),
  r: range(["Rank or bottleneck ", sign.r], {min: 1, max: 64, value: 16, more: true}),
  guess: hidden(["your guess"], 8, (text) =>
    asPercent(text) <= MOST_GUESS
      ? undefined
      : `A guess of added time is a percent from 0 to ${MOST_GUESS}, such as 25; “${text}” is none.`,
  ),
};
export type LatencyParams = Params<typeof controls>;

/** What "Play" found: nothing of it is ever in the first frame, nor in a link. */
export interface Measured extends Timing, Pick<Passes, "path" | "difference" | "largest"> {
  done: boolean;
}

export interface LatencyResult {
  settings: readonly Setting[];
  /** The one looked at, and the one of a single sequence. */
  setting: Setting;
  single: Setting;
  shape: Shape;
  /** Multiply–adds of a token. */
  adds: Readonly<Record<Way, number>>;
  /** In percent. */
  guess?: number;
  measured?: Measured;
}

/** Where times come from: tests bring a clock of their own, and runs that move it. */
export interface Device {
  clock: Clock;
  prepare(shape: Shape): Passes;
}

const device: Device = {clock: () => performance.now(), prepare};

/** Merged: d². The pair beside it: r(d + d) more. The bottleneck behind it: r·d down and d·r up, as many. */
const addsOf = ({width, r}: Shape): LatencyResult["adds"] => {
  const merged = fullCount(width, width);
  return {
    merged,
    unmerged: merged + loraCount(width, width, r),
    adapter: merged + fullCount(r, width) + fullCount(width, r),
  };
};

/** First what follows from the parameters alone, and no clock is read for it; then, step by step, what is timed here. */
export function* compute(
  {setting, tokens, width, r, guess}: LatencyParams,
  {clock, prepare}: Device = device,
): Generator<LatencyResult, void> {
  const shape = {tokens: Number(tokens), width: Number(width), r};
  const still: LatencyResult = {
    settings,
    setting: settings.find(({name}) => name === setting)!,
    single,
    shape,
    adds: addsOf(shape),
    ...(guess ? {guess: asPercent(guess)} : {}),
  };
  yield still;
  const {path, difference, largest, run} = prepare(shape);
  for (const timing of timed(run, clock))
    yield {...still, measured: {...timing, path, difference, largest, done: timing.samples === SAMPLES}};
}
