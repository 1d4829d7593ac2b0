import {choice, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";

/** d and k of the layer, and how many directions the inputs of a task span. */
export const COMPOSE_SIDE = 16;
export const READ = 8;
/** Steps of the first adapter's weight from 0 to 1. */
export const WEIGHT_STEPS = 20;

const strays = {"0": "Nothing", "0.1": "A tenth", "0.3": "Three tenths"};

const settings = {
  agree: choice(["Answers"], {other: "Unrelated", same: "The same"}, "other"),
  r: range(["Rank ", symbol.r, " of each"], {min: 1, max: READ, value: READ, more: true}),
  stray: choice(["Size of inputs in the other directions"], strays, "0.1", true),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true, group: "chance"}),
};
/** Everything that the two adapters depend on except the number of shared directions. */
export type ComposeSettings = Params<typeof settings>;

const {agree, ...behind} = settings;

export const controls = {
  way: choice(["Combined as"], {sum: "Sum", weighted: "Weighted", factors: "Factors added"}, "sum"),
  weight: {
    ...range(["Weight of adapter 1"], {min: 0, max: 1, step: 1 / WEIGHT_STEPS, value: 0.5}),
    when: {way: ["weighted"]},
  },
  agree,
  shared: range(["Shared directions"], {min: 0, max: READ, value: 4, clock: true}),
  ...behind,
};
export type ComposeParams = Params<typeof controls>;

export const composeSettings = ({agree, r, stray, seed}: ComposeParams): ComposeSettings => ({agree, r, stray, seed});
