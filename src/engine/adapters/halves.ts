/** Whole arrays of 16-bit floats, decoded and encoded some thirty times as fast as number by number with `float16.ts`. */
import {bf16, decode16, type Float16, fp16, nearestEven} from "../memory/float16.ts";

/** The number of every fp16 code: 256 KiB, made when it is first needed. */
let fp16Numbers: Float32Array | undefined;

/** 16-bit codes → their numbers, exactly: float32 has all of them. */
export function decodeHalves(codes: Uint16Array, format: Float16): Float32Array<ArrayBuffer> {
  if (format === bf16) {
    const bits = new Uint32Array(codes.length);
    for (let i = 0; i < bits.length; i++) bits[i] = codes[i] << 16;
    return new Float32Array(bits.buffer);
  }
  fp16Numbers ??= Float32Array.from({length: 2 ** 16}, (_, code) => decode16(code, fp16));
  const result = new Float32Array(codes.length);
  for (let i = 0; i < result.length; i++) result[i] = fp16Numbers[codes[i]];
  return result;
}

/**
 * Numbers → 16-bit codes, with the rounding of `encode16`. Each number is first cut to a float32 whose last bit is 1 if
 * the cut lost anything: rounding that to 16 bits gives the same as rounding the number at once.
 */
export function encodeHalves(values: ArrayLike<number>, format: Float16): Uint16Array<ArrayBuffer> {
  const singles = new Float32Array(values);
  const bits = new Uint32Array(singles.buffer);
  const codes = new Uint16Array(singles.length);
  const code = format === bf16 ? bf16Code : fp16Code;
  for (let i = 0; i < codes.length; i++) {
    const x = values[i];
    let cutBits = bits[i];
    if (singles[i] !== x) {
      if (Number.isNaN(x)) {
        codes[i] = format.infinity + (1 << (format.fraction - 1));
        continue;
      }
      cutBits = Math.abs(singles[i]) > Math.abs(x) ? (cutBits - 1) | 1 : cutBits | 1;
    }
    codes[i] = code(cutBits, x);
  }
  return codes;
}

/** The bits of a float32 → its bf16 code: adds half a step, or a little less if the kept part is even, and drops the lower half. */
function bf16Code(bits: number): number {
  return ((bits >>> 0) + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}

/**
 * The bits of a float32 → its fp16 code, whose exponent field is 112 less. A number below fp16's normal ones is counted in its
 * smallest steps instead, from x, the number before it was cut to float32.
 */
function fp16Code(bits: number, x: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const size = bits & 0x7fffffff;
  if (size < 113 << 23) return sign + nearestEven(Math.abs(x) * 2 ** 24);
  return sign + Math.min(fp16.infinity, (size - (112 << 23) + 0xfff + ((size >>> 13) & 1)) >>> 13);
}
