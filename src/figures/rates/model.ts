/** Loss curves of the stored runs at the chosen rate, and how many random pairs a matrix of rank r can store. */
import {rankFloors} from "../../engine/analysis/floor.ts";
import {type Matrix, zeros} from "../../engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../engine/linalg/random.ts";
import {DIMENSIONS, MOST_PAIRS, PAIR_STEP, type RatesParams, SWEPT_RANKS, SWEPT_RATES} from "./controls.ts";
import {type LossCurve, lossCurve, type SeedRange} from "./stored.ts";
import type {StoredShares} from "./storedShares.ts";

/** The seed of the pairs. */
export const SEED = 11;
/** The share of the pairs that counts as storing them. */
export const STORED = 0.9;

export interface RatesResult {
  /** The loss curve of full fine-tuning. */
  full: LossCurve;
  /** LoRA's, in the order of SWEPT_RANKS. */
  loras: readonly LossCurve[];
  /** LoRA's at the chosen rank. */
  lora: LossCurve;
  /** The index of the chosen rate in SWEPT_RATES, and the losses there. */
  place: number;
  here: {full: SeedRange; lora: SeedRange};
  /** LoRA's best rate over full fine-tuning's. */
  rateRatio: number;
  /** The share that is stored, by number of pairs and rank. Empty unless the figure shows it. */
  shares: StoredShares;
  /** The stored share of the chosen pairs at the chosen rank, and the least rank that stores them; undefined if none does. */
  share: number;
  needed?: number;
}

let allShares: StoredShares | undefined;

/**
 * → at [N/2 − 1][r] the largest share of the targets' squared length that a matrix of rank r can produce, for the first N of 64
 * Gaussian pairs in 32 dimensions. Exact (reduced-rank regression), without training. Computed once.
 */
export function storedShares(): StoredShares {
  if (allShares) return allShares;
  const random = mulberry32(SEED);
  const [x, y] = [randn(MOST_PAIRS, DIMENSIONS, random), randn(MOST_PAIRS, DIMENSIONS, random)];
  const first = ({data}: Matrix, n: number): Matrix => ({
    rows: n,
    cols: DIMENSIONS,
    data: data.subarray(0, n * DIMENSIONS),
  });
  allShares = Array.from({length: MOST_PAIRS / PAIR_STEP}, (_, i) => {
    const n = PAIR_STEP * (i + 1);
    const floors = rankFloors({W0: zeros(DIMENSIONS, DIMENSIONS), x: first(x, n), y: first(y, n)});
    return Array.from({length: DIMENSIONS + 1}, (_, r) => 1 - floors[Math.min(r, floors.length - 1)]! / floors[0]!);
  });
  return allShares;
}

export function compute(params: RatesParams): RatesResult {
  const {show, rank, eta, pairs, r} = params;
  const full = lossCurve("full", params);
  const loras = SWEPT_RANKS.map((one) => lossCurve(one, params));
  const lora = loras[SWEPT_RANKS.findIndex((one) => String(one) === rank)]!;
  const place = SWEPT_RATES.indexOf(eta as (typeof SWEPT_RATES)[number]);
  const shares = show === "capacity" ? storedShares() : [];
  const column = shares[pairs / PAIR_STEP - 1];
  const needed = column?.findIndex((share) => share >= STORED) ?? -1;
  return {
    ...{full, loras, lora, place, shares},
    here: {full: full.runs[place]!, lora: lora.runs[place]!},
    rateRatio: lora.best / full.best,
    share: column?.[r] ?? 0,
    ...(needed >= 0 && {needed}),
  };
}
