/** What a reader sets: whose times, at which setting of Table 1 or for which layer here, and the time that is shown. */
import {choice, hidden, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";
import {settings, single} from "./table1.ts";

/** The largest guess, in percent. */
const MOST_GUESS = 300;

/** A percentage as a reader types it: "25", "7.5", "30%"; NaN for anything else. */
export const asPercent = (text: string): number =>
  /^\d{1,3}(\.\d{1,2})?%?$/.test(text) ? Number.parseFloat(text) : Number.NaN;

const onPaper = {when: {times: ["paper"]}};
const onDevice = {when: {times: ["here"]}};

export const controls = {
  times: choice(["Times"], {paper: "The paper’s", here: "This device"}, "paper"),
  setting: {
    ...choice(
      ["Batch × tokens"],
      // The table begins with the largest.
      Object.fromEntries(settings.toReversed().map(({name, batch, tokens}) => [name, `${batch} × ${tokens}`])),
      single.name,
    ),
    ...onPaper,
  },
  compared: {
    ...choice(["Compared"], {l: settings[0]!.adapters.l.method, h: settings[0]!.adapters.h.method}, "h", true),
    ...onPaper,
  },
  width: {
    ...choice(["Width ", symbol.d], {"64": "64", "128": "128", "256": "256", "512": "512"}, "256"),
    ...onDevice,
  },
  r: {
    ...range(["Rank or bottleneck ", symbol.r], {min: 1, max: 64, value: 16}),
    ...onDevice,
  },
  tokens: {
    ...choice(["Tokens a pass"], {"1": "1", "16": "16", "128": "128"}, "128", true),
    ...onDevice,
  },
  // At 100 the pass without adapters is through.
  after: {...range(["Time, %"], {min: 0, max: 150, value: 100, clock: true}), ...onPaper},
  guess: hidden(["your guess"], 8, (text) =>
    asPercent(text) <= MOST_GUESS
      ? undefined
      : `“${text}” is no guess: give the added time as a percent from 0 to ${MOST_GUESS}, such as 25.`,
  ),
};
export type LatencyParams = Params<typeof controls>;
