/** What the figure says: its sentences, and how its numbers are written. */
import {counted, fixed, percent, significant, whole} from "../../figure/plot/text/format.ts";
import type {LatencyParams} from "./controls.ts";
import {type LatencyResult, type LayerWay, type MeasuredTimes, prefixLength} from "./layer.ts";
import {type Latency, singleSetting, type Table1Setting} from "./table1.ts";

/** A narrow space between a number and its unit. */
const THIN_SPACE = "\u2009";

/** Milliseconds as Table 1 prints them. */
export const msText = (x: number): string => `${fixed(x, 1)}${THIN_SPACE}ms`;

/** "19.8 ± 2.7 ms". */
export const latencyText = (latency: Omit<Latency, "method">): string =>
  `${fixed(latency.ms, 1)} ± ${msText(latency.spread)}`;

/** Three digits, and decimals to fit. */
function threeDigits(x: number): string {
  const rounded = Number(x.toPrecision(3));
  return fixed(rounded, rounded > 0 ? Math.max(2 - Math.floor(Math.log10(rounded)), 0) : 2);
}

/** A measured time with three digits, in µs if below 0.1 ms. */
export const durationText = (x: number): string =>
  x < 0.1 ? `${threeDigits(1000 * x)}${THIN_SPACE}µs` : `${threeDigits(x)}${THIN_SPACE}ms`;

/** A guess in percent. */
export const latencyGuessText = (guess: number): string => `${significant(guess, 5)}%`;

const ratioText = (x: number): string => `${fixed(x, 2)}×`;

/** The time of a way as a multiple of the merged matrix's; undefined before there are times. */
export const timeRatio = ({times}: MeasuredTimes, way: LayerWay): string | undefined =>
  times && ratioText(times[way].median / times.merged.median);

/** Whether the interquartile ranges of this way and of merged overlap; then the ratio of their medians means little. */
function isTie({times}: MeasuredTimes, way: LayerWay): boolean {
  return !!times && times[way].low <= times.merged.high && times.merged.low <= times[way].high;
}

/** How far measuring has come, in words. */
export function progressText(measured: MeasuredTimes | undefined): string {
  if (!measured) return "not timed yet";
  if (!measured.times) return "warming up";
  return measured.samples === measured.plannedSamples
    ? `median of ${measured.samples}`
    : `median of ${measured.samples} so far`;
}

/** The name of each way of computing the layer. */
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

/** Multiply–adds as a multiple of the merged matrix's. */
export const multiplyAddsRatio = ({multiplyAdds}: LatencyResult, way: LayerWay): string =>
  ratioText(multiplyAdds[way] / multiplyAdds.merged);

/** How far the paper's passes have come at the time of the slider. */
function paperSentence({setting}: LatencyResult, {compared, after}: LatencyParams): string {
  const {plain, adapters} = setting;
  const {method, ms: slowerMs, added} = adapters[compared];
  const now = (after / 100) * plain.ms;
  if (now >= slowerMs)
    return `All timed passes are through; ${method} came ${msText(slowerMs - plain.ms)} after merged LoRA, ${percent(added)} later.`;
  if (after < 100)
    return `After ${msText(now)} no pass is through; ${method} will need ${msText(slowerMs - plain.ms)} more than merged LoRA.`;
  if (after > 100) return `After ${msText(now)} only ${method} is still on its way, of those that the paper timed.`;
  return `At ${msText(now)} merged LoRA and fine-tuning have finished; ${method} needs ${msText(slowerMs - now)}, or ${percent(added)}, more.`;
}

/** What the paper timed at this setting. */
function table1Sentence({setting, guess}: LatencyResult, {compared}: LatencyParams): string {
  const {method, added, ms: slowerMs} = setting.adapters[compared];
  const guessNote =
    guess !== undefined && setting.name === singleSetting.name ? ` (you guessed ${latencyGuessText(guess)})` : "";
  return `In Table 1, at ${settingName(setting)}, ${method} takes ${msText(slowerMs)} instead of ${msText(setting.plain.ms)}, ${percent(added)} more${guessNote}; BitFit, prefixes and unmerged LoRA have no times in the paper.`;
}

