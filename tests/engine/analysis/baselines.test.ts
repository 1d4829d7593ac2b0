import {expect, test} from "vitest";
import models from "../../../content/paper/models.json" with {type: "json"};
import table7 from "../../../content/paper/table-7.json" with {type: "json"};
import {randomDirections, randomPair} from "../../../src/engine/analysis/baselines.ts";
import {expectedProjection, expectedSimilarity, similarityDeviation} from "../../../src/engine/analysis/chance.ts";
import {projectedNorm, similarityGrid} from "../../../src/engine/analysis/subspace.ts";
import {frobenius} from "../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";
import {skewness} from "../fixture.ts";

/** Mean of the samples, and the standard error of that mean. */
function meanOf(samples: readonly number[]): {mean: number; error: number} {
  const mean = samples.reduce((sum, x) => sum + x, 0) / samples.length;
  const variance = samples.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (samples.length - 1);
  return {mean, error: Math.sqrt(variance / samples.length)};
}

test("φ of random pairs has the mean and the variance of the formulas, within four standard errors", () => {
  const random = mulberry32(6);
  const grids = Array.from({length: 600}, () => {
    const {A1, A2} = randomPair(4, 16, 32, random);
    return similarityGrid(A1, A2).data;
  });
  for (const i of [1, 2, 3, 4])
    for (const j of [1, 2, 4, 9, 16]) {
      const [mean, variance] = [expectedSimilarity(i, j, 32), similarityDeviation(i, j, 32) ** 2];
      const values = grids.map((data) => data[(i - 1) * 16 + j - 1]);
      const [ofMean, ofVariance] = [meanOf(values), meanOf(values.map((value) => (value - mean) ** 2))];
      expect(ofMean.error).toBeLessThan(0.01);
      expect(Math.abs(ofMean.mean - mean)).toBeLessThan(4 * ofMean.error);
      expect(ofVariance.error).toBeLessThan(0.15 * variance);
      expect(Math.abs(ofVariance.mean - variance)).toBeLessThan(4 * ofVariance.error);
    }
});

test("at j = k, φ is 1 without any deviation, because every direction lies in the whole space", () => {
  expect([expectedSimilarity(3, 32, 32), similarityDeviation(3, 32, 32), similarityDeviation(1, 1, 1)]).toEqual([
    1, 0, 0,
  ]);
  const {A1, A2} = randomPair(3, 32, 32, mulberry32(2));
  expect(similarityGrid(A1, A2).data[2 * 32 + 31]).toBeCloseTo(1, 12);
});

test("random directions keep r² / (d·k) of W's squared norm on average, within four standard errors", () => {
  const [d, k, r] = [24, 18, 3];
  const random = mulberry32(5);
  const W = randn(d, k, random);
  const squares = Array.from({length: 400}, () => {
    const {u, v} = randomDirections(d, k, r, random);
    return projectedNorm(W, u, v) ** 2;
  });
  const {mean, error} = meanOf(squares);
  const due = expectedProjection(frobenius(W), r, d, k) ** 2;
  expect(error).toBeLessThan(0.1 * due);
  expect(Math.abs(mean - due)).toBeLessThan(4 * error);
});

test("the Random column of Table 7 follows from ‖W_q‖_F and the width alone", () => {
  const width = models.dimensions.find(({model}) => model === "GPT-3 175B")?.dModel ?? 0;
  const rows = table7.rows.filter(({directionsOf}) => directionsOf === "Random");
  const expected = rows.map(({normWq, rank}) => expectedProjection(normWq, rank, width, width));
  expect(expected.map((value) => value.toFixed(4))).toEqual(["0.0202", "0.3227"]);
  rows.forEach(({projNorm}, i) => {
    expect(Math.abs(projNorm - expected[i])).toBeLessThan(0.01);
  });
});

test("random directions are orthonormal, the same for the same seed, and at most as many as the dimensions", () => {
  const {u, v} = randomDirections(9, 7, 4, mulberry32(1));
  expect(skewness(u)).toBeLessThan(1e-13);
  expect(skewness(v)).toBeLessThan(1e-13);
  expect(randomDirections(9, 7, 4, mulberry32(1))).toEqual({u, v});
  expect(randomPair(2, 3, 5, mulberry32(1))).toEqual(randomPair(2, 3, 5, mulberry32(1)));
  expect(() => randomDirections(9, 3, 4, mulberry32(1))).toThrow("qr: the matrix is 3×4");
});
