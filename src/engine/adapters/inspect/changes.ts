/** What is done to an adapter before it is taken home: nothing, a cut to lower ranks, or a merge with a second one. */
import {type DenseMerge, mergeDense} from "../../analysis/updates/denseMerge.ts";
import {deltaNorm, type Factors, gramsOf, inFloat64} from "../../analysis/updates/grams.ts";
import {factorwise, mergedFactors} from "../../analysis/updates/merging.ts";
import {cutTo} from "../../analysis/updates/resizing.ts";
import {createGramKernel, type GramKernel} from "../../kernels/gram/gramKernel.ts";
import {type Matrix, transpose} from "../../linalg/matrix.ts";
import {shown} from "../../wording.ts";
import type {OpenedAdapter} from "./open.ts";
import type {StoredPair} from "./pairs.ts";
import {type ReadPair, readPair} from "./readPair.ts";
import {type Choice, scaleOf} from "./scales.ts";
import {commonName, isSameWeight, sizesApart} from "./second.ts";

/** A change to the updates of an adapter. */
export type Change =
  | {kind: "none"}
  /** The rank of each update by its name; those that are not named keep theirs. */
  | {kind: "cut"; ranks: ReadonlyMap<string, number>}
  /**
   * w₁·ΔW₁ + w₂·ΔW₂, exactly at rank r₁ + r₂, or cut to `rank`; with `entries`, TIES or DARE instead of the sum where both
   * have the module, cut to `rank` or to the larger of both ranks; with `factorwise`, the factors are added as PEFT's
   * "linear" adds them, which is another update than the sum. `without` has pairs of the second adapter whose numbers cannot
   * be used, each with the reason: a module that has one is left out.
   */
  | {
      kind: "merge";
      other: OpenedAdapter;
      weights: readonly [number, number];
      rank?: number;
      entries?: Pick<DenseMerge, "method" | "density" | "seed">;
      factorwise?: boolean;
      choice?: Choice;
      without?: ReadonlyMap<string, string>;
    };

type Merge = Extract<Change, {kind: "merge"}>;

/** An update as it will be written: the scale is the factor in front of B·A. */
export interface Changed {
  name: string;
  /** The pair whose kind, kernel and formats it has. */
  pair: StoredPair;
  A: Matrix;
  /** (d × r). */
  B: Matrix;
  scale: number;
  /** Its place among experts, counted from 0. */
  expert?: number;
  /** ‖ΔW − ΔW′‖ and ‖ΔW‖; 0 for both where the change cuts nothing anywhere. */
  lost: number;
  whole: number;
}

/** The updates of one pair with the change made. Throws for what the change cannot be made to; the message names the module. */
export async function changedPair(
  adapter: OpenedAdapter,
  pair: StoredPair,
  change: Change,
  choice?: Choice,
): Promise<Changed[]> {
  const read = await readPair(adapter.container, pair);
  const {scale} = scaleOf(pair, read.alpha, adapter.scales, choice);
  const others = change.kind === "merge" ? await partner(pair, change) : undefined;
  return read.updates.map((update, index) => {
    const place = {name: update.name, pair, ...(pair.experts > 1 && {expert: index})};
    const own: Factors = {...update, scale};
    if (change.kind === "cut") {
      const rank = change.ranks.get(update.name);
      return rank === undefined || rank >= pair.r ? uncut(place, own, true) : cutUpdate(place, own, rank);
    }
    if (change.kind !== "merge") return uncut(place, own);
    needMergeable(pair);
    const other = others?.[index];
    if (other && change.entries) return byEntries(place, own, other, change);
    const parts = other ? [own, other] : [own];
    if (other && change.factorwise) return mergedUpdate(place, addedFactors(pair, parts, change.weights), change.rank);
    return mergedUpdate(place, mergedFactors(parts, change.weights.slice(0, parts.length)), change.rank);
  });
}

/** The updates of the second adapter that belong to a pair of the first; undefined where it has none. */
async function partner(pair: StoredPair, change: Merge): Promise<Factors[] | undefined> {
  const match = partnerOf(pair, change);
  if (!match) return undefined;
  needMergeable(match);
  const {other, choice} = change;
  const {updates, alpha} = await readPair(other.container, match);
  const {scale} = scaleOf(match, alpha, other.scales, choice);
  return updates.map(({A, B}) => ({A, B, scale}));
}

/** The second adapter's pair of the same module, if the change is a merge and it has one. */
export function partnerOf(pair: StoredPair, change: Change): StoredPair | undefined {
  return change.kind === "merge" ? byCommonName(change.other).get(commonName(pair.name)) : undefined;
}

