/** The bytes of stored tensors → numbers: float64 for F64, and float32 for all other formats, whose numbers it has exactly. */
import type {Rows} from "../../kernels/gram/gramKernel.ts";
import {bf16, decode16, fp16} from "../../memory/float16.ts";
import {grouped, shown} from "../../wording.ts";
import {decodeHalves} from "../halves.ts";

/** The formats whose numbers are read; others are named and left alone. */
export const READABLE_DTYPES = ["F64", "F32", "F16", "BF16", "F8_E4M3", "F8_E5M2", "Q8_0"] as const;

/** A format whose numbers are read. */
export type ReadableDtype = (typeof READABLE_DTYPES)[number];

/** Whether the numbers of a format are read here. */
export const isReadable = (dtype: string): dtype is ReadableDtype =>
  (READABLE_DTYPES as readonly string[]).includes(dtype);

/** The numbers of a block of Q8_0, and its bytes: a half as the scale, then a signed byte for each number. */
const [BLOCK_NUMBERS, BLOCK_BYTES] = [32, 34];

/** The bytes that a count of numbers takes. Throws for Q8_0 unless they fill whole blocks of 32. */
export function bytesFor(name: string, dtype: ReadableDtype, count: number): number {
  if (dtype !== "Q8_0") return count * {F64: 8, F32: 4, F16: 2, BF16: 2, F8_E4M3: 1, F8_E5M2: 1}[dtype];
  if (count % BLOCK_NUMBERS !== 0)
    throw new Error(`gguf: ${shown(name)} has ${grouped(count)} numbers as Q8_0; its blocks hold ${BLOCK_NUMBERS}`);
  return (count / BLOCK_NUMBERS) * BLOCK_BYTES;
}

/** A tensor's bytes, in a buffer of their own → its numbers. Float64 stays float64. */
export function numbersOf(dtype: ReadableDtype, bytes: Uint8Array<ArrayBuffer>): Float32Array | Float64Array {
  if (dtype === "F64") return new Float64Array(bytes.buffer);
  if (dtype === "F32") return new Float32Array(bytes.buffer);
  if (dtype === "F16" || dtype === "BF16")
    return decodeHalves(new Uint16Array(bytes.buffer), dtype === "F16" ? fp16 : bf16);
  return dtype === "Q8_0" ? decodeQ8(bytes) : decodeBytes(bytes, dtype);
}

/** Q8_0 of ggml: in each block, number i is the scale times byte i. */
function decodeQ8(bytes: Uint8Array): Float32Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const blocks = bytes.length / BLOCK_BYTES;
  const codes = Uint16Array.from({length: blocks}, (_, block) => view.getUint16(block * BLOCK_BYTES, true));
  const scales = decodeHalves(codes, fp16);
  const result = new Float32Array(blocks * BLOCK_NUMBERS);
  for (let block = 0; block < blocks; block++) {
    const at = block * BLOCK_BYTES + 2;
    for (let i = 0; i < BLOCK_NUMBERS; i++) result[block * BLOCK_NUMBERS + i] = scales[block] * view.getInt8(at + i);
  }
  return result;
}

/** Zeros in the format of other numbers, float32 or float64. */
export const zerosLike = (data: Rows["data"], length: number): Rows["data"] =>
  data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);

/** The side of a tile, so small that the numbers read and those written both stay in the processor's cache. */
const TILE = 64;

/** The transpose: (rows × cols) row-major → (cols × rows), tile by tile. */
export function transposed({rows, cols, data}: Rows): Rows {
  const result = zerosLike(data, data.length);
  for (let i0 = 0; i0 < rows; i0 += TILE) {
    const i1 = Math.min(rows, i0 + TILE);
    for (let j0 = 0; j0 < cols; j0 += TILE) {
      const j1 = Math.min(cols, j0 + TILE);
      for (let j = j0; j < j1; j++) for (let i = i0; i < i1; i++) result[j * rows + i] = data[i * cols + j];
    }
  }
  return {rows: cols, cols: rows, data: result};
}

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
