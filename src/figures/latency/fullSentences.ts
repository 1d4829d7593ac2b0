import {counted, fixed, percent, significant, tiny, whole} from "../../figure/plot/text/format.ts";
import type {LatencyParams} from "./controls.ts";
import {duration, isWithinQuartiles, latencyGuessText, ms, progressOf, ratio, timeRatio} from "./sentences.ts";
import type {Slowed, Table1Setting} from "./table1.ts";
import type {LatencyResult} from "./untimed.ts";
import {type LayerWay, prefixOf} from "./ways.ts";

export const wayNames: Readonly<Record<LayerWay, string>> = {
  merged: "Merged, W₀ + ΔW",
  unmerged: "Unmerged, W₀ and ΔW",
  adapter: "Adapter layer after W₀",
  prefix: "W₀ with a prefix",
};

/** "batch 1, 128 tokens a sequence". */
export const settingName = ({batch, tokens}: Table1Setting): string =>
  `batch ${batch}, ${counted(tokens, "token")} a sequence`;

/** "128 tokens through one 256 × 256 matrix". */
const shapeName = ({shape: {tokens, width}}: LatencyResult): string =>
  `${counted(tokens, "token")} through one ${width} × ${width} matrix`;

export const besidePrint = ({printed, agrees}: Slowed): string =>
  `${fixed(printed, 1)}% printed${agrees ? ", the same" : ", which differs by rounding"}`;

/** Multiply–adds as a multiple of the merged matrix's. */
export const addsRatio = ({adds}: LatencyResult, way: LayerWay): string => ratio(adds[way] / adds.merged);
export function summary(result: LatencyResult, params: LatencyParams): string {
  if (params.times === "here") return sentenceHere(result);
  const {compared, after} = params;
  const {setting, single, guess} = result;
  const {method, added, ms: slow} = setting.adapters[compared];
  const yours = guess !== undefined && setting === single ? ` (you guessed ${latencyGuessText(guess)})` : "";
  const now = (after / 100) * setting.plain.ms;
  const where =
    now >= slow
      ? "all of the timed passes are through"
      : after < 100
        ? "no pass is through"
        : `only the pass with ${method} is still on its way`;
  return `In Table 1, at ${settingName(setting)}, ${method} takes ${ms(slow)} instead of ${ms(setting.plain.ms)}, ${percent(added)} more${yours}. After ${ms(now)} ${where}; BitFit, prefixes and unmerged LoRA have no times in the paper.`;
}

function sentenceHere(result: LatencyResult): string {
  const {measured, shape} = result;
  // The bottleneck has as many parameters as A and B, so as many multiply–adds.
  const counts = `${addsRatio(result, "unmerged")} the multiply–adds`;
  const longer = `a prefix of ${counted(prefixOf(shape.tokens), "position")} ${addsRatio(result, "prefix")}`;
  if (!measured?.times)
    return `Here nothing is timed yet. At width ${whole(shape.width)} and r = ${whole(shape.r)} unmerged LoRA and an adapter layer each need ${counts} of the merged matrix, and ${longer}.`;
  const isUnclear = (["unmerged", "adapter", "prefix"] as const).some((way) => isWithinQuartiles(measured, way));
  const spread = isUnclear ? "; quartiles overlap, so take these ratios lightly" : "";
  return `Here, on one core, a pass of ${shapeName(result)} takes ${duration(measured.times.merged.median)} merged, ${timeRatio(measured, "unmerged")} that unmerged and ${timeRatio(measured, "adapter")} with an adapter layer (${progressOf(measured)}${spread}), each for ${counts}. A prefix of ${counted(prefixOf(shape.tokens), "position")} takes ${timeRatio(measured, "prefix")}, for ${addsRatio(result, "prefix")}.`;
}

/** Why this device will not show the paper's percentages. */
export function whyNoPercentages({single}: LatencyResult): string {
  const {plain, adapters} = single;
  const {l, h} = adapters;
  return `At batch ${single.batch} the ${percent(l.added)} and ${percent(h.added)} are an effect of the GPU: a short pass leaves much of its parallel hardware idle, and adapter layers are more kernels (programs to start), run one after another. With more tokens the hardware is busy: adapter layers add more milliseconds, but a smaller share. The ± of ${fixed(l.spread, 1)} to ${ms(plain.spread)} is a third to two thirds of the ${fixed(l.ms - plain.ms, 1)} and ${ms(h.ms - plain.ms)} added. Fine-tuning and merged LoRA share a row because both are one network of one shape.`;
}

/** What is timed, and how. */
export function method(result: LatencyResult): string {
  const {measured, shape} = result;
  const due =
    "One core does not show that effect, because it has little to leave idle and one matrix is far from a network. It shows what extra multiply–adds cost, more in thin products than in square ones, and what starting more calls costs. Unmerged LoRA has both costs, as an adapter layer does. Merged LoRA is one matrix of the same shape, so nothing is added.";
  if (!measured) return `${due} Measure takes a few seconds; the times are this device’s own, so links leave them out.`;
  const kernels = measured.path === "simd" ? "float32 SIMD kernels" : "plain loops, as WebAssembly is refused here";
  const {merged, unmerged, adapter, prefix} = measured.runs;
  return `${due} Timed in turn with ${kernels}: ${whole(merged)}, ${whole(unmerged)}, ${whole(adapter)} and ${whole(prefix)} runs a sample, by a clock of ${duration(measured.tick)} a tick. Before that, merged and unmerged outputs agreed to ${tiny(measured.difference)}; the largest is ${significant(measured.largest, 3)}. The adapter layer’s ${counted(shape.r, "comparison")} and ${counted(shape.width, "sum")} a token are timed but not counted.`;
}
