import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {
  amplification,
  basisSimilarity,
  deltaSvd,
  firstColumns,
  projectedNorm,
  similarityGrid,
  subspaceSimilarity,
} from "../../../src/engine/analysis/subspace.ts";
import {frobenius, identity, type Matrix, matmul, scale, transpose, zeros} from "../../../src/engine/linalg/matrix.ts";
import {qr} from "../../../src/engine/linalg/qr.ts";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";
import {svd} from "../../../src/engine/linalg/svd.ts";
import {truncate} from "../../../src/engine/linalg/truncate.ts";
import {deltaWeight, initLora} from "../../../src/engine/lora/lora.ts";
import {analysis} from "../analysis.ts";
import {asMatrix, distance, matrix, trainedLora} from "../fixture.ts";

const size = fc.integer({min: 1, max: 6});
const eachOf = (grid: Matrix, check: (i: number, j: number, value: number) => void) =>
  grid.data.forEach((value, at) => {
    check(Math.floor(at / grid.cols) + 1, (at % grid.cols) + 1, value);
  });

describe("φ of equation 4", () => {
  test("agrees with NumPy, and the grid with its definition", () => {
    for (const {A1, A2, grid} of analysis.similarity) {
      const ours = similarityGrid(asMatrix(A1), asMatrix(A2));
      expect(distance(ours, asMatrix(grid))).toBeLessThan(1e-12);
      eachOf(ours, (i, j, value) => {
        expect(subspaceSimilarity(asMatrix(A1), asMatrix(A2), i, j)).toBeCloseTo(value, 13);
      });
    }
  });

  test("lies in [0, 1], is symmetric, and ignores scale and rotations of the rows", () => {
    fc.assert(
      fc.property(size, size, size, fc.integer(), (r1, r2, k, seed) => {
        const random = mulberry32(seed);
        const [A1, A2] = [randn(r1, k, random), randn(r2, k, random)];
        const grid = similarityGrid(A1, A2);
        expect([grid.rows, grid.cols]).toEqual([Math.min(r1, k), Math.min(r2, k)]);
        for (const value of grid.data) expect(value >= 0 && value <= 1).toBe(true);
        expect(distance(similarityGrid(A2, A1), transpose(grid))).toBeLessThan(1e-12);
        const turned = matmul(qr(randn(r1, r1, random)).q, scale(A1, 3));
        expect(distance(similarityGrid(turned, A2), grid)).toBeLessThan(1e-6);
      }),
      {seed: 21},
    );
  });

  test("is 1 for identical subspaces or when one contains the other, and 0 when they share nothing", () => {
    const A = randn(4, 9, mulberry32(1));
    eachOf(similarityGrid(A, A), (_i, _j, value) => expect(value).toBeCloseTo(1, 13));
    const square = randn(6, 6, mulberry32(2));
    expect(subspaceSimilarity(randn(2, 6, mulberry32(3)), square, 2, 6)).toBeCloseTo(1, 13);
    expect(similarityGrid(matrix("2 0 0 0 / 0 1 0 0"), matrix("0 0 2 0 / 0 0 0 1"))).toEqual(zeros(2, 2));
  });

  test("is 1/2 for planes that share one of two directions, and 1/4 at an angle of 60°", () => {
    expect(subspaceSimilarity(matrix("2 0 0 / 0 1 0"), matrix("2 0 0 / 0 0 1"), 2, 2)).toBeCloseTo(0.5, 14);
    expect(subspaceSimilarity(matrix("1 0"), matrix(`0.5 ${Math.sqrt(0.75)}`), 1, 1)).toBeCloseTo(0.25, 14);
  });

  test("errors name the sizes", () => {
    const A = randn(2, 5, mulberry32(1));
    expect(() => subspaceSimilarity(A, A, 3, 1)).toThrow("3 columns of a 5×2 matrix; take a whole number, 1 to 2");
    expect(() => subspaceSimilarity(A, A, 1, 0)).toThrow("firstColumns: 0 columns");
    expect(() => similarityGrid(A, randn(2, 6, mulberry32(1)))).toThrow("the directions have 5 and 6 entries");
    expect(() => basisSimilarity(scale(identity(2), 1.1), identity(2))).toThrow("the columns must be orthonormal");
  });
});

describe("projections of section 7.3", () => {
  test("agree with NumPy's full decompositions", () => {
    for (const {W, B, A, alpha, r, s, onDelta, onOwn, amplification: factor} of analysis.projection) {
      const lora = {A: asMatrix(A), B: asMatrix(B), alpha, r};
      const directions = deltaSvd(lora);
      for (let i = 0; i < r; i++) expect(Math.abs(directions.s[i] - s[i])).toBeLessThan(1e-12 * s[0]);
      expect(projectedNorm(asMatrix(W), directions.u, directions.v)).toBeCloseTo(onDelta, 12);
      const own = svd(asMatrix(W));
      expect(projectedNorm(asMatrix(W), firstColumns(own.u, r), firstColumns(own.v, r))).toBeCloseTo(onOwn, 12);
      expect(amplification(asMatrix(W), lora)).toBeCloseTo(factor, 11);
    }
  });

  test("the SVD from the factors gives ΔW, also for a negative alpha", () => {
    fc.assert(
      fc.property(size, size, size, fc.constantFrom(-8, 1, 16), fc.integer(), (d, k, r, alpha, seed) => {
        const lora = trainedLora(d, k, r, alpha, mulberry32(seed));
        const directions = deltaSvd(lora);
        const delta = deltaWeight(lora);
        expect(directions.s.every((sigma) => sigma >= 0)).toBe(true);
        expect(distance(truncate(directions, r), delta)).toBeLessThan(1e-12 * Math.max(1, frobenius(delta)));
      }),
      {seed: 22},
    );
  });

  test("W's own directions keep more of it than any others, and all of them keep everything", () => {
    fc.assert(
      fc.property(size, fc.integer(), (r, seed) => {
        const random = mulberry32(seed);
        const W = randn(8, 7, random);
        const {u, s, v} = svd(W);
        const own = projectedNorm(W, firstColumns(u, r), firstColumns(v, r));
        expect(own).toBeCloseTo(Math.hypot(...s.slice(0, r)), 11);
        expect(projectedNorm(W, qr(randn(8, r, random)).q, qr(randn(7, r, random)).q)).toBeLessThan(own);
        expect(projectedNorm(W, u, v)).toBeCloseTo(frobenius(W), 11);
      }),
      {seed: 23},
    );
  });

  test("c times W's own directions have the factor c; alpha multiplies it; it is infinite where W is 0", () => {
    const W = randn(6, 5, mulberry32(7));
    const {u, s, v} = svd(W);
    const B = {rows: 6, cols: 2, data: firstColumns(u, 2).data.map((x, at) => x * s[at % 2])};
    const lora = {A: transpose(firstColumns(v, 2)), B, alpha: 6, r: 2};
    expect(amplification(W, lora)).toBeCloseTo(3, 12);
    expect(amplification(W, {...lora, alpha: 12})).toBeCloseTo(6, 12);
    expect(amplification(zeros(6, 5), lora)).toBe(Infinity);
  });

  test("a new adapter has no directions", () => {
    const lora = initLora({d: 6, k: 5, r: 2, alpha: 4}, mulberry32(1));
    expect(() => amplification(randn(6, 5, mulberry32(1)), lora)).toThrow("ΔW is zero and has no directions");
  });
});
