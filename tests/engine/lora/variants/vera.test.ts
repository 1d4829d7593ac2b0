import {expect, test} from "vitest";
import {frobenius} from "../../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../../src/engine/linalg/random.ts";
import {numericalRank} from "../../../../src/engine/linalg/spectrum.ts";
import {svd} from "../../../../src/engine/linalg/svd.ts";
import {countLora} from "../../../../src/engine/lora/counts.ts";
import {
  countVera,
  D_INITIAL,
  initVera,
  sharedMatrices,
  type Vera,
  veraBackward,
  veraDelta,
} from "../../../../src/engine/lora/variants/vera.ts";
import {analysis} from "../../analysis.ts";
import {expectGradient} from "../../differences.ts";
import {asMatrix, distance} from "../../fixture.ts";

function trained(d: number, k: number, r: number, seed: number): Vera {
  const random = mulberry32(seed);
  const shared = sharedMatrices({d, k, r}, random);
  return {...shared, b: randn(1, d, random).data, d: randn(1, r, random).data};
}

test("ΔW agrees with NumPy", () => {
  const {A, B, b, d, delta} = analysis.vera;
  const vera = {A: asMatrix(A), B: asMatrix(B), b: Float64Array.from(b), d: Float64Array.from(d)};
  expect(distance(veraDelta(vera), asMatrix(delta))).toBeLessThan(1e-13);
});

test("it starts at ΔW = 0 with b = 0 and d = 0.1, and all layers share A and B", () => {
  const shared = sharedMatrices({d: 6, k: 5, r: 3}, mulberry32(1));
  const [one, other] = [initVera(shared), initVera(shared)];
  expect(frobenius(veraDelta(one))).toBe(0);
  expect(one.d).toEqual(new Float64Array(3).fill(D_INITIAL));
  expect(other.A).toBe(one.A);
  expect(other.b).not.toBe(one.b);
  expect(sharedMatrices({d: 6, k: 5, r: 3}, mulberry32(1))).toEqual(shared);
});

test("A and B are uniform within √(6 / fan_in), variance 2 / fan_in", () => {
  const {A, B} = sharedMatrices({d: 300, k: 200, r: 50}, mulberry32(2));
  for (const matrix of [A, B]) {
    const bound = Math.sqrt(6 / matrix.cols);
    const largest = Math.max(...matrix.data.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(bound);
    expect(largest).toBeGreaterThan(0.99 * bound);
    const variance = frobenius(matrix) ** 2 / matrix.data.length;
    expect(Math.abs((variance * matrix.cols) / 2 - 1)).toBeLessThan(0.05);
  }
});

test("ΔW has rank r, and a zero in b turns an output off", () => {
  const vera = trained(8, 7, 3, 3);
  vera.b[2] = 0;
  const delta = veraDelta(vera);
  expect(numericalRank(svd(delta).s, 8, 7)).toBe(3);
  expect(delta.data.subarray(14, 21).every((entry) => entry === 0)).toBe(true);
});

test("the gradients of b and d agree with finite differences", () => {
  const vera = trained(6, 5, 3, 4);
  const loss = () => frobenius(veraDelta(vera)) ** 2 / 2;
  const {db, dd} = veraBackward(vera, veraDelta(vera));
  expect(Math.min(Math.hypot(...db), Math.hypot(...dd))).toBeGreaterThan(0.1);
  expectGradient(db, loss, vera.b);
  expectGradient(dd, loss, vera.d);
});

test("it trains L·(d + r) parameters, LoRA 2·L·d·r", () => {
  const shapes = [{d: 1024, k: 1024, copies: 48}];
  expect(countVera(shapes, 256)).toBe(48 * (1024 + 256));
  expect(countLora(shapes, 8) / countVera(shapes, 256)).toBe((2 * 1024 * 8) / (1024 + 256));
  expect(countVera([{d: 7, k: 3}], 2)).toBe(9);
});

test("the error names the shapes", () => {
  const vera = trained(6, 5, 3, 7);
  expect(() => veraDelta({...vera, b: new Float64Array(5)})).toThrow("vera: 5 factors for the 6 rows of a 6×5 matrix");
});
