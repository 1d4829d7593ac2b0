/** What cuts to lower ranks would lose, which ranks are enough, and the best split, from the singular values alone. */
import type {MeasuredUpdate} from "../engine/adapters/inspect/measure.ts";
import {bytesFor, isReadable} from "../engine/adapters/inspect/storage.ts";
import {costOf, evenRanks, type ResizableUpdate, resizeError, splitRanks} from "../engine/analysis/updates/resizing.ts";
import {tail} from "../engine/linalg/spectrum.ts";
import type {Cut, CutRow, Cuts, EnoughRanks} from "./protocol.ts";

/** Up to the first, every rank is offered; up to the second, every fourth; above it, every sixteenth, and the largest. */
const [EVERY_RANK_UP_TO, EVERY_FOURTH_UP_TO] = [32, 128];

/** The ranks that are offered, from 1 to `largest`, with the extra ones. */
export function offeredRanks(largest: number, extraRanks: readonly number[] = []): number[] {
  const all = Array.from({length: largest}, (_, i) => i + 1);
  return all.filter(
    (r) =>
      r <= EVERY_RANK_UP_TO ||
      (r <= EVERY_FOURTH_UP_TO && r % 4 === 0) ||
      r % 16 === 0 ||
      r === largest ||
      extraRanks.includes(r),
  );
}

/** A rank is enough for a module if the cut loses less than this share of its norm. */
const SMALL_LOSS = 0.1;

/** The smallest ranks that are enough for every module and for most modules. Throws for no spectra. */
export function enoughRanks(spectra: readonly Float64Array[]): EnoughRanks {
  if (spectra.length === 0) throw new Error("enoughRanks: expected the spectra of at least one module");
  const ranks = spectra
    .map((s) => {
      const whole = tail(s, 0);
      let r = 1;
      while (r < s.length && tail(s, r) >= SMALL_LOSS * whole && whole > 0) r++;
      return r;
    })
    .sort((a, b) => a - b);
  const forMost = ranks[Math.floor(ranks.length / 2)]!;
  return {
    forAll: ranks.at(-1)!,
    forMost,
    enoughCount: ranks.filter((r) => r <= forMost).length,
    moduleCount: ranks.length,
    largest: spectra.reduce((largest, {length}) => Math.max(largest, length), 1),
  };
}

const resizableParts = (all: readonly MeasuredUpdate[]): ResizableUpdate[] =>
  all.map(({s, pair}) => ({s, cost: pair.d + pair.k}));

/** The bytes of one parameter of this pair when it is written. */
const parameterBytes = ({pair}: MeasuredUpdate) =>
  isReadable(pair.dtypes.A) ? Math.max(2, bytesFor(pair.name, pair.dtypes.A, 64) / 64) : 2;

/** The ranks, by update, of the best split that has no more parameters than rank `r` everywhere. */
export function splitFor(all: readonly MeasuredUpdate[], r: number): Map<string, number> {
  const parts = resizableParts(all);
  const ranks = splitRanks(parts, costOf(parts, evenRanks(parts, r)));
  return new Map(all.map(({name}, i) => [name, ranks[i]!]));
}

/** ‖ΔW − ΔW′‖ / ‖ΔW‖ over all modules, each cut to rank 1, 2, … up to the largest. */
export function lossByRank(spectra: readonly Float64Array[]): number[] {
  const largestRank = spectra.reduce((largest, {length}) => Math.max(largest, length), 1);
  // At r, the sum of all σ² after the r-th, added up from small to large.
  const tails = new Float64Array(largestRank + 1);
  for (const s of spectra) {
    let sum = 0;
    for (let i = s.length - 1; i >= 0; i--) {
      sum += s[i]! * s[i]!;
      tails[i] = tails[i]! + sum;
    }
  }
  return Array.from({length: largestRank}, (_, i) => (tails[0]! > 0 ? Math.sqrt(tails[i + 1]! / tails[0]!) : 0));
}

/** ‖ΔW − ΔW′‖ / ‖ΔW‖ of a cut to `ranks`, by update; updates that are not in it keep theirs. */
export const cutError = (all: readonly MeasuredUpdate[], ranks: ReadonlyMap<string, number>): number =>
  resizeError(
    resizableParts(all),
    all.map(({name, r}) => ranks.get(name) ?? r),
  );

/** What cuts to each offered rank lose, and the ranks that are enough. The file has `fileBytes` now. */
export function cutsOf(all: readonly MeasuredUpdate[], fileBytes: number): Cuts {
  const parts = resizableParts(all);
  const enough = enoughRanks(all.map(({s}) => s));
  const cutTo = (ranks: readonly number[]): Cut => {
    const shares = parts.map((part, i) => resizeError([part], [ranks[i]!]));
    const worstIndex = shares.reduce((most, share, i) => (share > shares[most]! ? i : most), 0);
    const saved = all.reduce(
      (sum, one, i) => sum + Math.max(0, one.r - ranks[i]!) * parts[i]!.cost * parameterBytes(one),
      0,
    );
    return {
      error: resizeError(parts, ranks),
      bytes: Math.round(fileBytes - saved),
      worst: {name: all[worstIndex]!.name, share: shares[worstIndex]!},
    };
  };
  const rows = offeredRanks(enough.largest, [enough.forAll, enough.forMost]).map((r): CutRow => {
    const evenly = evenRanks(parts, r);
    const best = splitRanks(parts, costOf(parts, evenly));
    const minRank = best.reduce((a, b) => Math.min(a, b));
    const maxRank = best.reduce((a, b) => Math.max(a, b));
    return {r, even: cutTo(evenly), split: {...cutTo(best), minRank, maxRank}};
  });
  return {rows, enough};
}
