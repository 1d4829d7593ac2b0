import fc from "fast-check";
import {expect, test} from "vitest";
import {frobenius, type Matrix, matmulTB, scale, zeros} from "../../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../../src/engine/linalg/random.ts";
import {initLora, type Lora, merge} from "../../../../src/engine/lora/lora.ts";
import {
  columnLengths,
  type Dora,
  doraBackward,
  doraCount,
  doraWeight,
  initDora,
} from "../../../../src/engine/lora/variants/dora.ts";
import {analysis, finiteDifferences} from "../../analysis.ts";
import {asMatrix, distance} from "../../fixture.ts";

/** As after some training: magnitudes, A and B all moved. */
function trained(d: number, k: number, r: number, random: () => number): Dora {
  const lora: Lora = {A: randn(r, k, random), B: randn(d, r, random), alpha: 6, r};
  return {W0: randn(d, k, random), lora, m: Float64Array.from({length: k}, () => 0.5 + random())};
}

test("the weight agrees with NumPy", () => {
  const {W0, B, A, alpha, r, m, weight} = analysis.dora;
  const dora = {W0: asMatrix(W0), lora: {A: asMatrix(A), B: asMatrix(B), alpha, r}, m: Float64Array.from(m)};
  expect(distance(doraWeight(dora), asMatrix(weight))).toBeLessThan(1e-13);
});

test("it starts as W0; a fresh adapter adds k magnitudes to LoRA's count", () => {
  const random = mulberry32(1);
  const W0 = randn(7, 5, random);
  const dora = initDora(W0, initLora({d: 7, k: 5, r: 2, alpha: 8}, random));
  expect(distance(doraWeight(dora), W0)).toBeLessThan(1e-15 * frobenius(W0));
  expect(doraCount(7, 5, 2)).toBe(dora.lora.A.data.length + dora.lora.B.data.length + dora.m.length);
});

test("column j is m[j] long and points where W0 + ΔW does: magnitude and direction are apart", () => {
  const dora = trained(6, 4, 2, mulberry32(2));
  const weight = doraWeight(dora);
  columnLengths(weight).forEach((length, j) => {
    expect(length).toBeCloseTo(dora.m[j], 13);
  });
  const twice = {...dora, m: dora.m.map((value) => 2 * value)};
  expect(distance(doraWeight(twice), scale(weight, 2))).toBeLessThan(1e-14);
  const merged = merge(dora.W0, dora.lora);
  const grown = {...dora, W0: scale(dora.W0, 3), lora: {...dora.lora, alpha: 18}};
  expect(distance(doraWeight(grown), weight)).toBeLessThan(1e-14);
  expect(distance(doraWeight({...dora, m: columnLengths(merged)}), merged)).toBeLessThan(1e-14);
});

/** Half the squared output of a layer on fixed inputs, and its gradient by W′: ∂L/∂W′ = W′·xᵀ·x, x (N,K). */
function layerLoss(dora: Dora, x: Matrix): number {
  return frobenius(matmulTB(x, doraWeight(dora))) ** 2 / 2;
}

test("the gradients agree with finite differences", () => {
  fc.assert(
    fc.property(fc.integer({min: 2, max: 5}), fc.integer({min: 1, max: 5}), fc.integer(), (d, k, seed) => {
      const random = mulberry32(seed);
      const dora = trained(d, k, 2, random);
      const x = randn(3, k, random);
      const {dm, dA, dB} = doraBackward(dora, gradientOf(dora, x));
      const loss = () => layerLoss(dora, x);
      for (const [values, gradient] of [
        [dora.m, dm],
        [dora.lora.A.data, dA.data],
        [dora.lora.B.data, dB.data],
      ]) {
        const numeric = finiteDifferences(loss, values);
        const size = Math.hypot(...gradient);
        expect(Math.hypot(...gradient.map((g, i) => g - numeric[i]))).toBeLessThan(1e-6 * Math.max(1, size));
      }
    }),
    {seed: 24, numRuns: 40},
  );
});

function gradientOf(dora: Dora, x: Matrix): Matrix {
  const y = matmulTB(x, doraWeight(dora));
  const G = zeros(dora.W0.rows, dora.W0.cols);
  for (let n = 0; n < x.rows; n++) {
    for (let at = 0; at < G.data.length; at++)
      G.data[at] += y.data[n * y.cols + Math.floor(at / G.cols)] * x.data[n * x.cols + (at % G.cols)];
  }
  return G;
}

test("a gradient along the column itself reaches its magnitude, not A and B", () => {
  const dora = trained(6, 4, 2, mulberry32(5));
  const G = doraWeight(dora);
  const {dm, dA, dB} = doraBackward(dora, G);
  expect(frobenius(dA) + frobenius(dB)).toBeLessThan(1e-13);
  dm.forEach((gradient, j) => {
    expect(gradient).toBeCloseTo(dora.m[j], 13);
  });
});

test("a zero column has no direction", () => {
  const W0 = randn(3, 2, mulberry32(1));
  W0.data[1] = W0.data[3] = W0.data[5] = 0;
  expect(() => initDora(W0, initLora({d: 3, k: 2, r: 1, alpha: 1}, mulberry32(1)))).toThrow(
    "dora: column 1 (counted from 0) is zero and has no direction",
  );
});