/** What was measured on this device. */
function deviceSentence({measured, shape}: LatencyResult): string {
  if (!measured)
    return `Here the whole network is one ${shape.width} × ${shape.width} matrix; press Measure, which takes about four seconds.`;
  if (!measured.times) return "Warming up: the browser is still compiling the code that will be timed.";
  const timeText = (way: LayerWay) => `${timeRatio(measured, way)}${isTie(measured, way) ? " (a tie)" : ""}`;
  return `Measured here, against merged LoRA: beside W₀ ${timeText("unmerged")}, with an adapter layer ${timeText("adapter")}, with a prefix ${timeText("prefix")}.`;
}

/** How many multiply–adds each way needs, and how long the merged pass took. */
function countSentence(result: LatencyResult): string {
  const {measured, shape} = result;
  // The bottleneck has as many parameters as A and B, so as many multiply–adds.
  const counts = `unmerged LoRA and an adapter layer each need ${multiplyAddsRatio(result, "unmerged")} the multiply–adds of the merged matrix, and a prefix of ${counted(prefixLength(shape.tokens), "position")} ${multiplyAddsRatio(result, "prefix")}`;
  if (!measured?.times)
    return `Here nothing is timed yet: at width ${whole(shape.width)} and r = ${whole(shape.r)} ${counts}.`;
  return `Here, on one core, a pass of ${shapeName(result)} takes ${durationText(measured.times.merged.median)} merged (${progressText(measured)}); ${counts}.`;
}

/** The card's sentence, and the one that Explore and screen readers add. */
export const says = (result: LatencyResult, params: LatencyParams): readonly [string, string] =>
  params.times === "paper"
    ? [paperSentence(result, params), table1Sentence(result, params)]
    : [deviceSentence(result), countSentence(result)];

/** Why this device will not show the paper's percentages. */
export function whyNoPercentages(): string {
  const {plain, adapters} = singleSetting;
  const {l, h} = adapters;
  return `At batch ${singleSetting.batch} the ${percent(l.added)} and ${percent(h.added)} are an effect of the GPU: a short pass leaves much of its parallel hardware idle, and adapter layers are more kernels (programs to start), run one after another. With more tokens the hardware is busy: adapter layers add more milliseconds, but a smaller share. The ± of ${fixed(l.spread, 1)} to ${msText(plain.spread)} is a third to two thirds of the ${fixed(l.ms - plain.ms, 1)} and ${msText(h.ms - plain.ms)} added. Fine-tuning and merged LoRA share a row because both are one network of one shape.`;
}

/** What measuring shows, and how it is done. */
export function measuringMethod(result: LatencyResult): string {
  const {measured, shape} = result;
  const meaning =
    "One core does not show that effect, because it has little to leave idle and one matrix is far from a network. It shows what extra multiply–adds cost, more in thin products than in square ones, and what starting more calls costs. Unmerged LoRA has both costs, as an adapter layer does. Merged LoRA is one matrix of the same shape, so nothing is added.";
  if (!measured)
    return `${meaning} Measure takes a few seconds; the times are this device’s own, so links leave them out.`;
  const kernels = measured.kernels === "simd" ? "float32 SIMD kernels" : "plain loops, as WebAssembly is refused here";
  const {merged, unmerged, adapter, prefix} = measured.runs;
  return `${meaning} Timed in turn with ${kernels}: ${whole(merged)}, ${whole(unmerged)}, ${whole(adapter)} and ${whole(prefix)} runs a sample, by a clock of ${durationText(measured.tick)} a tick. The adapter layer’s ${counted(shape.r, "comparison")} and ${counted(shape.width, "sum")} a token are timed but not counted.`;
}
