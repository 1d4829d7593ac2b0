/** Controls of the probe: how long its run is, what a step costs, and where it fails. */
import {choice, type Params, range} from "../../figure/controls.ts";

export const controls = {
  steps: range(["Steps"], {min: 1, max: 400, value: 40}),
  cost: range(["Cost of a step"], {min: 0, max: 50, value: 0}),
  seed: range(["Seed"], {min: 1, max: 9, value: 7}),
  fail: choice(["Failure"], {none: "None", throw: "Error", close: "Worker ends"}, "none"),
  at: range(["Fails at step"], {min: 1, max: 400, value: 20}),
};
export type ProbeParams = Params<typeof controls>;
