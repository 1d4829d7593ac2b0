import fc from "fast-check";
import {expect, test} from "vitest";
import {
  add,
  frobenius,
  fromRows,
  identity,
  matmul,
  matmulTA,
  matmulTB,
  matrix as matrixOf,
  outer,
  scale,
  subtract,
  transpose,
  zeros,
} from "../../../src/engine/linalg/matrix.ts";
import {qr} from "../../../src/engine/linalg/qr.ts";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";
import {svd} from "../../../src/engine/linalg/svd.ts";
import {asMatrix, distance, fixture, matrix} from "../fixture.ts";

const a = matrix("1 2 3 / 4 5 6");

test("a matrix is row-major", () => {
  const rows = [
    [1, 2, 3],
    [4, 5, 6],
  ];
  expect(fromRows(rows)).toEqual({rows: 2, cols: 3, data: Float64Array.of(1, 2, 3, 4, 5, 6)});
  expect(zeros(2, 1).data).toEqual(Float64Array.of(0, 0));
  expect(identity(2).data).toEqual(Float64Array.of(1, 0, 0, 1));
  expect(fromRows([])).toEqual(zeros(0, 0));
});

test("sums, multiples, transposes and outer products by hand", () => {
  expect(add(a, a)).toEqual(scale(a, 2));
  expect(subtract(a, a)).toEqual(zeros(2, 3));
  expect(transpose(a).data).toEqual(Float64Array.of(1, 4, 2, 5, 3, 6));
  expect(outer([1, 2], Float64Array.of(3, 4, 5))).toEqual(matrix("3 4 5 / 6 8 10"));
});

test("the arguments do not change", () => {
  const before = a.data.slice();
  const other = matrix("7 8 9 / 1 2 3");
  for (const f of [add, subtract, matmulTA, matmulTB]) f(a, other);
  scale(a, 3);
  transpose(a);
  matmul(a, transpose(other));
  expect(a.data).toEqual(before);
});

test("the three products agree with NumPy", () => {
  const {a, b, c, d, ab, aTc, adT} = fixture.products;
  expect(distance(matmul(asMatrix(a), asMatrix(b)), asMatrix(ab))).toBeLessThan(1e-14);
  expect(distance(matmulTA(asMatrix(a), asMatrix(c)), asMatrix(aTc))).toBeLessThan(1e-14);
  expect(distance(matmulTB(asMatrix(a), asMatrix(d)), asMatrix(adT))).toBeLessThan(1e-14);
});

test("aᵀ·b and a·bᵀ are products of transposes, for any shape", () => {
  const size = fc.integer({min: 0, max: 7});
  fc.assert(
    fc.property(size, size, size, fc.integer(), (m, n, p, seed) => {
      const random = mulberry32(seed);
      const [x, y] = [randn(m, n, random), randn(n, p, random)];
      const product = matmul(x, y);
      expect(distance(matmulTA(transpose(x), y), product)).toBeLessThan(1e-13);
      expect(distance(matmulTB(x, transpose(y)), product)).toBeLessThan(1e-13);
      expect(distance(matmul(transpose(y), transpose(x)), transpose(product))).toBeLessThan(1e-13);
    }),
    {seed: 1},
  );
});

test("the Frobenius norm agrees with NumPy, and its squares neither overflow nor underflow", () => {
  for (const {a, frobenius: expected} of fixture.matrices) {
    expect(Math.abs(frobenius(asMatrix(a)) - expected)).toBeLessThanOrEqual(1e-15 * 4 * expected);
  }
  expect(frobenius(matrix("3e-320 4e-320")) / 5e-320).toBeCloseTo(1, 3);
  expect(frobenius(matrix("3e307 4e307"))).toBe(5e307);
  expect(frobenius(zeros(0, 0))).toBe(0);
});

test("errors name the shapes and what is expected", () => {
  expect(() => matmul(zeros(4, 3), zeros(5, 2))).toThrow("matmul: (4×3)·(5×2): the inner sizes 3 and 5 must be equal");
  expect(() => matmulTA(zeros(4, 3), zeros(5, 3))).toThrow("matmulTA: (4×3)ᵀ·(5×3): the inner sizes 4 and 5");
  expect(() => matmulTB(zeros(4, 3), zeros(4, 2))).toThrow("matmulTB: (4×3)·(4×2)ᵀ: the inner sizes 3 and 2");
  expect(() => add(zeros(2, 3), zeros(3, 2))).toThrow("add: (2×3) and (3×2): the shapes must be equal");
  expect(() => subtract(zeros(2, 3), zeros(2, 2))).toThrow("subtract: (2×3) and (2×2): the shapes must be equal");
  expect(() => zeros(2.5, 1)).toThrow("zeros: the size is 2.5; it must be a whole number of at least 0");
  expect(() => zeros(1, -1)).toThrow("zeros: the size is -1");
  expect(() => fromRows([[1, 2], [3]])).toThrow("fromRows: row 1 has 1 entries, row 0 has 2; they must be equal");
});

test("matrix takes rows · cols numbers, row by row, and copies them", () => {
  const numbers = [1, 2, 3, 4, 5, 6];
  const made = matrixOf(2, 3, numbers);
  expect(made).toEqual(a);
  numbers[0] = 9;
  expect(made.data[0]).toBe(1);
  expect(matrixOf(1, 2, Float32Array.of(1, 2))).toEqual(matrix("1 2"));
  expect(() => matrixOf(3, 3, [1, 2, 3, 4])).toThrow("matrix: 3×3 takes 9 numbers, row by row; got 4");
  expect(() => matrixOf(3, 3, undefined as never)).toThrow("matrix: 3×3 takes 9 numbers, row by row; got undefined");
  expect(() => matrixOf(-1, 3, [])).toThrow("the size is -1; it must be a whole number of at least 0");
});

test("what is no matrix is refused with what it is and how to make one", () => {
  const bad: [unknown, string][] = [
    [[[1, 2]], "an array"],
    [undefined, "undefined"],
    [7, "number"],
    [{rows: 1, cols: 1}, "object"],
    [{rows: 3, cols: 3, data: new Float64Array(4)}, "3×3 with 4 numbers"],
  ];
  const functions = {frobenius, transpose, svd, qr};
  for (const [value, got] of bad) {
    const due = `expected a Matrix, got ${got}; use matrix(rows, cols, data)`;
    for (const [name, f] of Object.entries(functions)) expect(() => f(value as never)).toThrow(`${name}: ${due}`);
    for (const [name, f] of Object.entries({matmul, matmulTA, matmulTB, add, subtract}))
      for (const args of [
        [value, a],
        [a, value],
      ] as never[][])
        expect(() => f(...(args as [never, never]))).toThrow(`${name}: ${due}`);
  }
  expect(() => fromRows([1, 2] as never)).toThrow("fromRows: expected a list of rows");
});
