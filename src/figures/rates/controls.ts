/** What readers set in the figure of learning rates and capacity, and the rates, ranks and α that were run. */
import {choice, hiddenText, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";

/** Thirteen learning rates, four a decade, as text because an address has them so. */
export const SWEPT_RATES: readonly string[] = [
  ...["0.000316", "0.000562", "0.001", "0.00178", "0.00316", "0.00562"],
  ...["0.01", "0.0178", "0.0316", "0.0562", "0.1", "0.178", "0.316"],
];

/** The ranks that LoRA was trained with. */
export const SWEPT_RANKS = [1, 4, 16] as const;

/** α as a function of the rank. All three have α = 8 at r = 4. */
export const alphas = {
  double: (r: number) => 2 * r,
  fixed: () => 8,
  root: (r: number) => 4 * Math.sqrt(r),
} satisfies Record<string, (r: number) => number>;
export type Coupling = keyof typeof alphas;
export const couplingNames: Readonly<Record<Coupling, string>> = {double: "α = 2r", fixed: "α = 8", root: "α = 4√r"};

/** Input and output dimensions of the linear map that stores pairs, the most pairs, and the step of their slider. */
export const [DIMENSIONS, MOST_PAIRS, PAIR_STEP] = [32, 64, 2];

const onRates = {when: {show: ["rates"]}};
const onCapacity = {when: {show: ["capacity"]}};

export const controls = {
  show: choice(["Show"], {rates: "Learning rates", capacity: "What a rank can store"}, "rates"),
  rank: {...choice(["Rank ", symbol.r], {"1": "1", "4": "4", "16": "16"}, "4"), ...onRates},
  coupling: {...choice([symbol.alpha, " by rank"], couplingNames, "double"), ...onRates},
  /** The rate at the line that the reader drags. */
  eta: {
    ...hiddenText(["learning rate η"], 8, (text) =>
      SWEPT_RATES.includes(text) ? undefined : `η = “${text}” was not run. Use one of ${SWEPT_RATES.join(", ")}.`,
    ),
    value: "0.00562",
  },
  pairs: {...range(["Pairs"], {min: PAIR_STEP, max: MOST_PAIRS, step: PAIR_STEP, value: 32}), ...onCapacity},
  r: {...range(["Rank ", symbol.r], {min: 1, max: DIMENSIONS, value: 8}), ...onCapacity},
};
export type RatesParams = Params<typeof controls>;
