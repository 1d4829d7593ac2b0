/** The range of a matrix's entries, as a number and in words. */
import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {twoDigits} from "../text/format.ts";

/** The largest |x| of a matrix. */
export function largestAbs({data}: Matrix): number {
  let largest = 0;
  for (let n = 0; n < data.length; n++) largest = Math.max(largest, Math.abs(data[n]!));
  return largest;
}

/**
 * A matrix in words, for readers who do not see the colors in which it is drawn: its range, the entry farthest from 0, and how many
 * entries are 0.
 */
export function extentText({cols, data}: Matrix): string {
  let [lowAt, highAt, zeros] = [0, 0, 0];
  for (let n = 0; n < data.length; n++) {
    if (data[n] < data[lowAt]) lowAt = n;
    if (data[n] > data[highAt]) highAt = n;
    if (data[n] === 0) zeros++;
  }
  if (zeros === data.length) return "every entry is 0";
  const farAt = data[highAt] + data[lowAt] < 0 ? lowAt : highAt;
  const range = `entries from ${twoDigits(data[lowAt])} to ${twoDigits(data[highAt])}`;
  const farthest = `farthest from 0 in row ${Math.floor(farAt / cols) + 1}, column ${(farAt % cols) + 1}`;
  return `${range}, ${farthest}${zeros ? `, exactly 0 in ${zeros} of ${data.length}` : ""}`;
}
