/** Whether two numbers differ by at most the tolerance, plus rounding in the last bits of a float64. */
export const isWithinTolerance = (value: number, expected: number, tolerance: number): boolean =>
  Math.abs(value - expected) <= tolerance + 1e-9 * Math.abs(expected);
