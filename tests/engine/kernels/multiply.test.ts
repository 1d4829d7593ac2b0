import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {block, columns, type MultiplyOptions} from "../../../src/engine/kernels/kernels.ts";
import {type Matrix, matmul, transpose} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {checksum, hash, KEPT} from "./checksum.ts";
import {between, paths, place, randomFloats, read} from "./paths.ts";

const UNIT = 2 ** -24;

/** |ours − product| ≤ (K + 2) · 2⁻²⁴ · (|a|·|b| + |c|): the rounding of K products, their sum and one more addition. */
function expectProduct(ours: Matrix, a: Matrix, b: Matrix, before: Matrix | undefined): void {
  const size = (m: Matrix): Matrix => ({...m, data: m.data.map(Math.abs)});
  const [product, most] = [matmul(a, b), matmul(size(a), size(b))];
  const excess = product.data.map((value, i) => {
    const start = before?.data[i] ?? 0;
    return Math.abs(ours.data[i] - (value + start)) - (a.cols + 2) * UNIT * (most.data[i] + Math.abs(start));
  });
  expect(Math.max(...excess)).toBeLessThanOrEqual(0);
}

for (const {path, heap, kernels} of paths()) {
  describe(path, () => {
    const start = heap.mark();

    function expectRight(M: number, K: number, N: number, product: MultiplyOptions, apart: number, seed: number): void {
      heap.release(start);
      const random = mulberry32(seed);
      const [a, b, before] = [randomFloats(M, K, random), randomFloats(K, N, random), randomFloats(M, N, random)];
      const left = place(heap, product.transposeA ? transpose(a) : a, apart);
      const right = place(heap, product.transposeB ? transpose(b) : b, apart);
      const into = place(heap, before, apart);
      const behind = heap.floats(16).fill(7);
      kernels.multiply(left, right, into, product);
      expectProduct(read(into), a, b, product.add ? before : undefined);
      expect(read(left)).toEqual(product.transposeA ? transpose(a) : a);
      expect(read(right)).toEqual(product.transposeB ? transpose(b) : b);
      expect([...between(left), ...between(right), ...between(into)].every((x) => x === 1e9)).toBe(true);
      expect(behind.every((x) => x === 7)).toBe(true);
    }

    test("is the path of the kernels", () => expect(kernels.path).toBe(path));

    test("agrees with float64 on any shape, plain, transposed, added, in wider blocks", () => {
      const [few, more] = [fc.integer({min: 1, max: 17}), fc.integer({min: 1, max: 33})];
      const product = fc.record({transposeA: fc.boolean(), transposeB: fc.boolean(), add: fc.boolean()});
      fc.assert(
        fc.property(fc.tuple(few, more, few), product, fc.nat(5), fc.integer(), (size, product, apart, seed) =>
          expectRight(...size, product, apart, seed),
        ),
        {seed: 1, numRuns: 400},
      );
    });

    test("agrees when rows, depth and columns exceed one band, one block and one panel", () => {
      for (const transposeA of [false, true]) {
        for (const transposeB of [false, true]) {
          expectRight(261, 259, 12, {transposeA, transposeB}, 0, 3);
          expectRight(258, 513, 3, {transposeA, transposeB, add: true}, 3, 4);
        }
      }
    });

    test("works on some columns of a wider block and does not change the others", () => {
      heap.release(start);
      const random = mulberry32(5);
      const [a, b] = [randomFloats(9, 12, random), randomFloats(4, 6, random)];
      const [wide, right, into] = [place(heap, a), place(heap, b), block(heap, 9, 20)];
      kernels.multiply(columns(wide, 4, 4), right, columns(into, 7, 6));
      const part = {rows: 9, cols: 4, data: a.data.filter((_, i) => i % 12 >= 4 && i % 12 < 8)};
      expectProduct(read(columns(into, 7, 6)), part, b, undefined);
      expect([...into.data].filter((x, i) => x !== 0 && !(i % 20 >= 7 && i % 20 < 13))).toEqual([]);
    });

    test("keeps NaN and infinities", () => {
      heap.release(start);
      const a = place(heap, {rows: 1, cols: 2, data: Float64Array.of(Number.NaN, 1)});
      const b = place(heap, {rows: 2, cols: 2, data: Float64Array.of(1, 2, 3, Infinity)});
      const c = block(heap, 2, 2);
      kernels.multiply(a, b, {...c, rows: 1});
      expect([...c.data]).toEqual([Number.NaN, Number.NaN, 0, 0]);
      kernels.multiply(b, b, c);
      expect([...c.data]).toEqual([7, Infinity, Infinity, Infinity]);
    });

    test("errors name the shapes", () => {
      heap.release(start);
      const [a, b, c] = [block(heap, 2, 3), block(heap, 4, 5), block(heap, 2, 5)];
      expect(() => kernels.multiply(a, b, c)).toThrow("multiply: (2×3)·(4×5) into 2×5: the inner sizes");
      expect(() => kernels.multiply(a, {...b, rows: 3}, {...c, rows: 1})).toThrow("into 1×5");
      expect(() => kernels.multiply({...a, cols: 0}, {...b, rows: 0}, c)).toThrow("multiply: the size is 2 × 0");
      expect(() => kernels.multiply({...a, rows: 0}, {...b, rows: 3}, {...c, rows: 0})).toThrow("size is 0 × 3");
      const foreign = {...a, data: new Float32Array(6)};
      expect(() => kernels.multiply(foreign, {...b, rows: 3}, c)).toThrow("a block of another memory");
      const short = {...a, data: a.data.subarray(1)};
      expect(() => kernels.multiply(short, {...b, rows: 3}, c)).toThrow("multiply: 2 rows of 3, 3 apart, need 6");
      expect(() => kernels.multiply({...a, stride: 2}, {...b, rows: 3}, c)).toThrow("2 rows of 3, 2 apart");
      expect(() => columns(a, 2, 2)).toThrow("columns: 2 to 3 of a block that has 0 to 2");
      expect(() => block(heap, 0, 4)).toThrow("block: the size is 0 × 4");
    });
  });
}

test("the bits do not depend on the tile: a single column has the bits of the whole product, and the hash is fixed", () => {
  const [{heap, kernels}] = paths();
  const random = mulberry32(6);
  const [a, b] = [place(heap, randomFloats(53, 300, random)), place(heap, randomFloats(300, 29, random))];
  const [whole, part] = [block(heap, 53, 29), block(heap, 53, 1)];
  kernels.multiply(a, b, whole);
  for (let j = 0; j < 29; j++) {
    kernels.multiply(a, columns(b, j, 1), part);
    expect(read(part)).toEqual(read(columns(whole, j, 1)));
  }
  expect(hash(whole.data)).toBe("13dd2294");
});

test("the checksum that browsers must give too (tests/e2e/figures/kernels.spec.ts)", () => {
  expect(checksum()).toEqual({path: "simd", bits: KEPT});
});
