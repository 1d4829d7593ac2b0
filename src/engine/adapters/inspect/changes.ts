/** What is done to an adapter before it is exported: nothing, a cut to lower ranks, or a merge with a second one. */
import {type DenseMerge, mergeDense} from "../../analysis/updates/denseMerge.ts";
import {deltaNorm, type Factors, gramsOf, inFloat64} from "../../analysis/updates/grams.ts";
import {factorwise, mergedFactors} from "../../analysis/updates/merging.ts";
import {cutTo} from "../../analysis/updates/resizing.ts";
import {createGramKernel, type GramKernel} from "../../kernels/gram/gramKernel.ts";
import {type Matrix, transpose} from "../../linalg/matrix.ts";
import {shown} from "../../wording.ts";
import type {OpenedAdapter} from "./open.ts";
import {readPair, type StoredPair} from "./pairs.ts";
import {type ScaleChoice, scaleOf} from "./scales.ts";
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
      choice?: ScaleChoice;
      without?: ReadonlyMap<string, string>;
    };

type Merge = Extract<Change, {kind: "merge"}>;

/** An update after the change, as it will be written: the scale is the factor in front of B·A. */
export interface ChangedUpdate {
  name: string;
  /** The pair whose kind, kernel and formats it has. */
  pair: StoredPair;
  A: Matrix;
  /** (d × r). */
  B: Matrix;
  scale: number;
  /** Which of the stacked experts it is, counted from 0; absent for other updates. */
  expert?: number;
  /** ‖ΔW − ΔW′‖ and ‖ΔW‖; both 0 if the change asks for no rank. */
  lost: number;
  whole: number;
}

/** Where an update comes from. */
type Origin = Pick<ChangedUpdate, "name" | "pair" | "expert">;

/** The updates of a pair, each with its origin: one, or one for each expert. */
async function updatesOf(
  adapter: OpenedAdapter,
  pair: StoredPair,
  choice: ScaleChoice | undefined,
): Promise<{origin: Origin; factors: Factors}[]> {
  const {updates, alpha} = await readPair(adapter.container, pair);
  const {scale} = scaleOf(pair, alpha, adapter.scales, choice);
  return updates.map(({name, A, B}, index) => ({
    origin: {name, pair, ...(pair.experts > 1 && {expert: index})},
    factors: {A, B, scale},
  }));
}

/**
 * The updates of one pair with the change made; `choice` is the alpha or scale where the file has none. Throws if the change
 * cannot be made to the pair; the message names the module.
 */
export async function changedPair(
  adapter: OpenedAdapter,
  pair: StoredPair,
  change: Change,
  choice?: ScaleChoice,
): Promise<ChangedUpdate[]> {
  const match = partnerOf(pair, change);
  if (change.kind === "merge") for (const one of [pair, match]) if (one) needMergeable(one);
  const updates = await updatesOf(adapter, pair, choice);
  if (change.kind === "none") return updates.map(({origin, factors}) => unchanged(origin, factors, false));
  if (change.kind === "cut")
    return updates.map(({origin, factors}) => {
      const rank = change.ranks.get(origin.name) ?? pair.r;
      if (rank < pair.r && pair.groups > 1) needMergeable(pair);
      return cutUpdate(origin, factors, rank);
    });
  const others = match && (await updatesOf(change.other, match, change.choice));
  return updates.map(({origin, factors}, index) => merged(origin, factors, others?.[index].factors, change));
}

/** The updates of a pair that only the second adapter has, times its weight. */
export async function onlyOther(pair: StoredPair, change: Merge): Promise<ChangedUpdate[]> {
  needMergeable(pair);
  const updates = await updatesOf(change.other, pair, change.choice);
  return updates.map(({origin, factors}) =>
    cutUpdate(origin, mergedFactors([factors], [change.weights[1]]), change.rank),
  );
}

