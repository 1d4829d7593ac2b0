import fc from "fast-check";
import {expect, test} from "vitest";
import {createGramKernel, type Rows} from "../../../src/engine/kernels/gram/gramKernel.ts";
import {type Matrix, matmulTB} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {randomFloats} from "./paths.ts";

const {gram, cross} = createGramKernel();
const rows = ({rows, cols, data}: Matrix): Rows => ({rows, cols, data: Float32Array.from(data)});

/** |ours − product| ≤ n · 2⁻⁵² · |x|·|y|ᵀ: float64 sums, however long. */
function expectProduct(ours: Matrix, x: Matrix, y: Matrix): void {
  const size = (m: Matrix): Matrix => ({...m, data: m.data.map(Math.abs)});
  const [product, most] = [matmulTB(x, y), matmulTB(size(x), size(y))];
  expect([ours.rows, ours.cols]).toEqual([x.rows, y.rows]);
  const excess = product.data.map(
    (value, i) => Math.abs(ours.data[i] - value) - (x.cols + 2) * 2 ** -52 * most.data[i],
  );
  expect(Math.max(0, ...excess)).toBe(0);
}

test("products of any rows and widths", () => {
  const sizes = fc.tuple(fc.integer({min: 0, max: 13}), fc.integer({min: 0, max: 11}));
  fc.assert(
    fc.property(sizes, fc.integer({min: 0, max: 40}), fc.integer(), ([p, q], n, seed) => {
      const random = mulberry32(seed);
      const [x, y] = [randomFloats(p, n, random), randomFloats(q, n, random)];
      expectProduct(cross(rows(x), rows(y)), x, y);
      const product = gram(rows(x));
      expectProduct(product, x, x);
      for (let i = 0; i < p; i++)
        for (let j = 0; j < p; j++) expect(product.data[i * p + j]).toBe(product.data[j * p + i]);
    }),
    {seed: 2, numRuns: 150},
  );
});

test("float64 rows keep their digits", () => {
  const data = Float64Array.of(1, 1e-12, 1, -1e-12);
  expect(gram({rows: 2, cols: 2, data}).data[1]).toBe(1 - 1e-24);
});

test("NaN stays in its row and column", () => {
  const x = rows(randomFloats(6, 50, mulberry32(4)));
  x.data[3 * 50 + 15] = Number.NaN;
  const {data} = gram(x);
  for (let i = 0; i < 36; i++) expect(Number.isNaN(data[i])).toBe(Math.floor(i / 6) === 3 || i % 6 === 3);
});

test("refuses rows that are not what they say", () => {
  const x = rows(randomFloats(2, 3, mulberry32(1)));
  expect(() => cross(x, rows(randomFloats(2, 4, mulberry32(1))))).toThrow("the widths 3 and 4 must be equal");
  expect(() => gram({rows: 2, cols: 2, data: new Float32Array(3)})).toThrow("got 2×2 with 3 numbers");
  expect(() => gram(undefined as unknown as Rows)).toThrow("got undefined");
});
