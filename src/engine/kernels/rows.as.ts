/** Loops along a row: four numbers at a time, and the last one to three singly. Addresses are in bytes. */

/** The largest number from `start` to `end`. It skips NaN, which then shows in the exponentials. */
export function largest(start: usize, end: usize): f32 {
  const quads = end - 12;
  let maxima = f32x4.splat(-Infinity);
  let x = start;
  for (; x < quads; x += 16) maxima = f32x4.pmax(maxima, v128.load(x));
  for (; x < end; x += 4) maxima = f32x4.pmax(maxima, v128.load32_splat(x));
  return max(
    max(f32x4.extract_lane(maxima, 0), f32x4.extract_lane(maxima, 1)),
    max(f32x4.extract_lane(maxima, 2), f32x4.extract_lane(maxima, 3)),
  );
}

/** x → exp(scale · (x − top)) in place → the sum. */
export function exponentials(start: usize, end: usize, top: f32, scale: f32): f32 {
  const quads = end - 12;
  const tops = f32x4.splat(top);
  const factors = f32x4.splat(scale);
  let sums = f32x4.splat(0);
  let x = start;
  for (; x < quads; x += 16) {
    const e = exp4(f32x4.mul(f32x4.sub(v128.load(x), tops), factors));
    v128.store(x, e);
    sums = f32x4.add(sums, e);
  }
  let sum = sumOfLanes(sums);
  for (; x < end; x += 4) {
    const e = f32x4.extract_lane(exp4(f32x4.mul(f32x4.sub(v128.load32_splat(x), tops), factors)), 0);
    store<f32>(x, e);
    sum += e;
  }
  return sum;
}

/** x → x / by in place. */
export function divide(start: usize, end: usize, by: f32): void {
  const quads = end - 12;
  const all = f32x4.splat(by);
  let x = start;
  for (; x < quads; x += 16) v128.store(x, f32x4.div(v128.load(x), all));
  for (; x < end; x += 4) store<f32>(x, load<f32>(x) / by);
}

/** Zeros from `start` to `end`. For rows this short, the call of `memory.fill` would take longer than the filling. */
export function clear(start: usize, end: usize): void {
  const zero = f32x4.splat(0);
  for (; start + 12 < end; start += 16) v128.store(start, zero);
  for (; start < end; start += 4) store<f32>(start, 0);
}

/** Σ a·b over the row of a. */
export function dot(a: usize, end: usize, b: usize): f32 {
  const quads = end - 12;
  let sums = f32x4.splat(0);
  for (; a < quads; a += 16) {
    sums = f32x4.add(sums, f32x4.mul(v128.load(a), v128.load(b)));
    b += 16;
  }
  let sum = sumOfLanes(sums);
  for (; a < end; a += 4) {
    sum += load<f32>(a) * load<f32>(b);
    b += 4;
  }
  return sum;
}

/** The sum of the four numbers of a vector. */
function sumOfLanes(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
}

/**
 * eˣ of four x ≤ 0, 0 below −87, within 2 units of the last place. x = k·log 2 + r with |r| ≤ ½·log 2; the
 * polynomial for e^r and the two parts of log 2 are from Cephes' expf (Moshier, 1989).
 */
function exp4(x: v128): v128 {
  const k = f32x4.nearest(f32x4.mul(x, f32x4.splat(<f32>Math.LOG2E)));
  const r = f32x4.sub(f32x4.sub(x, f32x4.mul(k, f32x4.splat(0.693359375))), f32x4.mul(k, f32x4.splat(-2.1219444e-4)));
  let p = f32x4.splat(1.98756915e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(k), i32x4.splat(127)), 23);
  return v128.andnot(f32x4.mul(p, power), f32x4.lt(x, f32x4.splat(-87)));
}