/** An update merged with the one that the second adapter has in its place, if any. */
function merged(origin: Origin, one: Factors, two: Factors | undefined, change: Merge): ChangedUpdate {
  const {weights, rank, entries} = change;
  if (!two) return cutUpdate(origin, mergedFactors([one], [weights[0]]), rank);
  if (entries)
    return mergedByEntries(origin, one, two, {...entries, weights, rank: rank ?? Math.max(one.A.rows, two.A.rows)});
  const factors = change.factorwise
    ? addedFactors(origin.pair, [one, two], weights)
    : mergedFactors([one, two], weights);
  return cutUpdate(origin, factors, rank);
}

/** TIES or DARE; takes about a second for a module of 4096². */
function mergedByEntries(origin: Origin, one: Factors, two: Factors, options: DenseMerge): ChangedUpdate {
  const job = mergeDense(one, two, options);
  let step = job.next();
  while (!step.done) step = job.next();
  return {...origin, ...step.value, scale: 1};
}

/** The sum of factors, as PEFT's "linear" adds them. Throws if they have different ranks or a weight is negative; the message names the module. */
function addedFactors({name}: StoredPair, parts: readonly Factors[], weights: readonly number[]): Factors {
  try {
    return factorwise(parts, weights);
  } catch (error) {
    throw new Error(`inspect: ${shown(name)}: ${(error as Error).message.replace(/^factorwise: /, "")}`);
  }
}

/** An update cut to a rank, if one is given and is below its own. */
function cutUpdate(origin: Origin, factors: Factors, rank: number | undefined): ChangedUpdate {
  if (rank === undefined || rank >= factors.A.rows) return unchanged(origin, factors, rank !== undefined);
  return {...origin, ...cutTo(factors, rank), scale: factors.scale};
}

/** An update as it is. Its length is measured if others are cut, for the error of them all. */
const unchanged = (origin: Origin, factors: Factors, isMeasured: boolean): ChangedUpdate => ({
  ...origin,
  A: inFloat64(factors.A),
  B: transpose(inFloat64(factors.B)),
  scale: factors.scale,
  lost: 0,
  whole: isMeasured ? lengthOf(factors) : 0,
});

let kernel: GramKernel | undefined;

/** ‖ΔW‖ of an update, whose B is turned. */
export function lengthOf(factors: Factors): number {
  kernel ??= createGramKernel();
  return deltaNorm(gramsOf(factors, kernel));
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

/** What `byCommonName` has made. */
const pairsByCommonName = new WeakMap<OpenedAdapter, Map<string, StoredPair>>();

/** The pairs of an adapter by their common names; made once, because every pair of the other adapter is looked up. */
function byCommonName(adapter: OpenedAdapter): Map<string, StoredPair> {
  let pairs = pairsByCommonName.get(adapter);
  if (!pairs) {
    pairs = new Map([...adapter.pairs.values()].map((pair) => [commonName(pair.name), pair]));
    pairsByCommonName.set(adapter, pairs);
  }
  return pairs;
}

/** The second adapter's pair of the same module, if the change is a merge and it has one. */
export function partnerOf(pair: StoredPair, change: Change): StoredPair | undefined {
  return change.kind === "merge" ? byCommonName(change.other).get(commonName(pair.name)) : undefined;
}

/** The pairs of the second adapter that the first does not have; none if the change is no merge. */
export function onlyInOther(adapter: OpenedAdapter, change: Change): StoredPair[] {
  if (change.kind !== "merge") return [];
  const pairsOfFirst = byCommonName(adapter);
  return [...change.other.pairs.values()].filter(({name}) => !pairsOfFirst.has(commonName(name)));
}

/** Why a merge leaves a pair of the first adapter out: the second one's cannot be used or is of another size; undefined if it does not. */
export function leftOutOf(pair: StoredPair, change: Change): string | undefined {
  const match = partnerOf(pair, change);
  if (change.kind !== "merge" || !match) return undefined;
  const why = change.without?.get(match.name);
  if (why !== undefined) return `in the second adapter, ${why}`;
  return isSameWeight(pair, match) ? undefined : sizesApart(pair, match);
}
