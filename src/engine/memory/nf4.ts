/**
 * NormalFloat of 4 bits, the storage format of QLoRA: Dettmers et al. 2023, "QLoRA: Efficient Finetuning of Quantized
 * LLMs".
 */
import {largestMagnitude, type ScaledRounding} from "./rounding.ts";

/**
 * The 16 values of the paper's appendix E (float32 numbers): quantiles of the normal distribution scaled to end at −1
 * and 1, with 7 below zero and 8 above, and zero itself.
 */
export const NF4_VALUES: readonly number[] = [
  -1, -0.6961928009986877, -0.5250730514526367, -0.39491748809814453, -0.28444138169288635, -0.18477343022823334,
  -0.09105003625154495, 0, 0.07958029955625534, 0.16093020141124725, 0.24611230194568634, 0.33791524171829224,
  0.44070982933044434, 0.5626170039176941, 0.7229568362236023, 1,
];

/** How many numbers share a scale, and under double quantization how many scales share one (sections 2 and 3). */
export const NF4_BLOCK = 64;
const SCALE_BLOCK = 256;

const MIDPOINTS = NF4_VALUES.slice(1).map((value, i) => (value + NF4_VALUES[i]) / 2);

/** t in [−1, 1] → the index of the nearest of the 16 values; the lower one at a tie. */
function nearestCode(t: number): number {
  let code = 0;
  while (code < MIDPOINTS.length && t > MIDPOINTS[code]) code++;
  return code;
}

/**
 * Rounds x (n) to NF4 in blocks of 64 (the last may be shorter), each with the scale m = max |x|. A number gets the
 * code (0 … 15) of the value nearest to x / m and is read back as value · m. `scales` (⌈n / 64⌉) are not rounded: their
 * double quantization is counted by `nf4Bytes`, not simulated. A block of zeros has scale 0 and the code of zero.
 * Throws when a value is not finite or beyond ±1e300.
 */
export function roundNf4(x: Float64Array | Float32Array): ScaledRounding<Uint8Array> {
  const scales = new Float64Array(Math.ceil(x.length / NF4_BLOCK));
  for (let block = 0; block < scales.length; block++) {
    const from = block * NF4_BLOCK;
    scales[block] = largestMagnitude("nf4", x, from, Math.min(x.length, from + NF4_BLOCK));
  }
  const codes = new Uint8Array(x.length);
  const values = new Float64Array(x.length);
  x.forEach((value: number, i: number) => {
    const scale = scales[Math.floor(i / NF4_BLOCK)];
    codes[i] = nearestCode(scale === 0 ? 0 : value / scale);
    values[i] = NF4_VALUES[codes[i]] * scale;
  });
  return {values, codes, scales};
}

/**
 * Bytes of n numbers in NF4: half a byte each and a float32 scale for each block of 64, which is 4.5 bits a number.
 * With double quantization each scale takes 8 bits and 256 scales share a float32, which is 4.127 bits a number
 * (section 3 of the paper; like the paper, this ignores the mean that is subtracted from the scales, one float32 a
 * matrix).
 * Throws unless n is a whole number ≥ 0.
 */
export function nf4Bytes(n: number, {doubleQuantization}: {doubleQuantization: boolean}): number {
  if (!Number.isInteger(n) || n < 0) throw new Error(`nf4Bytes: n is ${n}; it must be a whole number of at least 0`);
  const scales = Math.ceil(n / NF4_BLOCK);
  const scaleBytes = doubleQuantization ? scales + 4 * Math.ceil(scales / SCALE_BLOCK) : 4 * scales;
  return Math.ceil(n / 2) + scaleBytes;
}
