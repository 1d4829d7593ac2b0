import numbers from "../../../content/lab/forge.json" with {type: "json"};
import {attachLora, type LoraPlan} from "../../engine/lora/loras.ts";
import {allocate} from "../../engine/network/parameters.ts";
import type {Transformer} from "../../engine/network/transformer.ts";
import {storedHalves} from "../shared/storedHalves.ts";
import {STORY_PLAN} from "../shared/wordForge.ts";
import type {ForgeOrder} from "./model.ts";

/** As `sweep:forge` trains it. */
const TWENTY_PLAN: LoraPlan = {...STORY_PLAN, targets: ["Wq", "Wk", "Wv", "Wo", "W1", "W2"]};

type Adapters = Readonly<Record<Exclude<ForgeOrder["lesson"], "twenty">, Readonly<Record<string, string>>>>;
let adapters: Adapters | undefined;
let twenty: string | undefined;
let tuned: string | undefined;

/**
 * Loads what an order needs: 16 kB of adapters, 12 kB of the one for twenty names, or 72 kB of fully tuned weights; with the adapter
 * off, the adapter that it is compared with. Without an order, all.
 */
export async function loadTrained(order?: Pick<ForgeOrder, "adapter" | "lesson">): Promise<void> {
  const isTwenty = order?.lesson === "twenty";
  const isFull = order?.adapter === "full";
  if (!order || (!isFull && isTwenty))
    twenty ??= (await import("../../../content/lab/forge.twenty.json")).default.base64;
  if (!order || !(isFull || isTwenty)) adapters ??= (await import("../../../content/lab/forge.adapters.json")).default;
  if (!order || isFull) tuned ??= (await import("../../../content/lab/forge.full.json")).default.base64;
}

function halves(text: string | undefined): Float64Array {
  if (text === undefined) throw new Error("forge: what was trained is not loaded yet; wait for ready(params)");
  return storedHalves(text);
}

/** How many parameters the adapter for a lesson has, on or off. */
export const adapterSize = ({sizes}: Transformer, {lesson}: Pick<ForgeOrder, "lesson">): number =>
  attachLora(sizes, lesson === "twenty" ? TWENTY_PLAN : STORY_PLAN, () => 0.5).params.flat.length;

/** The base with what was trained. */
export function withTrained(base: Transformer, {adapter, lesson, step}: ForgeOrder): Transformer {
  if (adapter === "off") return base;
  if (adapter === "full") return {...base, weights: allocate(base.weights.layout, halves(tuned))};
  const isTwenty = lesson === "twenty";
  const blank = attachLora(base.sizes, isTwenty ? TWENTY_PLAN : STORY_PLAN, () => 0.5);
  const stored = halves(isTwenty ? twenty : adapters?.[lesson][step]);
  return {...base, attached: [{...blank, params: allocate(blank.params.layout, stored)}]};
}

/** Losses on held-out words, nats a letter, without and with what was trained. */
export function lossesOf({adapter, lesson, step}: ForgeOrder): {off: number; now: number} {
  const isNames = lesson === "names" || lesson === "twenty";
  const off = isNames ? numbers.base : numbers[lesson].base;
  if (adapter === "off") return {off, now: off};
  if (adapter === "full") return {off, now: numbers.full[0]!};
  if (isNames) return {off, now: lesson === "names" ? numbers.adapterAtStep[step] : numbers.twentyNames};
  return {off, now: numbers[lesson].on};
}
