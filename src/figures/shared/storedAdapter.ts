import type {Attachment} from "../../engine/lora/attachment.ts";
import {attachLora, type LoraPlan} from "../../engine/lora/loras.ts";
import {allocate} from "../../engine/network/parameters.ts";
import type {Transformer} from "../../engine/network/transformer.ts";
import {STORY_PLAN} from "./wordForge.ts";

/** A trained adapter, from all entries of its A and B in the order of the plan's layout. */
export function storedAdapter({sizes}: Transformer, entries: Float64Array, plan: LoraPlan = STORY_PLAN): Attachment {
  // The stored entries take the place of the random start.
  const start = attachLora(sizes, plan, () => 0.5);
  return {...start, params: allocate(start.params.layout, entries)};
}
