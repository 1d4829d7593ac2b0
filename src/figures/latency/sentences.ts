import {fixed, percent, significant} from "../../figure/plot/text/format.ts";
import type {LatencyParams} from "./controls.ts";
import type {Latency} from "./table1.ts";
import type {LatencyResult} from "./untimed.ts";
import type {LayerWay, MeasuredTimes} from "./ways.ts";

const THIN = "\u2009";

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

export const latencyGuessText = (guess: number): string => `${significant(guess, 5)}%`;

export const ratio = (x: number): string => `${fixed(x, 2)}×`;

/** Time as a multiple of the merged matrix's. */
export const timeRatio = ({times: found}: MeasuredTimes, way: LayerWay): string | undefined =>
  found && ratio(found[way].median / found.merged.median);

/** Whether the interquartile ranges of this way and of merged overlap; then the ratio of their medians means little. */
export function isWithinQuartiles({times: found}: MeasuredTimes, way: LayerWay): boolean {
  return !!found && found[way].low <= found.merged.high && found.merged.low <= found[way].high;
}

export function progressOf(measured: MeasuredTimes | undefined): string {
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
  const took = (way: LayerWay) => `${timeRatio(measured, way)}${isWithinQuartiles(measured, way) ? " (a tie)" : ""}`;
  return `Measured here, against merged LoRA: beside W₀ ${took("unmerged")}, with an adapter layer ${took("adapter")}, with a prefix ${took("prefix")}.`;
}

export const says = (result: LatencyResult, params: LatencyParams): string =>
  params.times === "paper" ? onItsWay(result, params) : onDevice(result);
