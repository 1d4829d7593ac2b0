/** The word forge alone, for figures that need no list of words and none of the lab's tasks, and adapters stored for it. */
import {fromBase64} from "../../engine/adapters/base64.ts";
import {readSiteBase} from "../../engine/adapters/siteBase.ts";
import type {Attachment} from "../../engine/lora/attachment.ts";
import {attachLora, type LoraPlan} from "../../engine/lora/loras.ts";
import {allocate} from "../../engine/network/parameters.ts";
import type {Transformer} from "../../engine/network/transformer.ts";
import {wordForge} from "../../engine/training/words.ts";
import {baseWeights} from "./baseWeights.ts";

/** The forge, once `loadForge` has loaded it. */
let forge: Transformer | undefined;

/** The adapter that the book follows, on queries and values of both layers: 1,024 parameters. As `sweep:forge` trains it. */
export const STORY_PLAN: LoraPlan = {targets: ["Wq", "Wv"], r: 4, alpha: 8};

export async function loadForge(): Promise<void> {
  forge ??= readSiteBase(fromBase64(await baseWeights.forge()), wordForge);
}

/** The word forge. Throws before `loadForge` has loaded it. */
export function theForge(): Transformer {
  if (!forge) throw new Error("the word forge is not loaded yet; wait for loadForge() before a run begins");
  return forge;
}

/** An adapter from all stored entries of its A and B, which are in the order of the plan's layout. */
export function storedAdapter({sizes}: Transformer, entries: Float64Array, plan: LoraPlan = STORY_PLAN): Attachment {
  // Its random entries are replaced, so any numbers will do.
  const untrained = attachLora(sizes, plan, () => 0.5);
  return {...untrained, params: allocate(untrained.params.layout, entries)};
}
