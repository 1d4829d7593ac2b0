import {choice, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";

/** d and k of the layer, which is also the largest rank of ΔW. */
export const FLOOR_SIDE = 16;
export const FLOOR_STEPS = 200;
/** AdamW's initial rate; it falls to 0 along a half cosine wave, so that the runs settle. */
export const FLOOR_RATE = 0.1;

/**
 * Singular values of ΔW*: sixteen almost equal ones; ones that fall as 1/i; four large and twelve small ones. No two are equal,
 * as equal singular values have arbitrary directions.
 */
export const targetSpectra = {
  flat: (i: number) => 1.8 - 0.05 * i,
  power: (i: number) => 3 / (i + 1),
  step: (i: number) => (i < 4 ? 3.4 - 0.3 * i : 0.32 - 0.01 * i),
} satisfies Record<string, (i: number) => number>;

const settings = {
  spectrum: choice(
    ["Singular values of ", symbol.dW, "*"],
    {flat: "Nearly flat", power: "Falling", step: "A step"} satisfies Record<keyof typeof targetSpectra, string>,
    "power",
  ),
  inputs: choice(["Inputs"], {even: "In all directions alike", uneven: "In some far more"}, "even"),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true, group: "chance"}),
};
/** Everything that the runs depend on; they train all ranks at once. */
export type FloorSettings = Params<typeof settings>;

const {seed, ...chosen} = settings;

export const controls = {
  r: range(["Rank ", symbol.r], {min: 1, max: FLOOR_SIDE, value: 4}),
  ...chosen,
  step: range(["Step"], {min: 0, max: FLOOR_STEPS, value: FLOOR_STEPS, clock: true}),
  seed,
};
export type FloorParams = Params<typeof controls>;

export const floorSettings = ({spectrum, inputs, seed}: FloorParams): FloorSettings => ({spectrum, inputs, seed});
