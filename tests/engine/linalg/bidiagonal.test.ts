import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {type Bidiagonal, bidiagonalize} from "../../../src/engine/linalg/bidiagonal.ts";
import {diagonalize} from "../../../src/engine/linalg/diagonalize.ts";
import {frobenius, identity, type Matrix, matmul, matmulTB, outer, zeros} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";
import {distance, skewness} from "../fixture.ts";

/** u · B · vᵀ. */
function product({u, diagonal, above, v}: Bidiagonal): Matrix {
  const n = diagonal.length;
  const b = zeros(n, n);
  diagonal.forEach((value, i) => {
    b.data[i * n + i] = value;
    if (i + 1 < n) b.data[i * n + i + 1] = above[i];
  });
  return matmulTB(matmul(u, b), v);
}

function expectFactors(factors: Bidiagonal, a: Matrix): void {
  expect(skewness(factors.u)).toBeLessThanOrEqual(1e-12);
  expect(skewness(factors.v)).toBeLessThanOrEqual(1e-12);
  expect(distance(product(factors), a)).toBeLessThanOrEqual(1e-13 * frobenius(a));
}

describe("bidiagonalize", () => {
  test("a = u·B·vᵀ with orthogonal u and v, for any size and rank", () => {
    fc.assert(
      fc.property(fc.nat(11), fc.nat(11), fc.integer(), (n, rank, seed) => {
        const random = mulberry32(seed);
        const a = matmul(randn(n, rank, random), randn(rank, n, random));
        expectFactors(bidiagonalize(a), a);
      }),
      {seed: 23, numRuns: 200},
    );
  });

  test("a matrix of zeros, or with equal columns, works too, and the argument does not change", () => {
    for (const a of [zeros(5, 5), outer([1, 2, 3, 4], [1, 1, 1, 1])]) {
      const before = a.data.slice();
      expectFactors(bidiagonalize(a), a);
      expect(a.data).toEqual(before);
    }
  });
});

describe("diagonalize", () => {
  /** Diagonalizes B, given by its diagonals, and checks that it is diagonal now and still the same matrix. */
  function turned(diagonal: number[], above: number[]): number[] {
    const n = diagonal.length;
    const start = () => ({
      u: identity(n),
      diagonal: Float64Array.from(diagonal),
      above: Float64Array.from(above),
      v: identity(n),
    });
    const factors = start();
    diagonalize(factors);
    expect(factors.above).toEqual(new Float64Array(Math.max(0, n - 1)));
    expectFactors(factors, product(start()));
    return [...factors.diagonal].map(Math.abs).sort((x, y) => y - x);
  }

  test("by hand: 3, 5 with 4 above has singular values √45 and √5", () => {
    const [first, second] = turned([3, 5], [4]);
    expect(first).toBeCloseTo(Math.sqrt(45), 13);
    expect(second).toBeCloseTo(Math.sqrt(5), 14);
  });

  test("a zero anywhere on the diagonal becomes a singular value of 0", () => {
    expect(turned([0, 1], [1])[1]).toBe(0);
    expect(turned([1, 0], [1])[1]).toBe(0);
    expect(turned([1, 2, 0, 3, 4], [1, 1, 1, 1])[4]).toBe(0);
    expect(turned([0, 0, 0], [1, 2])[2]).toBe(0);
    expect(turned([0, 0, 0, 0], [1, 1, 1, 1].slice(1))).toEqual([1, 1, 1, 0]);
  });

  test("entries from 10⁻²⁰ to 1 and zeros work in any order", () => {
    const entry = fc.oneof(
      {weight: 1, arbitrary: fc.constant(0)},
      {weight: 5, arbitrary: fc.integer({min: -20, max: 0}).map((power) => 10 ** power)},
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(entry, entry), {minLength: 1, maxLength: 14}), (pairs) => {
        turned(
          pairs.map(([d]) => d),
          pairs.slice(1).map(([, e]) => e),
        );
      }),
      {seed: 24, numRuns: 400},
    );
  });

  test("a value 10⁻¹² times the largest keeps its digits: σ₁·σ₂ is the determinant", () => {
    const [first, second] = turned([1, 1e-12], [1]);
    expect(first * second).toBeCloseTo(1e-12, 26);
  });
});
