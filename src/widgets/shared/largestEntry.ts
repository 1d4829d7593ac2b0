/** The largest |x| of a matrix. */
export const largestEntry = ({data}: {data: Float64Array}): number =>
  data.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0);
