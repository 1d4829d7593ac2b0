import {add, type Matrix, subtract} from "../../engine/linalg/matrix.ts";
import {largestEntry} from "./largestEntry.ts";
import {type StoredFormat, storedFormats} from "./storedFormats.ts";

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
