/** The number formats of safetensors, and the conversion of tensors' bytes (little-endian) to and from numbers. */
import {bf16, fp16} from "../memory/float16.ts";
import {grouped, shown} from "../wording.ts";
import {decodeHalves, encodeHalves} from "./halves.ts";

/** The bits of a number in each format. */
const BITS = {
  BOOL: 8,
  F4: 4,
  F6_E2M3: 6,
  F6_E3M2: 6,
  U8: 8,
  I8: 8,
  F8_E5M2: 8,
  F8_E4M3: 8,
  F8_E8M0: 8,
  F8_E4M3FNUZ: 8,
  F8_E5M2FNUZ: 8,
  I16: 16,
  U16: 16,
  F16: 16,
  BF16: 16,
  I32: 32,
  U32: 32,
  F32: 32,
  C64: 64,
  F64: 64,
  I64: 64,
  U64: 64,
} as const;

/** A number format, by its name in safetensors files. */
export type Dtype = keyof typeof BITS;

/** All formats. The reference writer puts tensors of the last one first. */
export const DTYPES = Object.keys(BITS) as Dtype[];

/** Whether a value from a file is one of `DTYPES`. */
export function isDtype(name: unknown): name is Dtype {
  return typeof name === "string" && Object.hasOwn(BITS, name);
}

/** [8, 768] → "8 × 768"; [] → "a single number". Cut after 6 sizes. */
export function shapeText(shape: readonly number[]): string {
  if (shape.length === 0) return "a single number";
  return [...shape.slice(0, 6).map(grouped), ...(shape.length > 6 ? ["…"] : [])].join(" × ");
}

/** How many numbers a tensor of this shape has; 1 for []. */
export const countOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** The bytes that a tensor of this shape takes. Throws when that is not a whole number or too large for any file. */
export function bytesOf(name: string, dtype: Dtype, shape: readonly number[]): number {
  const count = shape.includes(0) ? 0 : countOf(shape);
  if (count * 64 > Number.MAX_SAFE_INTEGER)
    throw new Error(
      `safetensors: ${shown(name)} has the shape ${shapeText(shape)}; no file can hold that many numbers`,
    );
  const bytes = (count * BITS[dtype]) / 8;
  if (!Number.isInteger(bytes))
    throw new Error(
      `safetensors: ${shown(name)} has ${grouped(count)} numbers of ${BITS[dtype]} bits (${dtype}), ` +
        "which do not fill whole bytes",
    );
  return bytes;
}

/** 64-bit whole numbers as float64. Throws for one that would be rounded. */
const numbersOf64 = (integers: BigInt64Array | BigUint64Array) =>
  Float64Array.from(integers as ArrayLike<bigint>, (value) => {
    if (!Number.isSafeInteger(Number(value)))
      throw new Error(`safetensors: the whole number ${value} lies beyond ±2^53 and would be rounded`);
    return Number(value);
  });

/** How the bytes of each format become numbers. Typed arrays are little-endian on every machine that runs a browser, as files are. */
const DECODERS = new Map<Dtype, (buffer: ArrayBuffer) => ArrayLike<number>>([
  ["BOOL", (buffer) => new Uint8Array(buffer)],
  ["U8", (buffer) => new Uint8Array(buffer)],
  ["I8", (buffer) => new Int8Array(buffer)],
  ["I16", (buffer) => new Int16Array(buffer)],
  ["U16", (buffer) => new Uint16Array(buffer)],
  ["F16", (buffer) => decodeHalves(new Uint16Array(buffer), fp16)],
  ["BF16", (buffer) => decodeHalves(new Uint16Array(buffer), bf16)],
  ["I32", (buffer) => new Int32Array(buffer)],
  ["U32", (buffer) => new Uint32Array(buffer)],
  ["F32", (buffer) => new Float32Array(buffer)],
  ["F64", (buffer) => new Float64Array(buffer)],
  ["I64", (buffer) => numbersOf64(new BigInt64Array(buffer))],
  ["U64", (buffer) => numbersOf64(new BigUint64Array(buffer))],
]);

/** A tensor's bytes → its numbers. Throws for a format that has no decoder. */
function decode(dtype: Dtype, bytes: Uint8Array): ArrayLike<number> {
  const decoder = DECODERS.get(dtype);
  if (!decoder)
    throw new Error(`safetensors: ${dtype} is not turned into numbers here; ${[...DECODERS.keys()].join(", ")} are`);
  // A copy begins at offset 0, so the tensor may begin anywhere in the file. (`slice` of a Node Buffer would not copy.)
  return decoder(new Uint8Array(bytes).buffer);
}

/**
 * A tensor's bytes → its numbers, exactly. Throws for 4-, 6- and 8-bit floats, for complex numbers, and for a 64-bit
 * whole number beyond ±2⁵³.
 */
export function toFloat64(dtype: Dtype, bytes: Uint8Array): Float64Array {
  const values = decode(dtype, bytes);
  return values instanceof Float64Array ? values : new Float64Array(values);
}

/** Like `toFloat64`, but rounded to float32: exact for F32, F16, BF16 and whole numbers of up to 16 bits. */
export function toFloat32(dtype: Dtype, bytes: Uint8Array): Float32Array {
  const values = decode(dtype, bytes);
  return values instanceof Float32Array ? values : new Float32Array(values);
}

/** The floats of 16 bits and more: the formats that numbers can be written in. */
export type FloatDtype = "F64" | "F32" | "F16" | "BF16";

/** Whether a format is a float of 16 bits or more. */
export function isWideFloat(dtype: unknown): dtype is FloatDtype {
  return dtype === "F64" || dtype === "F32" || dtype === "F16" || dtype === "BF16";
}

/**
 * Numbers → the bytes of a tensor, each rounded to the nearest number of the format, ties to even. Throws for any other
 * format than F64, F32, F16 and BF16.
 */
export function toBytes(dtype: FloatDtype, values: ArrayLike<number>): Uint8Array {
  if (!isWideFloat(dtype)) throw new Error(`safetensors: expected the format F64, F32, F16 or BF16, got ${dtype}`);
  if (dtype === "F64") return new Uint8Array(new Float64Array(values).buffer);
  if (dtype === "F32") return new Uint8Array(new Float32Array(values).buffer);
  return new Uint8Array(encodeHalves(values, dtype === "F16" ? fp16 : bf16).buffer);
}
