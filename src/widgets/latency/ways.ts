/** The three ways of one layer that are counted and timed beside each other. */
export const ways = ["merged", "unmerged", "adapter"] as const;
export type Way = (typeof ways)[number];

export const each = <T>(of: (way: Way) => T): Record<Way, T> =>
  Object.fromEntries(ways.map((way) => [way, of(way)])) as Record<Way, T>;

/** N tokens at once through one width × width matrix, with a pair or a bottleneck of r. */
export interface Shape {
  tokens: number;
  width: number;
  r: number;
}

/** Milliseconds of one run: the middle of the samples and of their lower and upper halves. */
export interface Quartiles {
  low: number;
  median: number;
  high: number;
}

/** What "Play" found: nothing of it is ever in the first frame, nor in a link. */
export interface Measured {
  /** Which kernels ran: WebAssembly's SIMD, or plain arrays where it is refused. */
  path: "simd" | "plain";
  /** Largest difference between an output of merged and of unmerged, and the largest output. */
  difference: number;
  largest: number;
  /** Step of the clock in milliseconds. */
  tick: number;
  /** Samples of each way, and how many are due. */
  samples: number;
  due: number;
  /** Runs in one sample. */
  runs: Readonly<Record<Way, number>>;
  /** Once each way has a sample. */
  times?: Readonly<Record<Way, Quartiles>>;
}
