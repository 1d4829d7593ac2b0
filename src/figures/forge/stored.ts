/** The stored adapters and weights of `npm run sweep:forge`, and their losses. */
import numbers from "../../../content/lab/forge.json" with {type: "json"};
import type {LoraPlan} from "../../engine/lora/loras.ts";
import {allocate} from "../../engine/network/parameters.ts";
import type {Transformer} from "../../engine/network/transformer.ts";
import {storedHalves} from "../shared/storedHalves.ts";
import {STORY_PLAN, storedAdapter} from "../shared/wordForge.ts";
import type {ForgeSettings} from "./controls.ts";

/** The adapter for twenty names, on all matrices. */
const TWENTY_PLAN: LoraPlan = {...STORY_PLAN, targets: ["Wq", "Wk", "Wv", "Wo", "W1", "W2"]};

/** Adapters by lesson, then by step, as base64 of 16-bit numbers. */
type Adapters = Readonly<Record<Exclude<ForgeSettings["lesson"], "twenty">, Readonly<Record<string, string>>>>;
let adapters: Adapters | undefined;
/** The adapter for twenty names, and the fully tuned weights, in the same format. */
let twentyAdapter: string | undefined;
let tunedWeights: string | undefined;

/** Loads what a run needs: 16 kB of adapters, 12 kB for that of twenty names, or 72 kB of weights; without settings, all three. */
export async function loadTrained(settings?: Pick<ForgeSettings, "adapter" | "lesson">): Promise<void> {
  const isTwenty = settings?.lesson === "twenty";
  const isFull = settings?.adapter === "full";
  if (!settings || (!isFull && isTwenty))
    twentyAdapter ??= (await import("../../../content/lab/forge.twenty.json")).default.base64;
  if (!settings || !(isFull || isTwenty))
    adapters ??= (await import("../../../content/lab/forge.adapters.json")).default;
  if (!settings || isFull) tunedWeights ??= (await import("../../../content/lab/forge.full.json")).default.base64;
}

/** The numbers of a text. Throws if it is undefined, because it is not loaded yet. */
function loadedNumbers(text: string | undefined): Float64Array {
  if (text === undefined)
    throw new Error("forge: the adapter or the weights of this run are not loaded yet; await ready(settings) first");
  return storedHalves(text);
}

/** The base with the adapter attached, or with the fully tuned weights in its place. Throws before `loadTrained`. */
export function withTrained(base: Transformer, {adapter, lesson, step}: ForgeSettings): Transformer {
  if (adapter === "full") return {...base, weights: allocate(base.weights.layout, loadedNumbers(tunedWeights))};
  const text = lesson === "twenty" ? twentyAdapter : adapters?.[lesson][step];
  const plan = lesson === "twenty" ? TWENTY_PLAN : STORY_PLAN;
  return {...base, attached: [storedAdapter(base, loadedNumbers(text), plan)]};
}

/** Losses on held-out words in nats a letter: of the base, and with what was trained. */
export function lossesOf({adapter, lesson, step}: ForgeSettings): {off: number; on: number} {
  if (lesson === "french" || lesson === "spanish") return {off: numbers[lesson].base, on: numbers[lesson].on};
  const on = lesson === "twenty" ? numbers.twentyNames : numbers.adapterAtStep[step];
  return {off: numbers.base, on: adapter === "full" ? numbers.full[0]! : on};
}
