/** Whether two numbers are the same within the tolerance, with room for the last bits of float64. */
export const isNear = (value: number, due: number, tolerance: number): boolean =>
  Math.abs(value - due) <= tolerance + 1e-9 * Math.abs(due);
