/** Loss curves of the stored runs at the chosen rate, and how many random pairs a matrix of rank r can store. */
import {rankFloors} from "../../engine/analysis/floor.ts";
import {type Matrix, zeros} from "../../engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../engine/linalg/random.ts";
import {DIMENSIONS, MOST_PAIRS, PAIR_STEP, type RatesParams, SWEPT_RANKS, SWEPT_RATES} from "./controls.ts";
import {type LossCurve, lossCurve} from "./stored.ts";

/** The seed of the pairs. */
export const SEED = 11;
/** The share of the pairs that counts as storing them. */
export const STORED = 0.9;

/** The share that is stored, by number of pairs (2, 4, … 64) and by rank from 0. */
type StoredShares = readonly (readonly number[])[];

export interface RatesResult {
  /** The loss curve of full fine-tuning. */
  full: LossCurve;
  /** LoRA's, in the order of SWEPT_RANKS. */
  loras: readonly LossCurve[];
  /** LoRA's at the chosen rank. */
  lora: LossCurve;
  /** The index of the chosen rate in SWEPT_RATES. */
  place: number;
  /** Empty unless the figure shows what a rank can store. */
  shares: StoredShares;
  /** The stored share of the chosen pairs at the chosen rank, and the least rank that stores them; undefined if none does. */
  share: number;
  needed: number | undefined;
}

/** The least rank that stores a share of at least `level`; undefined if none does. `shares` are those of one number of pairs, by rank. */
export function leastRank(shares: readonly number[], level: number): number | undefined {
  // Allows for float64 error: the shares are quotients of sums.
  const rank = shares.findIndex((share) => share >= level - 1e-9);
  return rank < 0 ? undefined : rank;
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
  const firstRows = ({data}: Matrix, n: number): Matrix => ({
    rows: n,
    cols: DIMENSIONS,
    data: data.subarray(0, n * DIMENSIONS),
  });
  allShares = Array.from({length: MOST_PAIRS / PAIR_STEP}, (_, i) => {
    const n = PAIR_STEP * (i + 1);
    const floors = rankFloors({W0: zeros(DIMENSIONS, DIMENSIONS), x: firstRows(x, n), y: firstRows(y, n)});
    return Array.from({length: DIMENSIONS + 1}, (_, r) => 1 - floors[Math.min(r, floors.length - 1)]! / floors[0]!);
  });
  return allShares;
}

export function compute({show, rank, coupling, eta, pairs, r}: RatesParams): RatesResult {
  const loras = SWEPT_RANKS.map((one) => lossCurve(one, coupling));
  const shares = show === "capacity" ? storedShares() : [];
  const chosenShares = shares[pairs / PAIR_STEP - 1] ?? [];
  return {
    full: lossCurve("full", coupling),
    loras,
    lora: loras[SWEPT_RANKS.findIndex((one) => String(one) === rank)]!,
    place: SWEPT_RATES.indexOf(eta),
    shares,
    share: chosenShares[r] ?? 0,
    needed: leastRank(chosenShares, STORED),
  };
}
