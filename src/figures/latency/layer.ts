/** The layer that this device times: its shape, the four ways of computing it, and what is measured of them. */
import {fullCount, loraCount} from "../../engine/lora/counts.ts";
import {asPercent, type LatencyParams} from "./controls.ts";
import {settings, type Table1Setting} from "./table1.ts";

export const layerWays = ["merged", "unmerged", "adapter", "prefix"] as const;
export type LayerWay = (typeof layerWays)[number];

export const ofEachWay = <T>(of: (way: LayerWay) => T): Record<LayerWay, T> =>
  Object.fromEntries(layerWays.map((way) => [way, of(way)])) as Record<LayerWay, T>;

/** `tokens` at once through one width × width matrix, with a LoRA of rank r or an adapter layer with a bottleneck of r. */
export interface LayerShape {
  tokens: number;
  width: number;
  r: number;
}

/** The positions that a prefix adds to a pass: one for eight of the input's, and at least one. */
export const prefixOf = (tokens: number): number => Math.max(Math.round(tokens / 8), 1);

/** Quartiles of the milliseconds of one run. */
export interface Quartiles {
  low: number;
  median: number;
  high: number;
}

/** What has been measured. It is never in a link, since times differ from device to device. */
export interface MeasuredTimes {
  /** WebAssembly SIMD kernels, or plain loops if WebAssembly is not allowed. */
  path: "simd" | "plain";
  /** One tick of the clock, in milliseconds. */
  tick: number;
  /** Samples of each way: so far, and how many there will be. */
  samples: number;
  due: number;
  /** Runs in one sample. */
  runs: Readonly<Record<LayerWay, number>>;
  /** Undefined until each way has a sample. */
  times?: Readonly<Record<LayerWay, Quartiles>>;
}

export interface LatencyResult {
  /** The chosen setting of Table 1. */
  setting: Table1Setting;
  shape: LayerShape;
  /** Multiply–adds per token of the input. */
  adds: Readonly<Record<LayerWay, number>>;
  /** In percent. */
  guess?: number;
  measured?: MeasuredTimes;
}

export const shapeOf = ({tokens, width, r}: LatencyParams): LayerShape => ({
  tokens: Number(tokens),
  width: Number(width),
  r,
});

/**
 * Merged: d². Unmerged: r(d + d) more. An adapter layer behind it: r·d down and d·r up, as many. A prefix: d² for each of its
 * positions, divided among the positions of the input.
 */
function addsOf({tokens, width, r}: LayerShape): LatencyResult["adds"] {
  const merged = fullCount(width, width);
  return {
    merged,
    unmerged: merged + loraCount(width, width, r),
    adapter: merged + fullCount(r, width) + fullCount(width, r),
    prefix: (merged * (tokens + prefixOf(tokens))) / tokens,
  };
}

/** From what was measured so far, if anything, to what is shown. */
export function readLatency(measurements: readonly (MeasuredTimes | null)[], params: LatencyParams): LatencyResult {
  const shape = shapeOf(params);
  return {
    setting: settings.find(({name}) => name === params.setting)!,
    shape,
    adds: addsOf(shape),
    guess: params.guess ? asPercent(params.guess) : undefined,
    measured: measurements.at(-1) ?? undefined,
  };
}
