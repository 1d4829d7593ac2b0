/** A second adapter beside the first: which modules belong together, and their cross products, one pair at a time. */
import {type CrossGrams, crossOf} from "../../analysis/updates/compareUpdates.ts";
import type {GramKernel} from "../../kernels/gram/gramKernel.ts";
import {grouped, shown} from "../../wording.ts";
import type {OpenedAdapter} from "./open.ts";
import {readPair, type StoredPair} from "./pairs.ts";

/**
 * A module's name without what families put before it and between its words, the same for `unet.mid_block.attn` and
 * `lora_unet_mid_block_attn`.
 */
export function commonName(module: string): string {
  return module
    .replace(/^base_model\.model\./, "")
    .replace(/^(?:lora_unet_|unet\.|model\.diffusion_model\.|diffusion_model\.|lora_transformer_)/, "")
    .replace(/^transformer\.(?=transformer_blocks|single_transformer_blocks)/, "")
    .replace(/^(?:lora_te2_|text_encoder_2\.)/, "te2_")
    .replace(/^(?:lora_te1?_|text_encoder\.)/, "te1_")
    .replace(/\.processor\./, ".")
    .replace(/[._]+/g, "_");
}

/** The modules of two adapters by whether both have them. */
export interface ModuleMatch {
  /** Pairs of one weight, in the order of the first adapter. */
  shared: {name: string; one: StoredPair; two: StoredPair}[];
  /** Modules of one adapter that the other does not have. */
  onlyFirst: string[];
  onlySecond: string[];
  /** Modules of one name and different sizes. */
  mismatched: {name: string; one: StoredPair; two: StoredPair}[];
  /** A sentence when nothing can be compared. */
  sentence?: string;
}

/** Which modules of two adapters belong together, by names and sizes alone. */
export function matchModules(one: OpenedAdapter, two: OpenedAdapter): ModuleMatch {
  const others = new Map([...two.pairs].map(([name, pair]) => [commonName(name), pair]));
  const match: ModuleMatch = {shared: [], onlyFirst: [], onlySecond: [], mismatched: []};
  for (const [name, pair] of one.pairs) {
    const key = commonName(name);
    const other = others.get(key);
    if (!other) match.onlyFirst.push(name);
    else (isSameWeight(pair, other) ? match.shared : match.mismatched).push({name, one: pair, two: other});
    others.delete(key);
  }
  match.onlySecond = [...others.values()].map(({name}) => name);
  if (match.shared.length > 0) return match;
  return {...match, sentence: whyNothingIsShared(one, two, match)};
}

/** Whether two pairs can belong to one weight, by their sizes. */
export const isSameWeight = (one: StoredPair, two: StoredPair): boolean =>
  one.d === two.d && one.k === two.k && one.experts === two.experts && String(one.kernel) === String(two.kernel);

/** "4,096 × 1,024 for each of 8 experts". */
function sizesText({d, k, kernel, experts}: StoredPair): string {
  const kernelText = kernel.length > 0 ? ` with a kernel of ${kernel.join(" × ")}` : "";
  return `${grouped(d)} × ${grouped(k)}${kernelText}${experts > 1 ? ` for each of ${experts} experts` : ""}`;
}

/** How the sizes of two pairs differ, as a part of a sentence. */
export const sizesApart = (one: StoredPair, two: StoredPair): string =>
  `it is ${sizesText(one)} in the first adapter and ${sizesText(two)} in the second`;

/** The sentence for two adapters without a shared pair. */
function whyNothingIsShared(one: OpenedAdapter, two: OpenedAdapter, {mismatched}: ModuleMatch): string {
  const [first] = mismatched;
  const end = "Each can be inspected, but they cannot be compared.";
  const size = ({d, k}: StoredPair) => `${grouped(d)} × ${grouped(k)}`;
  if (first)
    return (
      `These two belong to different bases: ${shown(first.name)} is ${size(first.one)} in one and ${size(first.two)} in the ` +
      `other. ${end}`
    );
  const bases = [one, two].map(({facts}) => facts.base?.name);
  const basesText = bases[0] && bases[1] && bases[0] !== bases[1] ? ` (${shown(bases[0])} and ${shown(bases[1])})` : "";
  return `These two have no module in common${basesText}. ${end}`;
}

/** The cross products of one update under its name, or why there are none. */
export type CrossResult = {name: string; cross: CrossGrams} | {name: string; sentence: string};

/** Reads the shared pairs of both files, one pair after the other, and gives the cross products under the first adapter's names. */
export async function* crossAdapters(
  one: OpenedAdapter,
  two: OpenedAdapter,
  kernel: GramKernel,
  {shared}: ModuleMatch = matchModules(one, two),
): AsyncGenerator<CrossResult, void> {
  for (const pairs of shared) {
    try {
      const [left, right] = await Promise.all([readPair(one.container, pairs.one), readPair(two.container, pairs.two)]);
      for (const [i, update] of left.updates.entries()) {
        const other = right.updates[i];
        yield {name: update.name, cross: crossOf({...update, scale: 1}, {...other, scale: 1}, kernel)};
      }
    } catch (error) {
      yield {name: pairs.name, sentence: (error as Error).message};
    }
  }
}
