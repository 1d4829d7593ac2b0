/**
 * Reading the exponent of a float64, and powers of two: multiplying by one is exact. With these, numbers near 1e-300 or
 * 1e300 are scaled to near 1 before anything is squared.
 */

const view = new DataView(new ArrayBuffer(8));
const TWO_54 = 2 ** 54;

/** 2^k exactly, for whole −1022 ≤ k ≤ 1023. */
export function powerOfTwo(k: number): number {
  view.setUint32(0, (k + 1023) << 20);
  view.setUint32(4, 0);
  return view.getFloat64(0);
}

/** x (finite, not 0) → the whole number e with 2^e ≤ |x| < 2^(e + 1). */
export function exponentOf(x: number): number {
  view.setFloat64(0, x);
  const biased = (view.getUint32(0) >>> 20) & 0x7ff;
  return biased === 0 ? exponentOf(x * TWO_54) - 54 : biased - 1023;
}

/**
 * The exponent e of the largest magnitude among finite values, limited to ±1022 so that 2^e and 2^(−e) are both normal
 * numbers; 0 when all values are 0.
 */
export function largestExponent(values: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]);
    if (size > largest) largest = size;
  }
  return largest === 0 ? 0 : Math.max(-1022, Math.min(1022, exponentOf(largest)));
}

/** The Euclidean norm √Σ xᵢ² of finite values, summed in order. The squares neither overflow nor underflow. */
export function norm(values: Float64Array): number {
  const exponent = largestExponent(values);
  const factor = powerOfTwo(-exponent);
  let sum = 0;
  for (const value of values) sum += value * factor * (value * factor);
  return Math.sqrt(sum) * powerOfTwo(exponent);
}
