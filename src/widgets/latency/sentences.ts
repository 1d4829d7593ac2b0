import {counted, fixed, percent, significant, tiny, whole} from "../../figures/text/format.ts";
import type {LatencyParams} from "./controls.ts";
import type {Latency, Setting, Slowed} from "./table1.ts";
import type {LatencyResult} from "./untimed.ts";
import {type Measured, prefixOf, type Way} from "./ways.ts";

const THIN = "\u2009";

export const wayNames: Readonly<Record<Way, string>> = {
  merged: "Merged, W₀ + ΔW",
  unmerged: "Unmerged, W₀ and ΔW",
  adapter: "Bottleneck after W₀",
  prefix: "W₀ with a prefix",
};

/** Milliseconds as Table 1 prints them. */
export const ms = (x: number): string => `${fixed(x, 1)}${THIN}ms`;

/** "19.8 ± 2.7 ms". */
export const withSpread = (latency: Latency): string => `${fixed(latency.ms, 1)} ± ${ms(latency.spread)}`;

function threeDigits(x: number): string {
  const rounded = Number(x.toPrecision(3));
  return fixed(rounded, rounded > 0 ? Math.max(2 - Math.floor(Math.log10(rounded)), 0) : 2);
}

/** A measured time with three digits, in µs if below 0.1 ms. */
export const duration = (x: number): string =>
  x < 0.1 ? `${threeDigits(1000 * x)}${THIN}µs` : `${threeDigits(x)}${THIN}ms`;

/** "batch 1, 128 tokens a sequence". */
export const settingName = ({batch, tokens}: Setting): string =>
  `batch ${batch}, ${counted(tokens, "token")} a sequence`;

/** "128 tokens through one 256 × 256 matrix". */
const shapeName = ({shape: {tokens, width}}: LatencyResult): string =>
  `${counted(tokens, "token")} through one ${width} × ${width} matrix`;

export const guessed = (guess: number): string => `${significant(guess, 5)}%`;

export const besidePrint = ({printed, agrees}: Slowed): string =>
  `${fixed(printed, 1)}% printed${agrees ? ", the same" : ", which differs by rounding"}`;

const ratio = (x: number): string => `${fixed(x, 2)}×`;

/** Multiply–adds, or time, as a multiple of the merged matrix's. */
export const addsRatio = ({adds}: LatencyResult, way: Way): string => ratio(adds[way] / adds.merged);
export const timeRatio = ({times: found}: Measured, way: Way): string | undefined =>
  found && ratio(found[way].median / found.merged.median);

/** Whether the interquartile ranges of this way and of merged overlap; then the ratio of their medians means little. */
export function isWithinQuartiles({times: found}: Measured, way: Way): boolean {
  return !!found && found[way].low <= found.merged.high && found.merged.low <= found[way].high;
}

export function progressOf(measured: Measured | undefined): string {
  if (!measured) return "not timed yet";
  if (!measured.times) return "warming up";
  return measured.samples === measured.due ? `median of ${measured.samples}` : `median of ${measured.samples} so far`;
}

/** Where the paper's passes are at the time of the slider. */
function onItsWay({setting}: LatencyResult, {compared, after}: LatencyParams): string {
  const {plain, adapters} = setting;
  const {method, ms: slow, added} = adapters[compared];
  const now = (after / 100) * plain.ms;
  if (now >= slow)
    return `Every timed pass is through. ${method} came ${ms(slow - plain.ms)} after merged LoRA: ${percent(added)} later.`;
  if (after < 100)
    return `After ${ms(now)} no pass is through. ${method} will need ${ms(slow - plain.ms)} more than merged LoRA.`;
  if (after > 100) return `After ${ms(now)} only ${method} is still on its way, of those that the paper timed.`;
  return `At ${ms(now)} merged LoRA and fine-tuning are through. ${method} is ${ms(slow - now)} behind: ${percent(added)} more.`;
}

