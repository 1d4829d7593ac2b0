/** What a reader sets: whose times, at which setting of Table 1 or for which layer here, and the time that is shown. */
import {choice, hiddenText, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";
import {singleSetting, table1Settings} from "./table1.ts";

/** The largest guess, in percent. */
const MAX_GUESS = 300;

/** A percentage as a reader types it: "25", "7.5", "30%"; NaN for anything else. */
export const parsePercent = (text: string): number =>
  /^\d{1,3}(\.\d{1,2})?%?$/.test(text) ? Number.parseFloat(text) : Number.NaN;

/** Conditions of controls: shown with the paper's times only, or with those of this device only. */
const ifPaper = {when: {times: ["paper"]}};
const ifDevice = {when: {times: ["here"]}};

export const controls = {
  times: choice(["Times"], {paper: "The paper’s", here: "This device"}, "paper"),
  setting: {
    ...choice(
      ["Batch × tokens"],
      // From the smallest setting to the largest; the table begins with the largest.
      Object.fromEntries(table1Settings.toReversed().map(({name, batch, tokens}) => [name, `${batch} × ${tokens}`])),
      singleSetting.name,
    ),
    ...ifPaper,
  },
  // Which adapter design is compared with merged LoRA.
  compared: {
    ...choice(
      ["Compared"],
      {l: table1Settings[0]!.adapters.l.method, h: table1Settings[0]!.adapters.h.method},
      "h",
      true,
    ),
    ...ifPaper,
  },
  width: {
    ...choice(["Width ", symbol.d], {"64": "64", "128": "128", "256": "256", "512": "512"}, "256"),
    ...ifDevice,
  },
  r: {
    ...range(["Rank or bottleneck ", symbol.r], {min: 1, max: 64, value: 16}),
    ...ifDevice,
  },
  tokens: {
    ...choice(["Tokens a pass"], {"1": "1", "16": "16", "128": "128"}, "128", true),
    ...ifDevice,
  },
  // In percent of the time of the pass without adapters.
  after: {...range(["Time, %"], {min: 0, max: 150, value: 100, clock: true}), ...ifPaper},
  guess: hiddenText(["your guess"], 8, (text) =>
    parsePercent(text) <= MAX_GUESS
      ? undefined
      : `“${text}” is no guess: give the added time as a percent from 0 to ${MAX_GUESS}, such as 25.`,
  ),
};
export type LatencyParams = Params<typeof controls>;
