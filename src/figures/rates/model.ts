import {rankFloors} from "../../engine/analysis/floor.ts";
import {type Matrix, zeros} from "../../engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../engine/linalg/random.ts";
import {BY, MOST, type RatesParams, SIDE, SWEPT_RANKS, SWEPT_RATES} from "./controls.ts";
import {type Bowl, bowl, type Runs} from "./stored.ts";

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
  field: readonly (readonly number[])[];
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
  const field = show === "capacity" ? fieldOf() : [];
  const column = field[pairs / BY - 1];
  const needed = column?.findIndex((share) => share >= HELD) ?? -1;
  return {
    ...{full, loras, lora, place, field},
    here: {full: full.runs[place]!, lora: lora.runs[place]!},
    apart: lora.best / full.best,
    share: column?.[r] ?? 0,
    ...(needed >= 0 && {needed}),
  };
}
