import {choice, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";

/** d and k of the layer. */
export const ROWS = 6;
export const COLUMNS = 8;
export const INIT_STEPS = 60;

export const controls = {
  step: range(["Step"], {min: 0, max: INIT_STEPS, value: 0, clock: true}),
  r: range(["Rank ", symbol.r], {min: 1, max: ROWS, value: 2}),
  rate: choice(["Learning rate η"], {"0.01": "0.01", "0.03": "0.03", "0.1": "0.1", "0.3": "0.3", "1.0": "1"}, "0.1"),
  optimizer: choice(["Optimizer"], {sgd: "SGD", adam: "Adam"}, "sgd", true, "training"),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true, group: "chance"}),
};
export type InitParams = Params<typeof controls>;

/** Which of A and B start at random; the others start at zero. Runs are trained, drawn and listed in this order. */
export const starts = [
  {name: "b-zero", A: true, B: false},
  {name: "a-zero", A: false, B: true},
  {name: "both-zero", A: false, B: false},
  {name: "both-random", A: true, B: true},
] as const;
export type Start = (typeof starts)[number]["name"];
