/** Formats of stored weights, the rounding of each, and adapters merged into such weights and taken out again. */
import {add, type Matrix, subtract} from "../../engine/linalg/matrix.ts";
import {roundBf16, roundFp32, roundInt8} from "../../engine/memory/rounding.ts";
import {largestEntry} from "./largestEntry.ts";

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
/** The formats, from the most exact to the least. */
export const formatNames = Object.keys(storedFormats) as StoredFormat[];

/** A value for each format. */
export const ofEachFormat = <T>(f: (format: StoredFormat) => T): Record<StoredFormat, T> =>
  Object.fromEntries(formatNames.map((format) => [format, f(format)])) as Record<StoredFormat, T>;

/** W₀ + ΔW, computed in float64 and rounded once, to the format in which it is stored. */
export const mergeStored = (W0: Matrix, update: Matrix, format: StoredFormat): Matrix =>
  storedFormats[format](add(W0, update));

/**
 * Merges each update into the stored W₀ and takes it out again, one after another. Gives the base after 0, 1, … swaps, the merged
 * matrix of each swap, and the drift: max |base after n swaps − base before any|.
 */
export function storedSwaps(W0: Matrix, updates: readonly Matrix[], format: StoredFormat) {
  const bases = [storedFormats[format](W0)];
  const merged = updates.map((update, n) => {
    const W = mergeStored(bases[n]!, update, format);
    bases.push(storedFormats[format](subtract(W, update)));
    return W;
  });
  const drift = bases.map((base) => largestEntry(subtract(base, bases[0]!)));
  return {bases, merged, drift};
}
