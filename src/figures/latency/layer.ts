/** The layer that this device times: its shape, the four ways of computing it, and what is measured of them. */
import {fullCount, loraCount} from "../../engine/lora/counts.ts";
import {type LatencyParams, parsePercent} from "./controls.ts";
import {type Table1Setting, table1Settings} from "./table1.ts";

/** The four ways of computing the layer. */
export const layerWays = ["merged", "unmerged", "adapter", "prefix"] as const;
export type LayerWay = (typeof layerWays)[number];

/** A value for each way. */
export const ofEachWay = <T>(of: (way: LayerWay) => T): Record<LayerWay, T> =>
  Object.fromEntries(layerWays.map((way) => [way, of(way)])) as Record<LayerWay, T>;

/** `tokens` at once through one width × width matrix, with a LoRA of rank r or an adapter layer with a bottleneck of r. */
export interface LayerShape {
  tokens: number;
  width: number;
  r: number;
}

/** The positions that a prefix adds to a pass: one for eight of the input's, and at least one. */
export const prefixLength = (tokens: number): number => Math.max(Math.round(tokens / 8), 1);

/** Quartiles of the milliseconds of one run. */
export interface Quartiles {
  low: number;
  median: number;
  high: number;
}

/** What has been measured on this device. It is never in a link, since times differ from device to device. */
export interface MeasuredTimes {
  /** WebAssembly SIMD kernels, or plain loops if WebAssembly is not allowed. */
  kernels: "simd" | "plain";
  /** One tick of the clock, in milliseconds. */
  tick: number;
  /** Samples of each way: so far, and how many there will be. */
  samples: number;
  plannedSamples: number;
  /** Runs in one sample. */
  runs: Readonly<Record<LayerWay, number>>;
  /** Undefined until each way has a sample. */
  times?: Readonly<Record<LayerWay, Quartiles>>;
}

/** What the figure shows. */
export interface LatencyResult {
  /** The chosen setting of Table 1. */
  setting: Table1Setting;
  shape: LayerShape;
  /** How many multiply–adds each way needs per token of the input. */
  multiplyAdds: Readonly<Record<LayerWay, number>>;
  /** The reader's guess, in percent. */
  guess?: number;
  measured?: MeasuredTimes;
}

export const shapeOf = ({tokens, width, r}: LatencyParams): LayerShape => ({
  tokens: Number(tokens),
  width: Number(width),
  r,
});

/**
 * Multiply–adds per token. Merged: d². Unmerged: r(d + d) more. With an adapter layer behind W₀: r·d down and d·r up, which is
 * the same. With a prefix: d² for each of its positions too, divided among the positions of the input.
 */
function multiplyAddsOf({tokens, width, r}: LayerShape): LatencyResult["multiplyAdds"] {
  const merged = fullCount(width, width);
  return {
    merged,
    unmerged: merged + loraCount(width, width, r),
    adapter: merged + fullCount(r, width) + fullCount(width, r),
    prefix: (merged * (tokens + prefixLength(tokens))) / tokens,
  };
}

/** What the figure shows, from what was measured so far, if anything. */
export function readLatency(measurements: readonly (MeasuredTimes | null)[], params: LatencyParams): LatencyResult {
  const shape = shapeOf(params);
  return {
    setting: table1Settings.find(({name}) => name === params.setting)!,
    shape,
    multiplyAdds: multiplyAddsOf(shape),
    guess: params.guess ? parsePercent(params.guess) : undefined,
    measured: measurements.at(-1) ?? undefined,
  };
}
