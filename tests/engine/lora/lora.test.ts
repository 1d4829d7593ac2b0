import fc from "fast-check";
import {expect, test} from "vitest";
import {frobenius, matmul, scale, transpose, zeros} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";
import {numericalRank} from "../../../src/engine/linalg/spectrum.ts";
import {svd} from "../../../src/engine/linalg/svd.ts";
import {deltaWeight, initLora, merge, scaling, unmerge} from "../../../src/engine/lora/lora.ts";
import {asMatrix, distance, fixture, trainedLora} from "../fixture.ts";

const size = fc.integer({min: 1, max: 8});
const alphas = fc.double({min: 0.1, max: 64, noNaN: true});

test("ΔW and the merged weight agree with NumPy", () => {
  const {W0, B, A, alpha, r, deltaWeight: delta, merged} = fixture.lora;
  const lora = {A: asMatrix(A), B: asMatrix(B), alpha, r};
  expect(distance(deltaWeight(lora), asMatrix(delta))).toBeLessThan(1e-13);
  expect(distance(merge(asMatrix(W0), lora), asMatrix(merged))).toBeLessThan(1e-13);
});

test("a new adapter changes nothing: B = 0, so ΔW = 0 and merging returns W0, exactly", () => {
  fc.assert(
    fc.property(size, size, size, alphas, fc.integer(), (d, k, r, alpha, seed) => {
      const random = mulberry32(seed);
      const lora = initLora({d, k, r, alpha}, random);
      const W0 = randn(d, k, random);
      expect(deltaWeight(lora).data.every((entry) => entry === 0)).toBe(true);
      expect(merge(W0, lora)).toEqual(W0);
    }),
    {seed: 10},
  );
});

test("A starts with deviation 1/√k, so A·x varies as much as x", () => {
  const {A, B, alpha, r} = initLora({d: 30, k: 400, r: 100, alpha: 16}, mulberry32(1));
  expect([A.rows, A.cols, B.rows, B.cols, alpha, r]).toEqual([100, 400, 30, 100, 16, 100]);
  expect(B).toEqual(zeros(30, 100));
  const variance = frobenius(A) ** 2 / (100 * 400);
  expect(Math.abs(variance * 400 - 1)).toBeLessThan(4 * Math.sqrt(2 / 40_000));
  const x = randn(400, 1, mulberry32(2));
  expect(frobenius(matmul(A, x)) ** 2 / 100).toBeCloseTo(frobenius(x) ** 2 / 400, 0);
});

test("alpha / r scales ΔW: twice alpha is twice the update", () => {
  const lora = trainedLora(5, 4, 2, 8, mulberry32(3));
  expect(scaling(lora)).toBe(4);
  expect(deltaWeight({...lora, alpha: 16})).toEqual(scale(deltaWeight(lora), 2));
  expect(distance(deltaWeight({...lora, alpha: 2}), matmul(lora.B, lora.A))).toBe(0);
});

test("unmerging undoes merging, and neither changes its arguments", () => {
  fc.assert(
    fc.property(size, size, size, alphas, fc.integer(), (d, k, r, alpha, seed) => {
      const random = mulberry32(seed);
      const lora = trainedLora(d, k, r, alpha, random);
      const W0 = randn(d, k, random);
      const before = structuredClone({W0, lora});
      const W = merge(W0, lora);
      expect(distance(unmerge(W, lora), W0)).toBeLessThanOrEqual(1e-15 * (frobenius(W) + frobenius(W0)));
      expect({W0, lora}).toEqual(before);
    }),
    {seed: 11},
  );
});

test("ΔW has rank at most r, and exactly r when the factors are random", () => {
  fc.assert(
    fc.property(size, size, size, fc.integer(), (d, k, r, seed) => {
      const {s} = svd(deltaWeight(trainedLora(d, k, r, 16, mulberry32(seed))));
      expect(numericalRank(s, d, k)).toBeLessThanOrEqual(Math.min(r, d, k));
    }),
    {seed: 12},
  );
  const {s} = svd(deltaWeight(trainedLora(12, 10, 4, 16, mulberry32(5))));
  expect(numericalRank(s, 12, 10)).toBe(4);
});

test("errors name the shapes and what is expected", () => {
  const lora = trainedLora(6, 5, 2, 16, mulberry32(4));
  const noRank = "lora: r is 0; the rank must be a whole number of at least 1";
  expect(() => scaling({...lora, r: 0})).toThrow(noRank);
  expect(() => deltaWeight({A: zeros(0, 5), B: zeros(6, 0), alpha: 16, r: 0})).toThrow(noRank);
  expect(() => initLora({d: 6, k: 5, r: 0, alpha: 16}, mulberry32(1))).toThrow(noRank);
  expect(() => initLora({d: 6, k: 5, r: 1.5, alpha: 16}, mulberry32(1))).toThrow("lora: r is 1.5");
  expect(() => deltaWeight({...lora, A: zeros(3, 5)})).toThrow("lora: A is 3×5; at r = 2 it needs 2 rows");
  expect(() => deltaWeight({...lora, B: zeros(6, 3)})).toThrow("lora: B is 6×3; at r = 2 it needs 2 columns");
  expect(() => merge(zeros(5, 6), lora)).toThrow("merge: the weight is 5×6, the update is 6×5");
  expect(() => unmerge(zeros(6, 6), lora)).toThrow("unmerge: the weight is 6×6, the update is 6×5");
});

test("where the base stores a weight as k × d, ΔW is turned: square weights too", () => {
  for (const [d, k] of [
    [6, 5],
    [5, 5],
  ] as const) {
    const random = mulberry32(d);
    const lora = trainedLora(d, k, 2, 16, random);
    const W0 = randn(d, k, random);
    const turned = {...lora, transposed: true};
    const merged = merge(transpose(W0), turned);
    expect(merged).toEqual(transpose(merge(W0, lora)));
    expect(unmerge(merged, turned)).toEqual(transpose(unmerge(merge(W0, lora), lora)));
  }
  const lora = {...trainedLora(6, 5, 2, 16, mulberry32(4)), transposed: true};
  expect(() => merge(zeros(6, 5), lora)).toThrow("merge: the weight is 6×5, the update is 5×6");
});

test("merging refuses DoRA, and errors begin with the module's name", () => {
  const lora = {...trainedLora(6, 5, 2, 16, mulberry32(4)), name: "layers.0.q_proj"};
  const magnitude = new Float64Array(6).fill(1);
  expect(() => merge(zeros(6, 5), {...lora, magnitude})).toThrow("merge: layers.0.q_proj is a DoRA module");
  expect(() => deltaWeight({...lora, A: zeros(3, 5)})).toThrow("layers.0.q_proj: A is 3×5; at r = 2 it needs 2 rows");
});
