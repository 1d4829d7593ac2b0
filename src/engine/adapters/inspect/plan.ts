/** What a change would write, from the headers alone: names, shapes, formats and the size of the file. No number is read. */

import {shown} from "../../wording.ts";
import type {FloatDtype} from "../dtype.ts";
import {PREFIX, partShapes} from "../peftNames.ts";
import {sizeOfSafetensors, type TensorSpec} from "../safetensorsWriter.ts";
import {type Change, needMergeable, onlyInOther, partnerOf} from "./changes.ts";
import {familyOf} from "./families/families.ts";
import type {OpenedAdapter} from "./open.ts";
import type {StoredPair} from "./pairs.ts";
import {leftOut, NOTHING_LEFT, notesOf, type TakeOptions, whyNotChanged, whyNotTaken} from "./takeHome.ts";
import {
  familyMetadata,
  familySpecs,
  formatOf,
  isPeftFile,
  othersOf,
  peftMetadata,
  storedMagnitude,
} from "./takeHomeFiles.ts";

/** The file that would be written, before any number is read. */
export interface Plan {
  /** The tensors of the weights' file by name. */
  tensors: Map<string, TensorSpec>;
  /** The size of that file, to the byte. */
  bytes: number;
  /** The rank of every module that is written. */
  ranks: number[];
  /** The notes that the files will come with. */
  notes: string[];
}

/** A pair with the rank at which it would be written; that of one expert if it stacks them. */
interface PlannedPair {
  pair: StoredPair;
  r: number;
}

/**
 * Plans what `takeHome` would write with the same arguments; it reads no number. Throws, in the same words, for what
 * could not be written, as far as headers tell.
 */
export function planOf(
  adapter: OpenedAdapter,
  change: Change,
  {as, dtype, without = new Map(), oneRank, pairsOnly}: Omit<TakeOptions, "choice">,
): Plan {
  const sentence = whyNotTaken(adapter, as) ?? whyNotChanged(adapter, change, oneRank === true);
  if (sentence) throw new Error(`takeHome: ${sentence}`);
  const leftOutPairs = leftOut(adapter, change, without);
  const planned = [
    ...[...adapter.pairs.values()].map((pair) => ({pair, other: partnerOf(pair, change)})),
    ...onlyInOther(adapter, change).map((pair) => ({pair, other: undefined})),
  ]
    .filter(({pair}) => !leftOutPairs.has(pair))
    .map(({pair, other}) => ({pair, r: rankAfter(pair, other, change)}));
  if (planned.length === 0) throw new Error(`takeHome: ${NOTHING_LEFT}`);
  const isPeft = isPeftFile(adapter, as);
  if (oneRank && isPeft) {
    const largest = planned.reduce((rank, {r}) => Math.max(rank, r), 0);
    for (const one of planned) {
      if (one.r !== largest && one.pair.groups > 1) needMergeable(one.pair);
      one.r = largest;
    }
  }
  const tensors = new Map<string, TensorSpec>(
    (pairsOnly ? [] : othersOf(adapter)).map(([name, {shape}, dtype]): [string, TensorSpec] => [name, {dtype, shape}]),
  );
  for (const one of planned)
    for (const [name, tensor] of isPeft ? peftTensors(adapter, one, dtype) : familyTensors(adapter, one, dtype))
      tensors.set(name, tensor);
  const ranks = planned.map(({r}) => r);
  const metadata = isPeft ? peftMetadata(adapter) : familyMetadata(adapter, ranks);
  return {tensors, bytes: sizeOfSafetensors(tensors, metadata), ranks, notes: notesOf(adapter, change, leftOutPairs)};
}

/** The rank of a pair once the change is made. Throws for a pair to which it cannot be made. */
function rankAfter(pair: StoredPair, other: StoredPair | undefined, change: Change): number {
  if (change.kind === "none") return pair.r;
  if (change.kind === "cut") {
    const rank = change.ranks.get(pair.experts > 1 ? `${pair.name}[0]` : pair.name) ?? pair.r;
    if (rank < pair.r && pair.groups > 1) needMergeable(pair);
    return Math.min(rank, pair.r);
  }
  needMergeable(pair);
  if (other) needMergeable(other);
  if (other && change.entries) return change.rank ?? Math.max(pair.r, other.r);
  if (other && change.factorwise && pair.r !== other.r)
    throw new Error(
      `inspect: ${shown(pair.name)}: the ranks are ${pair.r} and ${other.r}; factors of one rank can be added`,
    );
  const whole = other && !change.factorwise ? pair.r + other.r : pair.r;
  return Math.min(change.rank ?? whole, whole);
}

/** The tensors of a pair in PEFT's files. */
function peftTensors(
  adapter: OpenedAdapter,
  {pair, r}: PlannedPair,
  dtype: FloatDtype | undefined,
): [string, TensorSpec][] {
  const {name, experts, dtypes, magnitude, bias} = pair;
  if (experts > 1 && adapter.config?.kind !== "PEFT")
    throw new Error(
      `peft: ${shown(name)} stacks ${experts} experts, which only a config with target_parameters can express`,
    );
  const path = `${PREFIX}${familyOf(pair.family).peftName!(name)}`;
  const parts = partShapes(pair, r * experts);
  const spec = (part: keyof typeof parts, dtype: FloatDtype): [string, TensorSpec] => [
    `${path}.${parts[part].end}`,
    {dtype, shape: parts[part].shape},
  ];
  return [
    spec("A", formatOf(dtypes.A, dtype)),
    spec("B", formatOf(dtypes.B, dtype)),
    ...(magnitude !== undefined ? [spec("magnitude", dtype ?? "F32")] : []),
    ...(bias !== undefined ? [spec("bias", dtype ?? "F32")] : []),
  ];
}

/** The tensors of a pair under the names of its own family. */
function familyTensors(
  adapter: OpenedAdapter,
  {pair, r}: PlannedPair,
  dtype: FloatDtype | undefined,
): [string, TensorSpec][] {
  const specs = familySpecs(pair, r, dtype).map(({name, dtype, shape}): [string, TensorSpec] => [name, {dtype, shape}]);
  const magnitude = storedMagnitude(adapter, pair);
  if (magnitude) specs.push([magnitude.name, {dtype: magnitude.dtype, shape: magnitude.stored.shape}]);
  return specs;
}
