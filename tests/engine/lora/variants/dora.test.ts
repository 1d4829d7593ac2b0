import fc from "fast-check";
import {expect, test} from "vitest";
import {frobenius, matmulTA, matmulTB, scale} from "../../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../../src/engine/linalg/random.ts";
import {initLora, merge} from "../../../../src/engine/lora/lora.ts";
import {
  type Dora,
  doraBackward,
  doraCount,
  doraWeight,
  initDora,
  rowLengths,
} from "../../../../src/engine/lora/variants/dora.ts";
import {analysis} from "../../analysis.ts";
import {expectGradient} from "../../differences.ts";
import {asMatrix, distance, trainedLora} from "../../fixture.ts";

/** As after some training: magnitudes, A and B have all changed. */
function trained(d: number, k: number, r: number, random: () => number): Dora {
  const lora = trainedLora(d, k, r, 6, random);
  return {W0: randn(d, k, random), lora, m: Float64Array.from({length: d}, () => 0.5 + random())};
}

test("the weight agrees with NumPy", () => {
  const {W0, B, A, alpha, r, m, weight} = analysis.dora;
  const dora = {W0: asMatrix(W0), lora: {A: asMatrix(A), B: asMatrix(B), alpha, r}, m: Float64Array.from(m)};
  expect(distance(doraWeight(dora), asMatrix(weight))).toBeLessThan(1e-13);
});

test("it starts as W0, with d magnitudes more than LoRA: one for each output, as `lora_magnitude_vector` of PEFT", () => {
  const random = mulberry32(1);
  const W0 = randn(7, 5, random);
  const dora = initDora(W0, initLora({d: 7, k: 5, r: 2, alpha: 8}, random));
  expect(distance(doraWeight(dora), W0)).toBeLessThan(1e-15 * frobenius(W0));
  expect(dora.m).toHaveLength(7);
  expect(doraCount(7, 5, 2)).toBe(dora.lora.A.data.length + dora.lora.B.data.length + dora.m.length);
});

test("row i has length m[i] and the direction of W0 + ΔW", () => {
  const dora = trained(6, 4, 2, mulberry32(2));
  const weight = doraWeight(dora);
  rowLengths(weight).forEach((length, i) => {
    expect(length).toBeCloseTo(dora.m[i], 13);
  });
  const twice = {...dora, m: dora.m.map((value) => 2 * value)};
  expect(distance(doraWeight(twice), scale(weight, 2))).toBeLessThan(1e-14);
  const merged = merge(dora.W0, dora.lora);
  const grown = {...dora, W0: scale(dora.W0, 3), lora: {...dora.lora, alpha: 18}};
  expect(distance(doraWeight(grown), weight)).toBeLessThan(1e-14);
  expect(distance(doraWeight({...dora, m: rowLengths(merged)}), merged)).toBeLessThan(1e-14);
});

test("the gradients of L = ½‖x·W′ᵀ‖², whose ∂L/∂W′ is yᵀ·x, agree with finite differences", () => {
  fc.assert(
    fc.property(fc.integer({min: 2, max: 5}), fc.integer({min: 1, max: 5}), fc.integer(), (d, k, seed) => {
      const random = mulberry32(seed);
      const dora = trained(d, k, 2, random);
      const x = randn(3, k, random);
      const y = () => matmulTB(x, doraWeight(dora));
      const {dm, dA, dB} = doraBackward(dora, matmulTA(y(), x));
      const loss = () => frobenius(y()) ** 2 / 2;
      expectGradient(dm, loss, dora.m);
      expectGradient(dA.data, loss, dora.lora.A.data);
      expectGradient(dB.data, loss, dora.lora.B.data);
    }),
    {seed: 24, numRuns: 40},
  );
});

test("a zero row has no direction", () => {
  const W0 = randn(3, 2, mulberry32(1));
  W0.data[2] = W0.data[3] = 0;
  expect(() => initDora(W0, initLora({d: 3, k: 2, r: 1, alpha: 1}, mulberry32(1)))).toThrow("dora: row 1");
});
