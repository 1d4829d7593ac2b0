import type {Sizes} from "../network/architecture.ts";
import {attachBottlenecks} from "./adapters.ts";
import type {Attachment} from "./attachment.ts";
import {attachLora, type LoraPlan} from "./loras.ts";
import {attachPrefix} from "./prefix.ts";

/** What may be attached to a frozen model: LoRAs, bottlenecks of `width` numbers, or a prefix of so many `vectors`. */
export type Plan = LoraPlan | {width: number} | {vectors: number};

/** A plan as it starts. Throws what the function that attaches it throws. */
export function attach(sizes: Sizes, plan: Plan, random: () => number): Attachment {
  if ("width" in plan) return attachBottlenecks(sizes, plan.width, random);
  return "vectors" in plan ? attachPrefix(sizes, plan.vectors, random) : attachLora(sizes, plan, random);
}
