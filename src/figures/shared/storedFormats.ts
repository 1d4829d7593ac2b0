/** Formats of stored weights, and the rounding of each. */
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {roundBf16, roundFp32, roundInt8} from "../../engine/memory/rounding.ts";

/** A rounding of a matrix's values → a rounding of the matrix. */
const onMatrix =
  (values: (m: Matrix) => Float64Array) =>
  (m: Matrix): Matrix => ({...m, data: values(m)});

/** A matrix stored in each format and read back. */
export const storedFormats = {
  fp64: (m: Matrix) => m,
  fp32: onMatrix(({data}) => roundFp32(data).values),
  bf16: onMatrix(({data}) => roundBf16(data).values),
  int8: onMatrix(({data, cols}) => roundInt8(data, cols).values),
};
export type StoredFormat = keyof typeof storedFormats;
export const formatNames = Object.keys(storedFormats) as StoredFormat[];

/** A value for each format. */
export const ofEachFormat = <T>(f: (format: StoredFormat) => T): Record<StoredFormat, T> =>
  Object.fromEntries(formatNames.map((format) => [format, f(format)])) as Record<StoredFormat, T>;
