/** The two 8-bit floats in which adapters are stored: E4M3 (no infinity) and E5M2 (the upper half of a half). */
import {decode16, fp16} from "../../memory/float16.ts";

/** An E4M3 code → its number: 4 exponent bits with bias 7, 3 of fraction; all ones are NaN. Micikevicius et al. 2022. */
export function decodeE4M3(code: number): number {
  const size = code & 0x7f;
  if (size === 0x7f) return Number.NaN;
  const field = size >> 3;
  const value = field === 0 ? (size & 7) * 2 ** -9 : (8 + (size & 7)) * 2 ** (field - 10);
  return code & 0x80 ? -value : value;
}

/** An E5M2 code → its number: the half whose lower byte is 0. */
export const decodeE5M2 = (code: number): number => decode16(code << 8, fp16);

let tables: {F8_E4M3: Float32Array; F8_E5M2: Float32Array} | undefined;

/** Bytes of 8-bit floats → their numbers, exactly. */
export function decodeBytes(codes: Uint8Array, dtype: "F8_E4M3" | "F8_E5M2"): Float32Array<ArrayBuffer> {
  tables ??= {
    F8_E4M3: Float32Array.from({length: 256}, (_, code) => decodeE4M3(code)),
    F8_E5M2: Float32Array.from({length: 256}, (_, code) => decodeE5M2(code)),
  };
  const table = tables[dtype];
  const result = new Float32Array(codes.length);
  for (let i = 0; i < result.length; i++) result[i] = table[codes[i]];
  return result;
}
