/** Rounding to the formats that weights are stored in: the codes that are stored and the values that are read back. */
import {bf16, decode16, encode16, type Float16, fp16, nearestEven} from "./float16.ts";

/** x (n) in a format: `codes`, the whole numbers that are stored, and `values` (n), the numbers that are read back. */
export interface Rounding<Codes> {
  values: Float64Array;
  codes: Codes;
}

/** Codes relative to a largest magnitude; `scales` holds one for each row or block. */
export interface ScaledRounding<Codes> extends Rounding<Codes> {
  scales: Float64Array;
}

type Floats = Float64Array | Float32Array;

function roundWith(x: Floats, format: Float16): Rounding<Uint16Array> {
  const codes = Uint16Array.from(x, (value) => encode16(value, format));
  return {values: Float64Array.from(codes, (code) => decode16(code, format)), codes};
}

/** Rounds x (n) to fp32, 24 significant bits, as `Math.fround` does. NaN and ±Infinity stay. */
export function roundFp32(x: Floats): Rounding<Uint32Array> {
  const float32 = Float32Array.from(x);
  return {values: Float64Array.from(float32), codes: new Uint32Array(float32.buffer)};
}

/**
 * Rounds x (n) to fp16: 11 significant bits from 2⁻¹⁴ to 65,504, steps of 2⁻²⁴ below, ±Infinity from 65,520 on.
 * NaN and ±Infinity stay.
 */
export function roundFp16(x: Floats): Rounding<Uint16Array> {
  return roundWith(x, fp16);
}

/**
 * Rounds x (n) to bf16: 8 significant bits over the range of float32 (2⁻¹²⁶ to 3.39e38), steps of 2⁻¹³³ below.
 * NaN and ±Infinity stay.
 */
export function roundBf16(x: Floats): Rounding<Uint16Array> {
  return roundWith(x, bf16);
}

/** 127 times a larger number could exceed the range of float64. */
const MAX_MAGNITUDE = 1e300;

/** The largest |x[i]| for from ≤ i < to. Throws when a value is not finite or beyond ±1e300; the message says which. */
export function largestMagnitude(what: string, x: Floats, from: number, to: number): number {
  let largest = 0;
  for (let i = from; i < to; i++) {
    const size = Math.abs(x[i]);
    if (!(size <= MAX_MAGNITUDE))
      throw new Error(`${what}: value ${i} (counted from 0) is ${x[i]}; it must be finite and within ±1e300`);
    largest = Math.max(largest, size);
  }
  return largest;
}

/**
 * Rounds x (rows × cols, row-major) to int8, each row with its own scale m = max |x|. A number gets the code 127·x / m,
 * rounded with ties to even, and is read back as code / 127 · m. Absmax quantization, Dettmers et al. 2022
 * (LLM.int8()), equation 1. For float32 weights m is a float32 number, 4 bytes a row. A row of zeros has scale 0.
 * Throws when a value is not finite or beyond ±1e300, or when x does not fill whole rows.
 */
export function roundInt8(x: Floats, cols: number): ScaledRounding<Int8Array> {
  const rows = x.length === 0 ? 0 : x.length / cols;
  if (!Number.isInteger(rows) || !Number.isInteger(cols) || cols < 0)
    throw new Error(`int8: ${x.length} values do not fill whole rows of ${cols}`);
  const result = {values: new Float64Array(x.length), codes: new Int8Array(x.length), scales: new Float64Array(rows)};
  for (let row = 0; row < rows; row++) {
    const [from, to] = [row * cols, (row + 1) * cols];
    const scale = largestMagnitude("int8", x, from, to);
    result.scales[row] = scale;
    if (scale === 0) continue;
    for (let i = from; i < to; i++) {
      const code = nearestEven((127 * x[i]) / scale);
      result.codes[i] = code;
      result.values[i] = (code / 127) * scale;
    }
  }
  return result;
}
