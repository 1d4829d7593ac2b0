import {expect, test} from "vitest";
import {nearestCosines} from "../../../src/engine/analysis/intruders.ts";
import {add, matmulTB, scale} from "../../../src/engine/linalg/matrix.ts";
import {qr} from "../../../src/engine/linalg/qr.ts";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";
import {svd} from "../../../src/engine/linalg/svd.ts";
import {matrix} from "../fixture.ts";

test("an unchanged or scaled weight has its own directions", () => {
  const W = randn(7, 5, mulberry32(1));
  for (const tuned of [W, scale(W, -3)])
    for (const cosine of nearestCosines(W, tuned, 5)) expect(cosine).toBeCloseTo(1, 12);
});

test("a strong new direction comes first, with its own cosines", () => {
  const random = mulberry32(2);
  const W = randn(8, 6, random);
  const [x, y] = [qr(randn(8, 1, random)).q, qr(randn(6, 1, random)).q];
  const {u} = svd(W);
  const due = Math.max(
    ...Array.from({length: u.cols}, (_, j) =>
      Math.abs(x.data.reduce((sum, value, i) => sum + value * u.data[i * u.cols + j], 0)),
    ),
  );
  const [first, second] = nearestCosines(W, add(W, scale(matmulTB(x, y), 1e9)), 2);
  expect(first).toBeCloseTo(due, 6);
  expect(due).toBeLessThan(0.9);
  expect(second).toBeGreaterThan(0);
});

test("an equal mix of two of W's directions has a cosine of 0.71 with the nearest", () => {
  for (const cosine of nearestCosines(matrix("2 0 / 0 1"), matrix("2 1 / 2 -1"), 2))
    expect(cosine).toBeCloseTo(Math.SQRT1_2, 12);
});

test("errors name the shapes, or the count", () => {
  const [W, square] = [randn(2, 3, mulberry32(1)), randn(3, 3, mulberry32(1))];
  expect(() => nearestCosines(W, randn(3, 2, mulberry32(1)), 1)).toThrow("W is 2×3 and the tuned weight 3×2");
  expect(() => nearestCosines(square, square, 4)).toThrow("firstColumns: 4 columns");
});
