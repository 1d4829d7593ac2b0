/**
 * The two 16-bit floats: fp16 (IEEE 754 binary16, 10 fraction bits) and bf16 (the upper half of a float32, 7 fraction
 * bits). A code is the 16 bits as a whole number. Rounding is to the nearest, ties to even, in one step from float64.
 */
import {exponentOf, powerOfTwo} from "../linalg/exponent.ts";

/** The parameters of a 16-bit float format. */
export interface Float16 {
  /** The stored bits of the significand. */
  fraction: number;
  /** The exponent of the smallest normal number, 2^minExponent. Below it the step is always 2^(minExponent − fraction). */
  minExponent: number;
  /** The code of +Infinity: all exponent bits set. */
  infinity: number;
}

/** 11 significant bits, up to 65,504: half precision. */
export const fp16: Float16 = {fraction: 10, minExponent: -14, infinity: 0x7c00};

/** 8 significant bits over the range of float32: a float32 with its lower half rounded away. */
export const bf16: Float16 = {fraction: 7, minExponent: -126, infinity: 0x7f80};

const SIGN = 0x8000;

/** 1.5 · 2⁵²: adding and subtracting it rounds |x| < 2⁵¹ to a whole number, ties to even. */
const ROUNDER = 6755399441055744;

/** The nearest whole number to x (|x| < 2⁵¹), ties to even; −0 becomes 0. */
export function nearestEven(x: number): number {
  return x + ROUNDER - ROUNDER;
}

/**
 * x → its 16-bit code. Numbers half a step or more above the largest become ±Infinity, −0 stays −0, and every NaN
 * becomes the one with only the top fraction bit set.
 */
export function encode16(x: number, {fraction, minExponent, infinity}: Float16): number {
  if (Number.isNaN(x)) return infinity + powerOfTwo(fraction - 1);
  const sign = x < 0 || Object.is(x, -0) ? SIGN : 0;
  const size = Math.abs(x);
  if (size === 0) return sign;
  if (size === Infinity) return sign + infinity;
  const exponent = Math.max(minExponent, exponentOf(size));
  const steps = nearestEven(size * powerOfTwo(fraction - exponent));
  // The leading bit of a normal number is not stored; it adds 1 to the exponent field here, and so does a carry.
  return sign + Math.min(infinity, (exponent - minExponent) * powerOfTwo(fraction) + steps);
}

/** A 16-bit code → its number, exactly. */
export function decode16(code: number, {fraction, minExponent, infinity}: Float16): number {
  const sign = code & SIGN ? -1 : 1;
  const size = code & (SIGN - 1);
  if (size >= infinity) return size === infinity ? sign * Infinity : Number.NaN;
  const field = size >> fraction;
  const rest = size & (powerOfTwo(fraction) - 1);
  if (field === 0) return sign * rest * powerOfTwo(minExponent - fraction);
  return sign * (rest + powerOfTwo(fraction)) * powerOfTwo(field - 1 + minExponent - fraction);
}
