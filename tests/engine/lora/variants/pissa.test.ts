import fc from "fast-check";
import {expect, test} from "vitest";
import {frobenius, matmulTA, matmulTB} from "../../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../../src/engine/linalg/random.ts";
import {tail} from "../../../../src/engine/linalg/spectrum.ts";
import {svd} from "../../../../src/engine/linalg/svd.ts";
import {deltaWeight, merge} from "../../../../src/engine/lora/lora.ts";
import {initPissa, principalFactors} from "../../../../src/engine/lora/variants/pissa.ts";
import {analysis} from "../../analysis.ts";
import {asMatrix, distance} from "../../fixture.ts";

test("B·A is NumPy's principal part, and the residual has the other singular values", () => {
  const {W0, r, product, s} = analysis.pissa;
  const {lora, residual} = initPissa(asMatrix(W0), r);
  expect(distance(deltaWeight(lora), asMatrix(product))).toBeLessThan(1e-13 * s[0]);
  const left = svd(residual).s;
  for (let i = 0; i < s.length - r; i++) expect(Math.abs(left[i] - s[r + i])).toBeLessThan(1e-12 * s[0]);
  for (let i = s.length - r; i < s.length; i++) expect(left[i]).toBeLessThan(1e-13 * s[0]);
});

test("at the start residual + B·A is W0, up to the rounding of one addition", () => {
  const size = fc.integer({min: 1, max: 8});
  fc.assert(
    fc.property(size, size, size, fc.integer(), (d, k, r, seed) => {
      const W0 = randn(d, k, mulberry32(seed));
      const {lora, residual} = initPissa(W0, Math.min(r, d, k));
      expect(distance(merge(residual, lora), W0)).toBeLessThanOrEqual(1e-15 * frobenius(W0));
      expect(Math.abs(frobenius(residual) - tail(svd(W0).s, lora.r))).toBeLessThan(1e-12 * frobenius(W0));
    }),
    {seed: 25},
  );
});

test("the singular values are split evenly: BᵀB = AAᵀ, diagonal", () => {
  const W = randn(7, 6, mulberry32(1));
  const {A, B} = principalFactors(W, 3);
  expect(distance(matmulTA(B, B), matmulTB(A, A))).toBeLessThan(1e-13);
  expect(matmulTA(B, B).data[4]).toBeCloseTo(svd(W).s[1], 12);
  expect(Math.abs(matmulTA(B, B).data[1])).toBeLessThan(1e-13);
});

test("a rank that the weight does not have throws", () => {
  expect(() => initPissa(randn(4, 3, mulberry32(1)), 4)).toThrow("pissa: r is 4; a 4×3 weight");
  expect(() => initPissa(randn(4, 3, mulberry32(1)), 0)).toThrow("pissa: r is 0");
});