const pairsByCommonName = new WeakMap<OpenedAdapter, Map<string, StoredPair>>();

/** The pairs of an adapter by their common names, made once. */
function byCommonName(adapter: OpenedAdapter): Map<string, StoredPair> {
  let pairs = pairsByCommonName.get(adapter);
  if (!pairs) {
    pairs = new Map([...adapter.pairs.values()].map((pair) => [commonName(pair.name), pair]));
    pairsByCommonName.set(adapter, pairs);
  }
  return pairs;
}

/** Why a change leaves a pair of the first adapter out: a merge whose second half cannot be used or is of another size. */
export function leftOutOf(pair: StoredPair, change: Change): string | undefined {
  const match = partnerOf(pair, change);
  if (change.kind !== "merge" || !match) return undefined;
  const why = change.without?.get(match.name);
  if (why !== undefined) return `in the second adapter, ${why}`;
  return isSameWeight(pair, match) ? undefined : sizesApart(pair, match);
}

/** Throws for a module whose update cannot be merged; the message names the module. */
export function needMergeable({name, magnitude, groups}: StoredPair): void {
  if (magnitude !== undefined)
    throw new Error(
      `inspect: ${shown(name)} is DoRA: its change is no sum, so it cannot be merged without the base's weights`,
    );
  if (groups > 1)
    throw new Error(
      `inspect: ${shown(name)} is a convolution in groups; its update of another rank could not be stored`,
    );
}

/** Throws if factors cannot be added (different ranks, or a negative weight); the message names the module. */
function addedFactors({name}: StoredPair, parts: readonly Factors[], weights: readonly number[]): Factors {
  try {
    return factorwise(parts, weights);
  } catch (error) {
    throw new Error(`inspect: ${shown(name)}: ${(error as Error).message.replace(/^factorwise: /, "")}`);
  }
}

type Place = Pick<Changed, "name" | "pair" | "expert">;

let kernel: GramKernel | undefined;

/** ‖ΔW‖ of an update; B is turned. */
export function lengthOf(factors: Factors): number {
  kernel ??= createGramKernel();
  return deltaNorm(gramsOf(factors, kernel));
}

/** An update as it is, not cut. */
const uncut = (place: Place, factors: Factors, isMeasured = false): Changed => ({
  ...place,
  A: inFloat64(factors.A),
  B: transpose(inFloat64(factors.B)),
  scale: factors.scale,
  lost: 0,
  whole: isMeasured ? lengthOf(factors) : 0,
});

function cutUpdate(place: Place, factors: Factors, rank: number): Changed {
  if (place.pair.groups > 1) needMergeable(place.pair);
  return {...place, ...cutTo(factors, rank), scale: factors.scale};
}

/** Weights and scales are in B; in a merge that is cut, A and B have the same length. */
function mergedUpdate(place: Place, factors: Factors, rank: number | undefined): Changed {
  if (rank === undefined || rank >= factors.A.rows) return uncut(place, factors, rank !== undefined);
  return {...place, ...cutTo(factors, rank), scale: 1};
}

/** TIES or DARE, to the end; it takes about a second for a module of 4096². */
function byEntries(place: Place, one: Factors, two: Factors, change: Merge): Changed {
  const rank = change.rank ?? Math.max(one.A.rows, two.A.rows);
  const job = mergeDense(one, two, {...change.entries!, weights: change.weights, rank});
  let step = job.next();
  while (!step.done) step = job.next();
  return {...place, ...step.value, scale: 1};
}

/** The pairs of the second adapter that the first does not have. */
export function onlyInOther(adapter: OpenedAdapter, change: Change): StoredPair[] {
  if (change.kind !== "merge") return [];
  const pairsOfFirst = byCommonName(adapter);
  return [...change.other.pairs.values()].filter(({name}) => !pairsOfFirst.has(commonName(name)));
}

/** An update that only the second adapter has, times its weight. */
export async function onlyOther(pair: StoredPair, change: Merge): Promise<Changed[]> {
  needMergeable(pair);
  const {updates, alpha} = await readPair(change.other.container, pair);
  const {scale} = scaleOf(pair, alpha, change.other.scales, change.choice);
  return updates.map((update: ReadPair, index) =>
    mergedUpdate(
      {name: update.name, pair, ...(pair.experts > 1 && {expert: index})},
      mergedFactors([{...update, scale}], [change.weights[1]]),
      change.rank,
    ),
  );
}
