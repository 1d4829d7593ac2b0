/** The largest |x| of a matrix. Drawings have the same in plot/matrices/extent.ts, which models may not import. */
export function largestEntry({data}: {data: Float64Array}): number {
  let largest = 0;
  for (let n = 0; n < data.length; n++) largest = Math.max(largest, Math.abs(data[n]!));
  return largest;
}
