import {cos, log} from "./elementary.ts";
import {type Matrix, zeros} from "./matrix.ts";

/**
 * mulberry32 (Tommy Ettinger, public domain), a scrambled 32-bit counter. seed (taken modulo 2³²) → a function that
 * gives numbers in [0, 1), multiples of 2⁻³². The same seed gives the same numbers on every machine; the period is 2³².
 * Good for pictures and small experiments, not for secrets.
 */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Throws for a seed in place of a source, a common slip. */
function needRandom(random: () => number): void {
  if (typeof random !== "function") throw new Error("random: expected a source such as mulberry32(7)");
}

/**
 * One number from N(0, 1): Box and Muller 1958, √(−2 log u)·cos(2πv). The sine of the pair is thrown away, so a draw
 * always uses two uniform numbers and no state is left over. |result| ≤ 6.67, since u ≥ 2⁻³².
 */
export function normal(random: () => number): number {
  needRandom(random);
  const u = 1 - random();
  const v = random();
  return Math.sqrt(-2 * log(u)) * cos(2 * Math.PI * v);
}

/** (rows × cols) of independent N(0, 1), drawn row by row. */
export function randn(rows: number, cols: number, random: () => number): Matrix {
  const result = zeros(rows, cols);
  for (let i = 0; i < result.data.length; i++) result.data[i] = normal(random);
  return result;
}

/**
 * (rows × cols) uniform in [−1/√cols, 1/√cols), drawn row by row: He et al. 2015 with PyTorch's a = √5, where the
 * bound √(6 / ((1 + a²)·fan_in)) becomes 1/√fan_in. PyTorch's `nn.Linear` and loralib's A start like this.
 */
export function kaimingUniform(rows: number, cols: number, random: () => number): Matrix {
  needRandom(random);
  const result = zeros(rows, cols);
  const bound = 1 / Math.sqrt(cols);
  for (let i = 0; i < result.data.length; i++) result.data[i] = (2 * random() - 1) * bound;
  return result;
}

/** 0 … n − 1 in random order: the shuffle of Fisher and Yates, after Durstenfeld 1964. Draws n − 1 numbers. */
export function permutation(n: number, random: () => number): Uint32Array {
  needRandom(random);
  const order = Uint32Array.from({length: n}, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
