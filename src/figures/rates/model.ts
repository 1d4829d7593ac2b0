import {rankFloors} from "../../engine/analysis/floor.ts";
import {type Matrix, zeros} from "../../engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../engine/linalg/random.ts";
import {choice, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";
import {type Bowl, bowl, type Runs} from "./stored.ts";

/** Thirteen rates, four a decade, as text: they are the names of their places in an address. */
export const SWEPT_RATES = [
  ...["0.000316", "0.000562", "0.001", "0.00178", "0.00316", "0.00562"],
  ...["0.01", "0.0178", "0.0316", "0.0562", "0.1", "0.178", "0.316"],
] as const;
type Rate = (typeof SWEPT_RATES)[number];

export const SWEPT_RANKS = [1, 4, 16] as const;

/** How α follows the rank. All three have α = 8 at r = 4. */
export const alphas = {
  double: (r: number) => 2 * r,
  fixed: () => 8,
  root: (r: number) => 4 * Math.sqrt(r),
} satisfies Record<string, (r: number) => number>;
type Coupling = keyof typeof alphas;
export const couplingNames: Readonly<Record<Coupling, string>> = {double: "α = 2r", fixed: "α = 8", root: "α = 4√r"};

/** The sides of the map that stores pairs, and how many pairs it is given at most, by twos. */
export const [SIDE, MOST, BY] = [32, 64, 2];

const onRates = {when: {show: ["rates"]}};
const onCapacity = {when: {show: ["capacity"]}};

export const controls = {
  show: choice(["Show"], {rates: "Learning rates", capacity: "What a rank can store"}, "rates"),
  rank: {...choice(["Rank ", symbol.r], {"1": "1", "4": "4", "16": "16"}, "4"), ...onRates},
  coupling: {...choice([symbol.alpha, " by rank"], couplingNames, "double"), ...onRates},
  eta: {
    ...choice(
      ["Learning rate η"],
      Object.fromEntries(SWEPT_RATES.map((rate) => [rate, rate])) as Record<Rate, string>,
      "0.00562",
    ),
    ...onRates,
  },
  ground: {
    ...choice(["What learns"], {forge: "The word forge, names", digits: "The digit machine, a rule"}, "forge", true),
    ...onRates,
  },
  pairs: {...range(["Pairs"], {min: BY, max: MOST, step: BY, value: 32}), ...onCapacity},
  r: {...range(["Rank ", symbol.r], {min: 1, max: SIDE, value: 8}), ...onCapacity},
};
export type RatesParams = Params<typeof controls>;

/** The seed of the pairs. */
export const SEED = 11;
/** A rank holds so many pairs if it stores this share of them. */
export const HELD = 0.9;

export interface RatesResult {
  full: Bowl;
  /** LoRA's, in the order of SWEPT_RANKS. */
  loras: readonly Bowl[];
  /** The bowl of the chosen rank. */
  lora: Bowl;
  /** The place that is read: the chosen one, or the one below it where only every second was run. */
  place: number;
  here: {full: Runs; lora: Runs};
  /** LoRA's best rate over full fine-tuning's. */
  apart: number;
  /** By number of pairs and rank: the share that is stored. Empty unless it is shown. */
  shares: readonly (readonly number[])[];
  /** Of the chosen pairs at the chosen rank, and the least rank that holds them; undefined if none does. */
  share: number;
  needed?: number;
}

let known: readonly (readonly number[])[] | undefined;

/**
 * Column N/2 − 1, entry r: the largest share of the squared length of N targets that a map of rank r can store, for the first
 * N of 64 Gaussian pairs in 32 dimensions. Exact (reduced-rank regression), without training.
 */
export function fieldOf(): readonly (readonly number[])[] {
  if (known) return known;
  const random = mulberry32(SEED);
  const [x, y] = [randn(MOST, SIDE, random), randn(MOST, SIDE, random)];
  const first = ({data}: Matrix, n: number): Matrix => ({rows: n, cols: SIDE, data: data.subarray(0, n * SIDE)});
  known = Array.from({length: MOST / BY}, (_, i) => {
    const n = BY * (i + 1);
    const floors = rankFloors({W0: zeros(SIDE, SIDE), x: first(x, n), y: first(y, n)});
    return Array.from({length: SIDE + 1}, (_, r) => 1 - floors[Math.min(r, floors.length - 1)]! / floors[0]!);
  });
  return known;
}

export function compute(params: RatesParams): RatesResult {
  const {show, rank, eta, pairs, r} = params;
  const full = bowl("full", params);
  const loras = SWEPT_RANKS.map((one) => bowl(one, params));
  const lora = loras[SWEPT_RANKS.findIndex((one) => String(one) === rank)]!;
  const place = SWEPT_RATES.indexOf(eta as (typeof SWEPT_RATES)[number]);
  const shares = show === "capacity" ? fieldOf() : [];
  const column = shares[pairs / BY - 1];
  const needed = column?.findIndex((share) => share >= HELD) ?? -1;
  return {
    ...{full, loras, lora, place, shares},
    here: {full: full.runs[place]!, lora: lora.runs[place]!},
    apart: lora.best / full.best,
    share: column?.[r] ?? 0,
    ...(needed >= 0 && {needed}),
  };
}
