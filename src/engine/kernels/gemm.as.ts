/**
 * Matrix multiply in AssemblyScript with SIMD: panels of B are packed so that the inner loop reads them in order, and
 * the sums of a tile of 4 × 8 (or 8 × 4, when at most four columns are left) stay in registers. Goto and van de Geijn
 * 2008, "Anatomy of high-performance matrix multiplication", for a cache of 32 kB. There is no fused multiply-add, so
 * every machine rounds alike: entry [i, j] is Σₖ a[i, k]·b[k, j], k ascending, in blocks of DEPTH.
 */

/** How many k are done at a time: a panel of B (8 columns) then takes 8 kB. */
const DEPTH: i32 = 256;
/** How many rows are done at a time: they take 256 kB and stay in the L2 cache while the panels of B pass by. */
const BAND: i32 = 256;
/** From this many columns on, packing the rows of A once is faster than reading four of them apart for every panel. */
const WIDE: i32 = 32;
/** The bytes of one tile (32 numbers), for tiles that do not fit into c. */
const TILE: usize = 128;
const PANEL: usize = DEPTH * 8 * 4;

/** The bytes of working space that `gemm` needs on the heap. */
export function scratch(): usize {
  return TILE + PANEL + DEPTH * BAND * 4;
}

/**
 * c (M,N) = op(a)·op(b), or += with `add`; op(a) is (M,K) and op(b) is (K,N), transposed if the flags say so.
 * a, b, c are addresses in bytes; lda, ldb, ldc are the distances from one stored row to the next, in numbers.
 */
export function gemm(
  transposeA: bool,
  transposeB: bool,
  M: i32,
  N: i32,
  K: i32,
  a: usize,
  lda: usize,
  b: usize,
  ldb: usize,
  c: usize,
  ldc: usize,
  add: bool,
  work: usize,
): void {
  const panel = work + TILE;
  const strips = panel + PANEL;
  const packed = transposeA || N >= WIDE;
  lda <<= 2;
  ldb <<= 2;
  ldc <<= 2;
  for (let k = 0; k < K; k += DEPTH) {
    const depth = min(DEPTH, K - k);
    const more = add || k > 0;
    for (let top = 0; top < M; top += BAND) {
      const band = min(BAND, M - top);
      const corner = transposeA ? a + <usize>k * lda + ((<usize>top) << 2) : a + <usize>top * lda + ((<usize>k) << 2);
      if (packed) packStrips(transposeA, corner, lda, band, depth, strips);
      const rows = packed ? strips : corner;
      for (let j = 0; j < N; j += 8) {
        const width = min(8, N - j);
        const padded = width > 4 ? 8 : 4;
        for (let half = 0; half < padded; half += 4) {
          const to = panel + ((<usize>half) << 2);
          const columns = min(4, width - half);
          if (transposeB)
            packRows(b + <usize>(j + half) * ldb + ((<usize>k) << 2), ldb, columns, depth, to, padded << 2);
          else packColumns(b + <usize>k * ldb + ((<usize>(j + half)) << 2), ldb, columns, depth, to, padded << 2);
        }
        const to = c + <usize>top * ldc + ((<usize>j) << 2);
        tiles(padded === 4, packed, rows, lda, band, depth, panel, to, ldc, width, more, work);
      }
    }
  }
}

/** At most four columns of a block of `depth` rows → groups of four numbers, `step` bytes apart; missing ones are 0. */
function packColumns(from: usize, ld: usize, columns: i32, depth: i32, to: usize, step: usize): void {
  const end = to + <usize>depth * step;
  for (; to < end; to += step) {
    if (columns === 4) v128.store(to, v128.load(from));
    else gather(from, 4, columns, to);
    from += ld;
  }
}

