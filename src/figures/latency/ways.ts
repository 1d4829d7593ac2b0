/** The four ways of computing one layer that this device can time, and what is measured of them. */
export const layerWays = ["merged", "unmerged", "adapter", "prefix"] as const;
export type LayerWay = (typeof layerWays)[number];

export const ofEachWay = <T>(of: (way: LayerWay) => T): Record<LayerWay, T> =>
  Object.fromEntries(layerWays.map((way) => [way, of(way)])) as Record<LayerWay, T>;

/** `tokens` at once through one width × width matrix, with a LoRA of rank r or an adapter layer with a bottleneck of r. */
export interface PassShape {
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
  /** Largest difference between the merged and the unmerged output, and the largest output. */
  difference: number;
  largest: number;
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
