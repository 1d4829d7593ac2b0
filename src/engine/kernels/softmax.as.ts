/** Softmax over rows in AssemblyScript, its backward, and the cross-entropy at the end of a model. */
import {clear, divide, dot, exponentials, largest} from "./rows.as.ts";

/**
 * x (rows, columns) → probabilities in place, `stride` numbers from row to row: e = exp(scale · (x − max)), e / Σ e.
 * Causal: row i sees its first i + 1 columns, the others become 0.
 */
export function softmax(x: usize, rows: i32, columns: i32, stride: usize, causal: bool, scale: f32): void {
  for (let i = 0; i < rows; i++) {
    const visible = (<usize>(causal ? min(i + 1, columns) : columns)) << 2;
    divide(x, x + visible, exponentials(x, x + visible, largest(x, x + visible), scale));
    clear(x + visible, x + ((<usize>columns) << 2));
    x += stride << 2;
  }
}

/**
 * The backward of the causal softmax: probabilities a and their gradient da, both (n, n). Overwrites da with the
 * gradient of x: scale · a·(da − Σ a·da) up to the diagonal of each row, 0 beyond it.
 */
export function softmaxBackward(a: usize, da: usize, n: i32, scale: f32): void {
  const width = (<usize>n) << 2;
  const factors = f32x4.splat(scale);
  for (let visible: usize = 4; visible <= width; visible += 4) {
    const mean = dot(a, a + visible, da);
    const means = f32x4.splat(mean);
    let j: usize = 0;
    for (; j + 12 < visible; j += 16) {
      const centered = f32x4.mul(v128.load(a + j), f32x4.sub(v128.load(da + j), means));
      v128.store(da + j, f32x4.mul(centered, factors));
    }
    for (; j < visible; j += 4) store<f32>(da + j, load<f32>(a + j) * (load<f32>(da + j) - mean) * scale);
    clear(da + visible, da + width);
    a += width;
    da += width;
  }
}

/**
 * logits (rows, columns) → their gradient in place: (softmax − one-hot of the target) / counted in rows whose target
 * (int32) is not negative, 0 in the others. The two terms of such a row's loss, max − logit of the target and
 * Σ exp(logit − max), go to `margins` and `sums` (rows).
 */
export function crossEntropy(
  logits: usize,
  targets: usize,
  rows: i32,
  columns: i32,
  counted: f32,
  margins: usize,
  sums: usize,
): void {
  const width = (<usize>columns) << 2;
  for (let n = 0; n < rows; n++) {
    const target = load<i32>(targets);
    if (target < 0) clear(logits, logits + width);
    else {
      const hit = logits + ((<usize>target) << 2);
      const top = largest(logits, logits + width);
      store<f32>(margins, top - load<f32>(hit));
      const sum = exponentials(logits, logits + width, top, 1);
      store<f32>(sums, sum);
      divide(logits, logits + width, sum * counted);
      store<f32>(hit, load<f32>(hit) - 1 / counted);
    }
    logits += width;
    targets += 4;
    margins += 4;
    sums += 4;
  }
}
