/** What a reader sets, and a run of empty snapshots for the clock: the runs that are shown are stored. No DOM. */
import {choice, type Params, range} from "../../figure/controls.ts";

/** How many steps each run has. */
export const FORGETTING_STEPS = 200;

export const controls = {
  adapter: choice(["Adapter"], {on: "On", off: "Off"}, "on"),
  rate: choice(["Step size"], {usual: "Usual", small: "A third"}, "usual"),
  way: choice(["Trained"], {"1": "LoRA, r = 1", "4": "LoRA, r = 4", "16": "LoRA, r = 16", full: "All weights"}, "4"),
  step: range(["Step"], {min: 0, max: FORGETTING_STEPS, value: FORGETTING_STEPS, clock: true}),
};
export type ForgettingParams = Params<typeof controls>;

/** Gives an empty snapshot for the start and for each step. */
export function* compute(): Generator<object, void> {
  for (let step = 0; step <= FORGETTING_STEPS; step++) yield {};
}
