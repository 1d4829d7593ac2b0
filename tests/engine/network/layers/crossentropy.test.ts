import {expect, test} from "vitest";
import {zeros} from "../../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../../src/engine/linalg/random.ts";
import {crossEntropy, crossEntropyBackward} from "../../../../src/engine/network/layers/crossentropy.ts";
import {softmax} from "../../../../src/engine/network/layers/softmax.ts";
import {expectGradient} from "../../differences.ts";
import {matrix} from "../../fixture.ts";

test("softmax of a slice sums to 1 and does not overflow", () => {
  const scores = Float64Array.of(7, 1000, 1000, -1000, 7);
  expect(softmax(scores, 1, 3)).toEqual({largest: 1000, sum: 2});
  expect(scores).toEqual(Float64Array.of(7, 0.5, 0.5, 0, 7));
});

test("equal logits lose log V; a sure right answer loses nothing, a sure wrong one the difference", () => {
  expect(crossEntropy(zeros(2, 5), Int32Array.of(0, 3)).loss).toBeCloseTo(Math.log(5), 15);
  const sure = matrix("800 0 0");
  expect(crossEntropy(sure, Int32Array.of(0)).loss).toBe(0);
  expect(crossEntropy(sure, Int32Array.of(2)).loss).toBe(800);
});

test("rows with target −1 do not count and have no gradient", () => {
  const logits = randn(3, 4, mulberry32(8));
  const targets = Int32Array.of(-1, 2, -1);
  const scored = crossEntropy(logits, targets);
  expect(scored.counted).toBe(1);
  const alone = {rows: 1, cols: 4, data: logits.data.slice(4, 8)};
  expect(scored.loss).toBe(crossEntropy(alone, Int32Array.of(2)).loss);
  const dlogits = zeros(3, 4);
  crossEntropyBackward(scored, targets, dlogits);
  expect([...dlogits.data.slice(0, 4), ...dlogits.data.slice(8)].every((entry) => entry === 0)).toBe(true);
});

test("backward agrees with differences and adds; each row's gradient sums to 0", () => {
  const logits = randn(6, 5, mulberry32(9));
  const targets = Int32Array.of(0, 4, -1, 2, 2, -1);
  const dlogits = {...zeros(6, 5), data: new Float64Array(30).fill(1)};
  crossEntropyBackward(crossEntropy(logits, targets), targets, dlogits);
  const gradient = dlogits.data.map((entry) => entry - 1);
  expectGradient(gradient, () => crossEntropy(logits, targets).loss, logits.data);
  for (let n = 0; n < 6; n++) {
    expect(Math.abs(gradient.slice(5 * n, 5 * n + 5).reduce((sum, entry) => sum + entry, 0))).toBeLessThan(1e-15);
  }
});

test("errors name the target or the lengths", () => {
  expect(() => crossEntropy(zeros(1, 3), Int32Array.of(3))).toThrow("crossEntropy: target 3 in row 0");
  expect(() => crossEntropy(zeros(1, 3), Int32Array.of(-2))).toThrow("target -2 in row 0");
  expect(() => crossEntropy(zeros(2, 3), Int32Array.of(1))).toThrow("crossEntropy: 1 targets for 2 rows of logits");
  expect(() => crossEntropy(zeros(1, 3), Int32Array.of(-1))).toThrow("every target is −1; at least one row must count");
});
