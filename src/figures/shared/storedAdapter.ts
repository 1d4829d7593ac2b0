import type {Attachment} from "../../engine/lora/attachment.ts";
import {attachLora, type LoraPlan} from "../../engine/lora/loras.ts";
import {allocate} from "../../engine/network/parameters.ts";
import type {Transformer} from "../../engine/network/transformer.ts";
import {STORY_PLAN} from "./wordForge.ts";

/** An adapter from all stored entries of its A and B, which are in the order of the plan's layout. */
export function storedAdapter({sizes}: Transformer, entries: Float64Array, plan: LoraPlan = STORY_PLAN): Attachment {
  // Its random entries are replaced, so any numbers will do.
  const untrained = attachLora(sizes, plan, () => 0.5);
  return {...untrained, params: allocate(untrained.params.layout, entries)};
}
