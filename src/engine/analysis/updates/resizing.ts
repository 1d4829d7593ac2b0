/** Cutting updates to lower ranks: what is lost is known from the spectra, and the best split of a budget too. */
import {norm} from "../../linalg/exponent.ts";
import {lowRankSvd} from "../../linalg/lowrank.ts";
import {type Matrix, transpose} from "../../linalg/matrix.ts";
import {tail} from "../../linalg/spectrum.ts";
import {truncatedFactors} from "../../linalg/truncate.ts";
import {type Factors, inFloat64, needFactors} from "./grams.ts";

/** An update's spectrum, descending, and what one of its directions costs: d + k numbers, usually. */
export interface ResizableUpdate {
  s: Float64Array;
  cost: number;
}

function needAll(what: string, all: readonly ResizableUpdate[]): void {
  if (!Array.isArray(all) || all.some((one) => !(one?.s?.length >= 0) || !(one.cost > 0)))
    throw new Error(`${what}: expected a list of {s, cost} with singular values and a cost above 0`);
}

/**
 * ‖ΔW − ΔW′‖ / ‖ΔW‖ over all updates together when update i keeps ranks[i] directions (or all it has): exact, because no
 * other update of that rank is nearer (Eckart and Young 1936). 0 when nothing is there to lose.
 */
export function resizeError(all: readonly ResizableUpdate[], ranks: readonly number[]): number {
  needAll("resizeError", all);
  if (ranks?.length !== all.length)
    throw new Error(`resizeError: got ${ranks?.length} ranks for ${all.length} updates; give one for each`);
  const whole = norm(Float64Array.from(all, ({s}) => norm(s)));
  const lost = norm(Float64Array.from(all, ({s}, i) => tail(s, ranks[i])));
  return whole > 0 ? lost / whole : 0;
}

/** The numbers that the ranks cost. */
export function costOf(all: readonly ResizableUpdate[], ranks: readonly number[]): number {
  needAll("costOf", all);
  return all.reduce((sum, {cost}, i) => sum + cost * (ranks?.[i] ?? 0), 0);
}

/** The same rank for all, or fewer where an update has fewer directions. */
export function evenRanks(all: readonly ResizableUpdate[], r: number): number[] {
  needAll("evenRanks", all);
  if (!Number.isInteger(r) || r < 1) throw new Error(`evenRanks: r is ${r}; it must be a whole number of at least 1`);
  return all.map(({s}) => Math.min(r, Math.max(1, s.length)));
}

/**
 * The ranks that spend `budget` numbers where they lose least: each update keeps `least` directions (adapters have at
 * least one), then directions are taken by σ² per number until the next does not fit; smaller ones that still fit are
 * taken after it. With equal costs no other split of the budget is better. Throws when the budget is below the least.
 */
export function splitRanks(all: readonly ResizableUpdate[], budget: number, least = 1): number[] {
  needAll("splitRanks", all);
  const ranks = all.map(({s}) => Math.min(least, Math.max(1, s.length)));
  let left = budget - costOf(all, ranks);
  if (!(left >= 0))
    throw new Error(`splitRanks: the budget is ${budget}; ${least} for each takes ${costOf(all, ranks)} numbers`);
  const gains = all.flatMap(({s, cost}, update) =>
    Array.from(s.subarray(ranks[update]), (sigma) => ({update, cost, gain: sigma / Math.sqrt(cost)})),
  );
  // The sort is stable, so the directions of one update stay in their order.
  gains.sort((a, b) => b.gain - a.gain);
  const isFull = new Uint8Array(all.length);
  for (const {update, cost, gain} of gains) {
    if (isFull[update]) continue;
    if (cost > left || gain === 0) isFull[update] = 1;
    else {
      ranks[update]++;
      left -= cost;
    }
  }
  return ranks;
}

/** A cut update: B′·A′ is the best approximation of rank r of B·A, at the same scale. */
export interface Cut {
  A: Matrix;
  /** (d × r), not transposed. */
  B: Matrix;
  /** ‖ΔW − ΔW′‖ and ‖ΔW‖. */
  lost: number;
  whole: number;
}

/**
 * The best update of rank r, by QR of the factors: B′ = U·√σ, A′ = √σ·Vᵀ, so both have the same lengths. When the update
 * has fewer directions than r, the rest of A′ and B′ is 0. Throws when r is not a whole number ≥ 1.
 */
export function cutTo(factors: Factors, r: number): Cut {
  needFactors("cutTo", factors);
  const {A, B, scale} = factors;
  if (!Number.isInteger(r) || r < 1) throw new Error(`cutTo: r is ${r}; it must be a whole number of at least 1`);
  const svd = lowRankSvd(transpose(inFloat64(B)), inFloat64(A));
  return {...truncatedFactors(svd, r), lost: Math.abs(scale) * tail(svd.s, r), whole: Math.abs(scale) * norm(svd.s)};
}