/** `packColumns` for a transposed block: at most four rows of `depth` numbers. */
function packRows(from: usize, ld: usize, rows: i32, depth: i32, to: usize, step: usize): void {
  const end = to + <usize>depth * step;
  if (rows === 4) {
    for (; to + 3 * step < end; to += 4 * step) {
      const p = v128.load(from);
      const q = v128.load(from + ld);
      const r = v128.load(from + 2 * ld);
      const s = v128.load(from + 3 * ld);
      const pqLow = v128.shuffle<f32>(p, q, 0, 4, 1, 5);
      const pqHigh = v128.shuffle<f32>(p, q, 2, 6, 3, 7);
      const rsLow = v128.shuffle<f32>(r, s, 0, 4, 1, 5);
      const rsHigh = v128.shuffle<f32>(r, s, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f32>(pqLow, rsLow, 0, 1, 4, 5));
      v128.store(to + step, v128.shuffle<f32>(pqLow, rsLow, 2, 3, 6, 7));
      v128.store(to + 2 * step, v128.shuffle<f32>(pqHigh, rsHigh, 0, 1, 4, 5));
      v128.store(to + 3 * step, v128.shuffle<f32>(pqHigh, rsHigh, 2, 3, 6, 7));
      from += 16;
    }
  }
  for (; to < end; to += step) {
    gather(from, ld, rows, to);
    from += 4;
  }
}

/** `count` numbers, `apart` bytes from each other → four neighbors; missing ones are 0. */
function gather(from: usize, apart: usize, count: i32, to: usize): void {
  for (let i = 0; i < 4; i++) store<f32>(to + ((<usize>i) << 2), i < count ? load<f32>(from + <usize>i * apart) : 0);
}

/** `band` rows of op(a), `depth` numbers each → strips in which four rows lie side by side; missing ones are 0. */
function packStrips(transposed: bool, from: usize, ld: usize, band: i32, depth: i32, to: usize): void {
  for (let i = 0; i < band; i += 4) {
    const rows = min(4, band - i);
    if (transposed) packColumns(from + ((<usize>i) << 2), ld, rows, depth, to, 16);
    else packRows(from + <usize>i * ld, ld, rows, depth, to, 16);
    to += (<usize>depth) << 4;
  }
}

