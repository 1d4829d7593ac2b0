/** Softmax over rows in AssemblyScript, four numbers at a time. */

/**
 * x (rows, columns) → probabilities in place, `stride` numbers from row to row: exp(x − max) / Σ exp(x − max).
 * Causal: row i sees its first i + 1 columns, the others become 0.
 */
export function softmax(x: usize, rows: i32, columns: i32, stride: usize, causal: bool): void {
  for (let i = 0; i < rows; i++) {
    const seen = (<usize>(causal ? min(i + 1, columns) : columns)) << 2;
    row(x, x + seen);
    memory.fill(x + seen, 0, ((<usize>columns) << 2) - seen);
    x += stride << 2;
  }
}

function row(start: usize, end: usize): void {
  const quads = end - 12;
  let largest = f32x4.splat(-Infinity);
  let x = start;
  for (; x < quads; x += 16) largest = f32x4.max(largest, v128.load(x));
  for (; x < end; x += 4) largest = f32x4.max(largest, v128.load32_splat(x));
  const top = f32x4.splat(
    max(
      max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1)),
      max(f32x4.extract_lane(largest, 2), f32x4.extract_lane(largest, 3)),
    ),
  );
  let sums = f32x4.splat(0);
  for (x = start; x < quads; x += 16) {
    const e = exp4(f32x4.sub(v128.load(x), top));
    v128.store(x, e);
    sums = f32x4.add(sums, e);
  }
  let sum =
    f32x4.extract_lane(sums, 0) +
    f32x4.extract_lane(sums, 1) +
    (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
  for (; x < end; x += 4) {
    const e = f32x4.extract_lane(exp4(f32x4.sub(v128.load32_splat(x), top)), 0);
    store<f32>(x, e);
    sum += e;
  }
  const all = f32x4.splat(sum);
  for (x = start; x < quads; x += 16) v128.store(x, f32x4.div(v128.load(x), all));
  for (; x < end; x += 4) store<f32>(x, load<f32>(x) / sum);
}

/**
 * eˣ of four x ≤ 0, 0 below −87, within 2 units of the last place. x = k·log 2 + r with |r| ≤ ½·log 2; the
 * polynomial for eʳ and the two parts of log 2 are those of Cephes' expf (Moshier, 1989).
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
