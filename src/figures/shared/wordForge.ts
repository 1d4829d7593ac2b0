/** The word forge alone, for figures that need nothing else of the lab. */
import {fromBase64} from "../../engine/adapters/base64.ts";
import {readSiteBase} from "../../engine/adapters/siteBase.ts";
import type {LoraPlan} from "../../engine/lora/loras.ts";
import type {Sizes} from "../../engine/network/architecture.ts";
import type {Transformer} from "../../engine/network/transformer.ts";
import {baseWeights} from "./baseWeights.ts";

/** The forge's sizes, as in `engine/training/words.ts`, which would load the lab's words too. */
const sizes: Sizes = {V: 27, T: 12, C: 32, H: 4, L: 2};
/** The forge, once it is loaded. */
let forge: Transformer | undefined;

/** The adapter of the story, on queries and values of both layers: 1,024 parameters. As `sweep:forge` trains it. */
export const STORY_PLAN: LoraPlan = {targets: ["Wq", "Wv"], r: 4, alpha: 8};

/** Loads the word forge alone, for figures that need no list of words and none of the lab's tasks. */
export async function loadForge(): Promise<void> {
  forge ??= readSiteBase(fromBase64(await baseWeights.forge()), sizes);
}

/** The word forge. Throws before `loadForge` has loaded it. */
export function theForge(): Transformer {
  if (!forge) throw new Error("the word forge is not loaded yet; wait for loadForge() before a run begins");
  return forge;
}
