import type {Sizes} from "../network/architecture.ts";
import {attachBottlenecks} from "./adapters.ts";
import type {Attachment} from "./attachment.ts";
import {attachLora, type LoraPlan} from "./loras.ts";
import {attachPrefix} from "./prefix.ts";

/** What to attach to a frozen model: LoRAs, bottlenecks of this `width`, or a prefix of this many `vectors`. */
export type Plan = LoraPlan | {width: number} | {vectors: number};

/** A new attachment of the kind that is planned. Throws as `attachLora`, `attachBottlenecks` or `attachPrefix` does. */
export function attach(sizes: Sizes, plan: Plan, random: () => number): Attachment {
  if ("width" in plan) return attachBottlenecks(sizes, plan.width, random);
  return "vectors" in plan ? attachPrefix(sizes, plan.vectors, random) : attachLora(sizes, plan, random);
}
