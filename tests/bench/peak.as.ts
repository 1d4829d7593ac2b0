/**
 * What the processor can do at most: twelve sums in registers, each times a number plus a number, nothing loaded or
 * stored. Twelve chains keep the units busy while each waits for its own last result. The two numbers are arguments:
 * constants would be written into registers anew in every round.
 */
export function spin(rounds: i32, factor: f32, term: f32): f32 {
  const times = f32x4.splat(factor);
  const plus = f32x4.splat(term);
  let a = f32x4.splat(0);
  let b = f32x4.splat(0.1);
  let c = f32x4.splat(0.2);
  let d = f32x4.splat(0.3);
  let e = f32x4.splat(0.4);
  let f = f32x4.splat(0.5);
  let g = f32x4.splat(0.6);
  let h = f32x4.splat(0.7);
  let i = f32x4.splat(0.8);
  let j = f32x4.splat(0.9);
  let k = f32x4.splat(1.1);
  let l = f32x4.splat(1.2);
  for (let round = 0; round < rounds; round++) {
    a = f32x4.add(f32x4.mul(a, times), plus);
    b = f32x4.add(f32x4.mul(b, times), plus);
    c = f32x4.add(f32x4.mul(c, times), plus);
    d = f32x4.add(f32x4.mul(d, times), plus);
    e = f32x4.add(f32x4.mul(e, times), plus);
    f = f32x4.add(f32x4.mul(f, times), plus);
    g = f32x4.add(f32x4.mul(g, times), plus);
    h = f32x4.add(f32x4.mul(h, times), plus);
    i = f32x4.add(f32x4.mul(i, times), plus);
    j = f32x4.add(f32x4.mul(j, times), plus);
    k = f32x4.add(f32x4.mul(k, times), plus);
    l = f32x4.add(f32x4.mul(l, times), plus);
  }
  const abc = f32x4.add(f32x4.add(a, b), c);
  const def = f32x4.add(f32x4.add(d, e), f);
  const ghi = f32x4.add(f32x4.add(g, h), i);
  const jkl = f32x4.add(f32x4.add(j, k), l);
  return f32x4.extract_lane(f32x4.add(f32x4.add(abc, def), f32x4.add(ghi, jkl)), 0);
}
