/**
 * Products of float32 rows with float64 sums, in AssemblyScript with SIMD: X·Yᵀ for matrices of few rows and many
 * columns, as the Gram matrices of A and B need it. There is no fused multiply-add, so every machine rounds alike: entry
 * [i, j] is the sum over even columns plus the sum over odd ones, each in ascending order.
 */

/**
 * g (p,q) += x (p,n) · y (q,n)ᵀ; x, y and g are addresses in bytes, x and y float32, g float64. p and q are multiples of
 * 4, n is even. With `upper`, tiles below the diagonal are left alone; `mirror` fills them in the end.
 */
export function addProducts(x: usize, p: i32, y: usize, q: i32, n: i32, upper: bool, g: usize): void {
  const row = (<usize>n) << 2;
  const apart = (<usize>q) << 3;
  for (let i = 0; i < p; i += 4) {
    for (let j = upper ? i : 0; j < q; j += 4) {
      addTile(x + <usize>i * row, y + <usize>j * row, row, g + <usize>i * apart + ((<usize>j) << 3), apart);
    }
  }
}

/** Copies the upper triangle of g (r,r) to the lower one. */
export function mirror(g: usize, r: i32): void {
  for (let i = 1; i < r; i++) {
    for (let j = 0; j < i; j++) {
      store<f64>(g + ((<usize>(i * r + j)) << 3), load<f64>(g + ((<usize>(j * r + i)) << 3)));
    }
  }
}

/** Loads two float32 numbers as float64. */
function loadTwo(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}

/** g[0 … 3, 0 … 3] += four rows times four rows of `row` bytes each. */
function addTile(a: usize, b: usize, row: usize, g: usize, apart: usize): void {
  const a1 = a + row;
  const a2 = a1 + row;
  const a3 = a2 + row;
  const b1 = b + row;
  const b2 = b1 + row;
  const b3 = b2 + row;
  let c00 = f64x2.splat(0);
  let c01 = f64x2.splat(0);
  let c02 = f64x2.splat(0);
  let c03 = f64x2.splat(0);
  let c10 = f64x2.splat(0);
  let c11 = f64x2.splat(0);
  let c12 = f64x2.splat(0);
  let c13 = f64x2.splat(0);
  let c20 = f64x2.splat(0);
  let c21 = f64x2.splat(0);
  let c22 = f64x2.splat(0);
  let c23 = f64x2.splat(0);
  let c30 = f64x2.splat(0);
  let c31 = f64x2.splat(0);
  let c32 = f64x2.splat(0);
  let c33 = f64x2.splat(0);
  for (let at: usize = 0; at < row; at += 8) {
    const y0 = loadTwo(b + at);
    const y1 = loadTwo(b1 + at);
    const y2 = loadTwo(b2 + at);
    const y3 = loadTwo(b3 + at);
    const x0 = loadTwo(a + at);
    c00 = f64x2.add(c00, f64x2.mul(x0, y0));
    c01 = f64x2.add(c01, f64x2.mul(x0, y1));
    c02 = f64x2.add(c02, f64x2.mul(x0, y2));
    c03 = f64x2.add(c03, f64x2.mul(x0, y3));
    const x1 = loadTwo(a1 + at);
    c10 = f64x2.add(c10, f64x2.mul(x1, y0));
    c11 = f64x2.add(c11, f64x2.mul(x1, y1));
    c12 = f64x2.add(c12, f64x2.mul(x1, y2));
    c13 = f64x2.add(c13, f64x2.mul(x1, y3));
    const x2 = loadTwo(a2 + at);
    c20 = f64x2.add(c20, f64x2.mul(x2, y0));
    c21 = f64x2.add(c21, f64x2.mul(x2, y1));
    c22 = f64x2.add(c22, f64x2.mul(x2, y2));
    c23 = f64x2.add(c23, f64x2.mul(x2, y3));
    const x3 = loadTwo(a3 + at);
    c30 = f64x2.add(c30, f64x2.mul(x3, y0));
    c31 = f64x2.add(c31, f64x2.mul(x3, y1));
    c32 = f64x2.add(c32, f64x2.mul(x3, y2));
    c33 = f64x2.add(c33, f64x2.mul(x3, y3));
  }
  addRow(g, c00, c01, c02, c03);
  addRow(g + apart, c10, c11, c12, c13);
  addRow(g + 2 * apart, c20, c21, c22, c23);
  addRow(g + 3 * apart, c30, c31, c32, c33);
}

/** Four neighbors in g, each plus the two halves of its sum. */
function addRow(g: usize, c0: v128, c1: v128, c2: v128, c3: v128): void {
  addOne(g, c0);
  addOne(g + 8, c1);
  addOne(g + 16, c2);
  addOne(g + 24, c3);
}

function addOne(g: usize, c: v128): void {
  store<f64>(g, load<f64>(g) + (f64x2.extract_lane(c, 0) + f64x2.extract_lane(c, 1)));
}
