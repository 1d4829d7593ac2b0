import fc from "fast-check";
import {expect, test} from "vitest";
import {createGramKernel, type Rows} from "../../../src/engine/kernels/gram/gramKernel.ts";
import {hex} from "../../../src/engine/kernels/gram/products.wasm.ts";
import {type Matrix, matmulTB} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {compileKernels} from "../../../src/tools/kernels.ts";
import {randomFloats} from "./paths.ts";

const refuse = () => {
  throw new Error("Refused to compile");
};
const kernels = [createGramKernel(), createGramKernel(refuse)];
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

test("the bytes in the repository are those that the locked compiler makes of the source", async () => {
  expect(Buffer.from(await compileKernels("gram/products")).toString("hex")).toBe(hex);
});

test("one of the two kernels is compiled and the other is not", () => {
  expect(kernels.map(({path}) => path)).toEqual(["simd", "plain"]);
});

test.each(kernels)("$path: products of any rows and widths, odd ones and those above one block", (kernel) => {
  const sizes = fc.tuple(fc.integer({min: 0, max: 13}), fc.integer({min: 0, max: 11}));
  const width = fc.oneof(fc.integer({min: 0, max: 40}), fc.constantFrom(1023, 1024, 1025, 2051));
  fc.assert(
    fc.property(sizes, width, fc.integer(), ([p, q], n, seed) => {
      const random = mulberry32(seed);
      const [x, y] = [randomFloats(p, n, random), randomFloats(q, n, random)];
      expectProduct(kernel.cross(rows(x), rows(y)), x, y);
      const gram = kernel.gram(rows(x));
      expectProduct(gram, x, x);
      for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) expect(gram.data[i * p + j]).toBe(gram.data[j * p + i]);
    }),
    {seed: 2, numRuns: 150},
  );
});

test.each(kernels)("$path: float64 rows keep their digits", (kernel) => {
  const data = Float64Array.of(1, 1e-12, 1, -1e-12);
  expect(kernel.gram({rows: 2, cols: 2, data}).data[1]).toBe(1 - 1e-24);
});

test.each(kernels)("$path: NaN stays in its row and column", (kernel) => {
  const x = rows(randomFloats(6, 2050, mulberry32(4)));
  x.data[3 * 2050 + 1500] = Number.NaN;
  const {data} = kernel.gram(x);
  for (let i = 0; i < 36; i++) expect(Number.isNaN(data[i])).toBe(Math.floor(i / 6) === 3 || i % 6 === 3);
  // The next product on the same memory is clean.
  const y = randomFloats(3, 1030, mulberry32(5));
  expectProduct(kernel.gram(rows(y)), y, y);
});

test.each(kernels)("$path: refuses rows that are not what they say", (kernel) => {
  const x = rows(randomFloats(2, 3, mulberry32(1)));
  expect(() => kernel.cross(x, rows(randomFloats(2, 4, mulberry32(1))))).toThrow("the widths 3 and 4 must be equal");
  expect(() => kernel.gram({rows: 2, cols: 2, data: new Float32Array(3)})).toThrow("got 2×2 with 3 numbers");
  expect(() => kernel.gram(undefined as unknown as Rows)).toThrow("got undefined");
});
