/** Whether two numbers differ by at most the tolerance, plus rounding in the last bits of a float64. */
export const isWithinTolerance = (value: number, due: number, tolerance: number): boolean =>
  Math.abs(value - due) <= tolerance + 1e-9 * Math.abs(due);
