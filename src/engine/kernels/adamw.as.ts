/**
 * One step of AdamW over a whole buffer, in AssemblyScript; `optimizer.ts` has the equations. `shrink` multiplies the
 * gradients and `factors` the rate, take1 = 1 − beta1, take2 = 1 − beta2, and scale1 = 1 / (1 − beta1ᵗ) and
 * scale2 = 1 / √(1 − beta2ᵗ) correct for moments that start at 0. It works in whole groups of four, since the heap pads
 * every array.
 */
export function adamw(
  params: usize,
  grads: usize,
  m: usize,
  v: usize,
  factors: usize,
  length: i32,
  shrink: f32,
  rate: f32,
  beta1: f32,
  take1: f32,
  beta2: f32,
  take2: f32,
  scale1: f32,
  scale2: f32,
  eps: f32,
  weightDecay: f32,
): void {
  const end = params + ((<usize>length) << 2);
  while (params < end) {
    const g = f32x4.mul(v128.load(grads), f32x4.splat(shrink));
    const rates = f32x4.mul(v128.load(factors), f32x4.splat(rate));
    const m1 = f32x4.add(f32x4.mul(f32x4.splat(beta1), v128.load(m)), f32x4.mul(f32x4.splat(take1), g));
    const v1 = f32x4.add(f32x4.mul(f32x4.splat(beta2), v128.load(v)), f32x4.mul(f32x4.splat(take2), f32x4.mul(g, g)));
    v128.store(m, m1);
    v128.store(v, v1);
    const root = f32x4.add(f32x4.mul(f32x4.sqrt(v1), f32x4.splat(scale2)), f32x4.splat(eps));
    const step = f32x4.div(f32x4.mul(m1, f32x4.splat(scale1)), root);
    const p = v128.load(params);
    const change = f32x4.mul(rates, f32x4.add(f32x4.mul(p, f32x4.splat(weightDecay)), step));
    v128.store(params, f32x4.sub(p, change));
    params += 16;
    grads += 16;
    m += 16;
    v += 16;
    factors += 16;
  }
}
