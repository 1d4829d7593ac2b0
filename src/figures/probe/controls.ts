/** Controls of the probe, a figure for tests: how long its run is, what a step costs, and how and where it fails. */
import {choice, type Params, range} from "../../figure/controls.ts";

export const controls = {
  steps: range(["Steps"], {min: 1, max: 400, value: 40}),
  /** Time that a step spends, in units of 400,000 idle iterations. */
  cost: range(["Cost of a step"], {min: 0, max: 50, value: 0}),
  seed: range(["Seed"], {min: 1, max: 9, value: 7}),
  /** By a thrown error, or by an uncaught one, upon which the page gives up the worker. */
  fail: choice(["Failure"], {none: "None", throw: "Error", close: "Worker ends"}, "none"),
  /** The step at which it fails, if it does. */
  at: range(["Fails at step"], {min: 1, max: 400, value: 20}),
};
export type ProbeParams = Params<typeof controls>;