/** What this device's lanes show. */
function onDevice({measured, shape}: LatencyResult): string {
  if (!measured)
    return `Here one ${shape.width} × ${shape.width} matrix is the whole road. Press Measure: it takes about four seconds.`;
  if (!measured.times) return "Warming up: the browser is still compiling the code that will be timed.";
  const took = (way: Way) => `${timeRatio(measured, way)}${isWithinQuartiles(measured, way) ? " (a tie)" : ""}`;
  return `Measured here, against merged LoRA: beside W₀ ${took("unmerged")}, with an adapter layer ${took("adapter")}, with a prefix ${took("prefix")}.`;
}

export const says = (result: LatencyResult, params: LatencyParams): string =>
  params.times === "paper" ? onItsWay(result, params) : onDevice(result);

export function sentence(result: LatencyResult, params: LatencyParams): string {
  if (params.times === "here") return sentenceHere(result);
  const {compared, after} = params;
  const {setting, single, guess} = result;
  const {method, added, ms: slow} = setting.adapters[compared];
  const yours = guess !== undefined && setting === single ? ` (you guessed ${guessed(guess)})` : "";
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
    return `Here nothing is timed yet. At width ${whole(shape.width)} and r = ${whole(shape.r)} the unmerged pair and the bottleneck each need ${counts} of the merged matrix, and ${longer}.`;
  const isUnclear = (["unmerged", "adapter", "prefix"] as const).some((way) => isWithinQuartiles(measured, way));
  const spread = isUnclear ? "; quartiles overlap, so take these ratios lightly" : "";
  return `Here, on one core, a pass of ${shapeName(result)} takes ${duration(measured.times.merged.median)} merged, ${timeRatio(measured, "unmerged")} that with the pair unmerged and ${timeRatio(measured, "adapter")} with the bottleneck (${progressOf(measured)}${spread}), each for ${counts}. A prefix of ${counted(prefixOf(shape.tokens), "position")} takes ${timeRatio(measured, "prefix")}, for ${addsRatio(result, "prefix")}.`;
}

/** Why this device will not show the paper's percentages. */
export function reasons({single}: LatencyResult): string {
  const {plain, adapters} = single;
  const {l, h} = adapters;
  return `At batch ${single.batch} the ${percent(l.added)} and ${percent(h.added)} are an effect of the GPU: a short pass leaves much of its parallel hardware idle, and adapter layers are more kernels (programs to start), run one after another. With more tokens the hardware is busy: adapters add more milliseconds, but a smaller share. The ± of ${fixed(l.spread, 1)} to ${ms(plain.spread)} is a third to two thirds of the ${fixed(l.ms - plain.ms, 1)} and ${ms(h.ms - plain.ms)} added. Fine-tuning and merged LoRA share a row because both are one network of one shape.`;
}

/** What is timed, and how. */
export function method(result: LatencyResult): string {
  const {measured, shape} = result;
  const due =
    "One core does not show that effect: it has little to leave idle, and one matrix is no network. What shows is the price of extra multiply–adds, dearer in thin products than in square ones, and of starting more calls. Unmerged LoRA pays it, as a bottleneck does. Merged, it is one matrix of the same shape: exactly nothing is added.";
  if (!measured) return `${due} Measure takes a few seconds; times are this device’s, so no link holds them.`;
  const kernels = measured.path === "simd" ? "float32 SIMD kernels" : "plain loops, as WebAssembly is refused here";
  const {merged, unmerged, adapter, prefix} = measured.runs;
  return `${due} Timed in turn with ${kernels}: ${whole(merged)}, ${whole(unmerged)}, ${whole(adapter)} and ${whole(prefix)} runs a sample, by a clock of ${duration(measured.tick)} a tick. Before that, merged and unmerged outputs agreed to ${tiny(measured.difference)}; the largest is ${significant(measured.largest, 3)}. The bottleneck’s ${counted(shape.r, "comparison")} and ${counted(shape.width, "sum")} a token are timed but not counted.`;
}
