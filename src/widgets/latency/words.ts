import {counted, fixed, percent, significant, times, tiny, whole} from "../../figures/format.ts";
import type {LatencyParams, LatencyResult, Measured} from "./model.ts";
import type {Way} from "./passes.ts";
import type {Latency, Setting, Slowed} from "./table.ts";

const THIN = "\u2009";

export const wayNames: Readonly<Record<Way, string>> = {
  merged: "Merged, W₀ + BA",
  unmerged: "Unmerged, W₀ and BA",
  adapter: "Bottleneck behind W₀",
};

/** Milliseconds as Table 1 prints them. */
export const ms = (x: number): string => `${fixed(x, 1)}${THIN}ms`;

/** "19.8 ± 2.7 ms". */
export const withSpread = (latency: Latency): string => `${fixed(latency.ms, 1)} ± ${ms(latency.spread)}`;

/** A time measured here: three digits, in µs below a tenth of a millisecond. */
export const duration = (x: number): string =>
  x < 0.1 ? `${significant(1000 * x, 3)}${THIN}µs` : `${significant(x, 3)}${THIN}ms`;

/** "batch 1, 128 tokens a sequence". */
export const settingName = ({batch, tokens}: Setting): string =>
  `batch ${batch}, ${counted(tokens, "token")} a sequence`;

/** "128 tokens through one 256 × 256 matrix". */
export const shapeName = ({shape: {tokens, width}}: LatencyResult): string =>
  `${counted(tokens, "token")} through one ${width} × ${width} matrix`;

/** A guess as the reader gave it, without idle zeros. */
export const guessed = (guess: number): string => `${significant(guess, 5)}%`;

/** Whether our percentage is the printed one. */
export const besidePrint = ({printed, agrees}: Slowed): string =>
  `${fixed(printed, 1)}% printed${agrees ? ", the same" : ", which differs by rounding"}`;

/** How many times the merged matrix's multiply–adds, or its time. */
export const addsRatio = ({adds}: LatencyResult, way: Way): string => times(adds[way] / adds.merged);
export const timeRatio = ({times: found}: Measured, way: Way): string | undefined =>
  found && times(found[way].median / found.merged.median);

/** What the measurement is at, in a few words. */
export function progressOf(measured: Measured | undefined): string {
  if (!measured) return "not timed yet";
  if (!measured.times) return "finding how many runs make one sample";
  return measured.done ? `median of ${measured.samples}` : `median of ${measured.samples} so far`;
}

/** What is set, what came out and what it means, on the paper's device and on this one. */
export function sentence(result: LatencyResult, {compared}: LatencyParams): string {
  const {setting, single, guess, measured, shape} = result;
  const {method, added, ms: slow} = setting.adapters[compared];
  const yours = guess !== undefined && setting === single ? ` (you guessed ${guessed(guess)})` : "";
  const there = `In Table 1, at ${settingName(setting)}, ${method} takes ${ms(slow)} instead of ${ms(setting.plain.ms)}, ${percent(added)} more${yours}`;
  const counts = `r = ${whole(shape.r)} makes the unmerged pair ${addsRatio(result, "unmerged")} the multiply–adds of the merged matrix, and the bottleneck ${addsRatio(result, "adapter")}`;
  if (!measured?.times) return `${there}. Here nothing is timed yet: at width ${whole(shape.width)}, ${counts}.`;
  const {merged} = measured.times;
  return `${there}. Here ${shapeName(result)} take ${duration(merged.median)} merged, ${timeRatio(measured, "unmerged")} that with the pair unmerged and ${timeRatio(measured, "adapter")} with the bottleneck (${progressOf(measured)}): ${counts}.`;
}

/** Why the paper's percentages are not to be expected here. */
export function reasons({single}: LatencyResult): string {
  const {l, h} = single.adapters;
  return `The ${percent(l.added)} and ${percent(h.added)} at batch ${single.batch} are an effect of the GPU: there a pass is short, most of the hardware idles, and adapter layers are more kernels that wait for one another. The ± of ${fixed(single.plain.spread, 1)}, ${fixed(l.spread, 1)} and ${ms(h.spread)} is about half of the ${fixed(l.ms - single.plain.ms, 1)} and ${ms(h.ms - single.plain.ms)} added. At larger batches the hardware is busy and the same wait is a small share. Fine-tuning and merged LoRA share one row, as one network.`;
}

/** What is timed, in what, and how. */
export function method(result: LatencyResult): string {
  const {measured, shape} = result;
  const due =
    "One core of a CPU has no idle hardware to wait for: here extra multiply–adds show, and in small products what it costs to start each. Unmerged LoRA pays both. Merged, it is one matrix of the same shape, so it is the same multiply and nothing is added.";
  if (!measured) return `${due} Play times all three in a few seconds; times are this device's, so no link holds them.`;
  const kernels = measured.path === "simd" ? "float32 SIMD kernels" : "plain float32 loops, as WebAssembly is refused";
  return `${due} Timed with ${kernels}, the three in turn, a clock of ${duration(measured.tick)} a tick and ${whole(measured.runs.merged)}, ${whole(measured.runs.unmerged)} and ${whole(measured.runs.adapter)} runs a sample; before that, merged and unmerged outputs agreed to ${tiny(measured.difference)} of at most ${significant(measured.largest, 3)}. The bottleneck's ${whole(shape.r)} comparisons and ${whole(shape.width)} sums a token are not counted.`;
}