/**
 * All tiles of a band: 4 × 8, or 8 × 4 over a panel of at most four columns (`tall`). The eight sums lie in c as pairs,
 * side by side or under each other. Rows that are missing in the last tile repeat the last row and are not copied.
 * It calls no function, because a call would move all eight sums from their registers to memory and back.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: compiled to WASM; its loops are unrolled by hand, and splitting it costs calls
function tiles(
  tall: bool,
  packed: bool,
  rows: usize,
  ld: usize,
  band: i32,
  depth: i32,
  panel: usize,
  c: usize,
  ldc: usize,
  width: i32,
  add: bool,
  tile: usize,
): void {
  const height = tall ? 8 : 4;
  const columns = tall ? 4 : 8;
  // Distances in the rows of op(a), in bytes: `step` from k to k + 1, `next` from a row to the next, `four` from four rows to
  // the next four.
  const step: usize = packed ? 16 : 4;
  const end = panel + ((<usize>depth * columns) << 2);
  const next: usize = packed ? 4 : ld;
  const four: usize = packed ? (<usize>depth) << 4 : ld << 2;
  for (let i = 0; i < band; i += height) {
    const whole = width === columns && i + height <= band;
    const more = whole && add;
    // A tile that does not fit into c is computed in `tile`. In bytes: `apart` from row to row, `beside` from c00 to c01, `below`
    // from c00 to c10.
    const to = whole ? c : tile;
    const apart = whole ? ldc : (<usize>columns) << 2;
    const beside: usize = tall ? apart : 16;
    const below = tall ? apart << 1 : apart;
    // The rows of the band that follow the first row of this tile.
    const others = band - i - 1;
    let a0 = rows;
    let a1 = a0 + <usize>min(1, others) * next;
    let a2 = a0 + <usize>min(2, others) * next;
    let a3 = a0 + <usize>min(3, others) * next;
    let c00 = f32x4.splat(0);
    let c01 = f32x4.splat(0);
    let c10 = f32x4.splat(0);
    let c11 = f32x4.splat(0);
    let c20 = f32x4.splat(0);
    let c21 = f32x4.splat(0);
    let c30 = f32x4.splat(0);
    let c31 = f32x4.splat(0);
    if (tall) {
      const lower = max(0, others - 4);
      let a4 = others < 4 ? a0 : a0 + four;
      let a5 = a4 + <usize>min(1, lower) * next;
      let a6 = a4 + <usize>min(2, lower) * next;
      let a7 = a4 + <usize>min(3, lower) * next;
      for (let b = panel; b < end; b += 16) {
        const y = v128.load(b);
        c00 = f32x4.add(c00, f32x4.mul(v128.load32_splat(a0), y));
        c01 = f32x4.add(c01, f32x4.mul(v128.load32_splat(a1), y));
        c10 = f32x4.add(c10, f32x4.mul(v128.load32_splat(a2), y));
        c11 = f32x4.add(c11, f32x4.mul(v128.load32_splat(a3), y));
        c20 = f32x4.add(c20, f32x4.mul(v128.load32_splat(a4), y));
        c21 = f32x4.add(c21, f32x4.mul(v128.load32_splat(a5), y));
        c30 = f32x4.add(c30, f32x4.mul(v128.load32_splat(a6), y));
        c31 = f32x4.add(c31, f32x4.mul(v128.load32_splat(a7), y));
        a0 += step;
        a1 += step;
        a2 += step;
        a3 += step;
        a4 += step;
        a5 += step;
        a6 += step;
        a7 += step;
      }
    } else if (packed) {
      // One address serves all four rows, since there are few registers.
      for (let b = panel; b < end; b += 32) {
        const left = v128.load(b);
        const right = v128.load(b, 16);
        const x0 = v128.load32_splat(a0);
        c00 = f32x4.add(c00, f32x4.mul(x0, left));
        c01 = f32x4.add(c01, f32x4.mul(x0, right));
        const x1 = v128.load32_splat(a0, 4);
        c10 = f32x4.add(c10, f32x4.mul(x1, left));
        c11 = f32x4.add(c11, f32x4.mul(x1, right));
        const x2 = v128.load32_splat(a0, 8);
        c20 = f32x4.add(c20, f32x4.mul(x2, left));
        c21 = f32x4.add(c21, f32x4.mul(x2, right));
        const x3 = v128.load32_splat(a0, 12);
        c30 = f32x4.add(c30, f32x4.mul(x3, left));
        c31 = f32x4.add(c31, f32x4.mul(x3, right));
        a0 += 16;
      }
    } else {
      for (let b = panel; b < end; b += 32) {
        const left = v128.load(b);
        const right = v128.load(b, 16);
        const x0 = v128.load32_splat(a0);
        c00 = f32x4.add(c00, f32x4.mul(x0, left));
        c01 = f32x4.add(c01, f32x4.mul(x0, right));
        const x1 = v128.load32_splat(a1);
        c10 = f32x4.add(c10, f32x4.mul(x1, left));
        c11 = f32x4.add(c11, f32x4.mul(x1, right));
        const x2 = v128.load32_splat(a2);
        c20 = f32x4.add(c20, f32x4.mul(x2, left));
        c21 = f32x4.add(c21, f32x4.mul(x2, right));
        const x3 = v128.load32_splat(a3);
        c30 = f32x4.add(c30, f32x4.mul(x3, left));
        c31 = f32x4.add(c31, f32x4.mul(x3, right));
        a0 += 4;
        a1 += 4;
        a2 += 4;
        a3 += 4;
      }
    }
    v128.store(to, more ? f32x4.add(v128.load(to), c00) : c00);
    v128.store(to + beside, more ? f32x4.add(v128.load(to + beside), c01) : c01);
    v128.store(to + below, more ? f32x4.add(v128.load(to + below), c10) : c10);
    v128.store(to + below + beside, more ? f32x4.add(v128.load(to + below + beside), c11) : c11);
    v128.store(to + 2 * below, more ? f32x4.add(v128.load(to + 2 * below), c20) : c20);
    v128.store(to + 2 * below + beside, more ? f32x4.add(v128.load(to + 2 * below + beside), c21) : c21);
    v128.store(to + 3 * below, more ? f32x4.add(v128.load(to + 3 * below), c30) : c30);
    v128.store(to + 3 * below + beside, more ? f32x4.add(v128.load(to + 3 * below + beside), c31) : c31);
    if (!whole) copyTile(tile, apart, min(height, band - i), width, c, ldc, add);
    c += <usize>height * ldc;
    rows += tall ? four << 1 : four;
  }
}

/** Writes the part of a tile that fits into c. */
function copyTile(tile: usize, apart: usize, rows: i32, columns: i32, c: usize, ldc: usize, add: bool): void {
  for (let i = 0; i < rows; i++) {
    for (let j: usize = 0; j < (<usize>columns) << 2; j += 4) {
      const sum = load<f32>(tile + j);
      store<f32>(c + j, add ? load<f32>(c + j) + sum : sum);
    }
    tile += apart;
    c += ldc;
  }
}
