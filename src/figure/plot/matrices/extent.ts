import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {tiny} from "../text/format.ts";

/** The largest |x| of a matrix. */
export function largestOf({data}: Matrix): number {
  let largest = 0;
  for (let n = 0; n < data.length; n++) largest = Math.max(largest, Math.abs(data[n]!));
  return largest;
}

/** What stands out in a matrix that is drawn as colors, in words for readers who do not see them. */
export function extent({cols, data}: Matrix): string {
  let [low, high, zeros] = [0, 0, 0];
  for (let n = 0; n < data.length; n++) {
    if (data[n] < data[low]) low = n;
    if (data[n] > data[high]) high = n;
    if (data[n] === 0) zeros++;
  }
  if (zeros === data.length) return "every entry is 0";
  const far = data[high] + data[low] < 0 ? low : high;
  const range = `entries from ${tiny(data[low])} to ${tiny(data[high])}`;
  const most = `farthest from 0 in row ${Math.floor(far / cols) + 1}, column ${(far % cols) + 1}`;
  return `${range}, ${most}${zeros ? `, exactly 0 in ${zeros} of ${data.length}` : ""}`;
}
