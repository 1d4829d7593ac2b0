/**
 * exp, log, sin and cos from + − × ÷ √ alone. The built-in ones may differ in the last digit between browsers; these
 * give the same bits everywhere, within 1 ulp of the true value. The reductions, polynomials and coefficients are from
 * fdlibm (Sun Microsystems 1993, freely distributable).
 */
import {exponentOf, powerOfTwo} from "./exponent.ts";

/** log 2 as HIGH + LOW. HIGH has 33 significant bits, so k · HIGH is exact for every exponent k. */
const LOG2_HIGH = 0.6931471803691238;
const LOG2_LOW = 1.9082149292705877e-10;

/** eˣ; Infinity above 709.79, 0 below −745.14. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  const k = Math.round(x / Math.LN2);
  const high = x - k * LOG2_HIGH;
  const low = k * LOG2_LOW;
  const t = high - low;
  const z = t * t;
  const p =
    0.16666666666666602 +
    z *
      (-0.0027777777777015593 + z * (6.613756321437934e-5 + z * (-1.6533902205465252e-6 + z * 4.1381367970572385e-8)));
  const c = t - z * p;
  const y = 1 - (low - (t * c) / (2 - c) - high);
  const half = Math.trunc(k / 2);
  return y * powerOfTwo(half) * powerOfTwo(k - half);
}

/** Natural logarithm; −Infinity at 0, NaN below. */
export function log(x: number): number {
  if (Number.isNaN(x) || x < 0) return Number.NaN;
  if (x === 0) return -Infinity;
  if (x === Infinity) return x;
  let k = exponentOf(x);
  const half = Math.trunc(k / 2);
  let mantissa = x * powerOfTwo(-half) * powerOfTwo(half - k);
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    k += 1;
  }
  const f = mantissa - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const square = 0.5 * f * f;
  return k * LOG2_HIGH - (square - (s * (square + even + odd) + k * LOG2_LOW) - f);
}

/** π/2 as a sum of four. The first three have 33 bits each, so their products with n below 2²⁰ are exact. */
const HALF_PI = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21, 8.4784276603689e-32];
const TWO_OVER_PI = 0.6366197723675814;
const LARGEST_ANGLE = 1e6;

/** x = n · π/2 + (high + low), |high| at most a little above π/4 → high, low and the quarter n mod 4. */
function reduce(name: string, x: number): {quarter: number; high: number; low: number} {
  if (!(Math.abs(x) <= LARGEST_ANGLE)) throw new Error(`${name}: the angle is ${x}; it must lie within ±1,000,000`);
  const n = Math.round(x * TWO_OVER_PI);
  let high = x;
  let low = 0;
  for (const part of HALF_PI) {
    const product = n * part;
    const difference = high - product;
    const back = difference - high;
    low += high - (difference - back) - (product + back);
    high = difference;
  }
  return {quarter: n & 3, high, low};
}

/** sin(high + low) for |high| ≤ π/4. */
function sinNearZero(high: number, low: number): number {
  const z = high * high;
  const cube = z * high;
  const p =
    0.00833333333332249 +
    z *
      (-0.0001984126982985795 + z * (2.7557313707070068e-6 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)));
  return high - (z * (0.5 * low - cube * p) - low - cube * -0.16666666666666632);
}

/** cos(high + low) for |high| ≤ π/4. */
function cosNearZero(high: number, low: number): number {
  const z = high * high;
  const p =
    z *
    (0.0416666666666666 +
      z *
        (-0.001388888888887411 +
          z *
            (2.480158728947673e-5 +
              z * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + (z * p - high * low));
}

/** Sine of x radians. Throws beyond ±1,000,000. */
export function sin(x: number): number {
  const {quarter, high, low} = reduce("sin", x);
  const value = quarter % 2 === 0 ? sinNearZero(high, low) : cosNearZero(high, low);
  return quarter < 2 ? value : -value;
}

/** Cosine of x radians. Throws beyond ±1,000,000. */
export function cos(x: number): number {
  const {quarter, high, low} = reduce("cos", x);
  const value = quarter % 2 === 0 ? cosNearZero(high, low) : sinNearZero(high, low);
  return quarter === 0 || quarter === 3 ? value : -value;
}
