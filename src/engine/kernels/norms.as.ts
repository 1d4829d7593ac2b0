/** RMS norm, ReLU and their backwards, in AssemblyScript. All rows are contiguous. */
import {dot} from "./rows.as.ts";

/** y = gain ⊙ x·ρ with ρ = 1/√(mean of x² over the row + 1e-5). x, y (rows, columns), gain (columns), ρ (rows). */
export function rmsNorm(x: usize, gain: usize, y: usize, inverse: usize, rows: i32, columns: i32): void {
  const width = (<usize>columns) << 2;
  for (let n = 0; n < rows; n++) {
    const rho = <f32>1 / sqrt<f32>(dot(x, x + width, x) / <f32>columns + 1e-5);
    store<f32>(inverse, rho);
    const factors = f32x4.splat(rho);
    let c: usize = 0;
    for (; c + 12 < width; c += 16)
      v128.store(y + c, f32x4.mul(f32x4.mul(v128.load(x + c), factors), v128.load(gain + c)));
    for (; c < width; c += 4) store<f32>(y + c, load<f32>(x + c) * rho * load<f32>(gain + c));
    x += width;
    y += width;
    inverse += 4;
  }
}

/**
 * dx += ρ·(g − x·ρ²·(g·x) / columns) with g = dy ⊙ gain, and dgain += Σ dy ⊙ x·ρ; address 0 means that there is no
 * dgain. Overwrites dy with g.
 */
export function rmsNormBackward(
  dy: usize,
  x: usize,
  gain: usize,
  inverse: usize,
  dx: usize,
  dgain: usize,
  rows: i32,
  columns: i32,
): void {
  const width = (<usize>columns) << 2;
  for (let n = 0; n < rows; n++) {
    const rho = load<f32>(inverse);
    const rhos = f32x4.splat(rho);
    let c: usize = 0;
    if (dgain) {
      for (; c + 12 < width; c += 16) {
        const term = f32x4.mul(f32x4.mul(v128.load(dy + c), v128.load(x + c)), rhos);
        v128.store(dgain + c, f32x4.add(v128.load(dgain + c), term));
      }
      for (; c < width; c += 4)
        store<f32>(dgain + c, load<f32>(dgain + c) + load<f32>(dy + c) * load<f32>(x + c) * rho);
    }
    for (c = 0; c + 12 < width; c += 16) v128.store(dy + c, f32x4.mul(v128.load(dy + c), v128.load(gain + c)));
    for (; c < width; c += 4) store<f32>(dy + c, load<f32>(dy + c) * load<f32>(gain + c));
    const back = (dot(dy, dy + width, x) * rho * rho) / <f32>columns;
    const backs = f32x4.splat(back);
    for (c = 0; c + 12 < width; c += 16) {
      const along = f32x4.mul(backs, v128.load(x + c));
      const term = f32x4.mul(rhos, f32x4.sub(v128.load(dy + c), along));
      v128.store(dx + c, f32x4.add(v128.load(dx + c), term));
    }
    for (; c < width; c += 4) {
      const term = rho * (load<f32>(dy + c) - back * load<f32>(x + c));
      store<f32>(dx + c, load<f32>(dx + c) + term);
    }
    dy += width;
    x += width;
    dx += width;
    inverse += 4;
  }
}

/** x → max(x, 0) in place, in whole groups of four, since the heap pads every array. */
export function relu(x: usize, length: i32): void {
  const zero = f32x4.splat(0);
  const end = x + ((<usize>length) << 2);
  for (; x < end; x += 16) v128.store(x, f32x4.max(v128.load(x), zero));
}

/** Sets dy to 0 where y, the output of the ReLU, is not above 0. */
export function reluBackward(dy: usize, y: usize, length: i32): void {
  const zero = f32x4.splat(0);
  const end = dy + ((<usize>length) << 2);
  for (; dy < end; dy += 16) {
    v128.store(dy, v128.and(v128.load(dy), f32x4.gt(v128.load(y), zero)));
    y += 16;
  }
}
