/** What does it forget? The roads are stored; what is computed is only a clock that runs along them. No DOM. */
import {choice, type Params, range} from "../../figure/controls.ts";

/** The steps of each run. */
export const LAST_STEP = 200;

export const controls = {
  adapter: choice(["Adapter"], {on: "On", off: "Off"}, "on"),
  rate: choice(["Step size"], {usual: "Usual", small: "A third"}, "usual"),
  way: choice(["Trained"], {"1": "LoRA, r = 1", "4": "LoRA, r = 4", "16": "LoRA, r = 16", full: "All weights"}, "4"),
  step: range(["Step"], {min: 0, max: LAST_STEP, value: LAST_STEP, clock: true}),
};
export type ForgettingParams = Params<typeof controls>;

/** A frame for each step. */
export function* compute(): Generator<object, void> {
  for (let step = 0; step <= LAST_STEP; step++) yield {};
}
