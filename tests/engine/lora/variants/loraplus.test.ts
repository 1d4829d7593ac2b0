import {expect, test} from "vitest";
import {frobenius, type Matrix, matmulTA, matmulTB, scale, subtract} from "../../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../../src/engine/linalg/random.ts";
import {deltaWeight, initLora, type Lora, scaling} from "../../../../src/engine/lora/lora.ts";
import {loraPlusRates} from "../../../../src/engine/lora/variants/loraplus.ts";
import {distance, trainedLora} from "../../fixture.ts";

/** One step of gradient descent on ⟨G, ΔW⟩, each factor at its own rate. */
function step(lora: Lora, G: Matrix, rates: (name: string) => number): Lora {
  const s = scaling(lora);
  const [dA, dB] = [scale(matmulTA(lora.B, G), s), scale(matmulTB(G, lora.A), s)];
  return {
    ...lora,
    A: subtract(lora.A, scale(dA, rates("layers.0.Wq.A"))),
    B: subtract(lora.B, scale(dB, rates("layers.0.Wq.B"))),
  };
}

test("B learns λ times as fast as A, on every matrix", () => {
  const rates = loraPlusRates({rate: 0.002, ratio: 16});
  expect(["layers.0.Wq.A", "layers.3.W2.A"].map(rates)).toEqual([0.002, 0.002]);
  expect(["layers.0.Wq.B", "layers.3.W2.B"].map(rates)).toEqual([0.032, 0.032]);
  const equal = loraPlusRates({rate: 0.01, ratio: 1});
  expect(equal("Wq.A")).toBe(equal("Wq.B"));
});

test("from B = 0 the first step is LoRA's at λ times the rate: only B moves", () => {
  const lora = initLora({d: 6, k: 5, r: 2, alpha: 4}, mulberry32(1));
  const G = randn(6, 5, mulberry32(2));
  const plus = step(lora, G, loraPlusRates({rate: 0.01, ratio: 16}));
  const faster = step(lora, G, loraPlusRates({rate: 0.16, ratio: 1}));
  expect(plus.A).toEqual(lora.A);
  expect(distance(deltaWeight(plus), deltaWeight(faster))).toBeLessThan(1e-15);
  expect(frobenius(deltaWeight(plus))).toBeGreaterThan(0.1);
});

test("to first order the loss falls by η·(‖∂A‖² + λ·‖∂B‖²)", () => {
  const random = mulberry32(3);
  const lora = trainedLora(6, 5, 2, 4, random);
  const G = randn(6, 5, random);
  const loss = (one: Lora) => deltaWeight(one).data.reduce((sum, value, at) => sum + value * G.data[at], 0);
  const [rate, ratio] = [1e-7, 8];
  const fall = (loss(lora) - loss(step(lora, G, loraPlusRates({rate, ratio})))) / rate;
  const [dA, dB] = [frobenius(matmulTA(lora.B, G)) * 2, frobenius(matmulTB(G, lora.A)) * 2];
  expect(fall / (dA ** 2 + ratio * dB ** 2)).toBeCloseTo(1, 4);
});

test("a wrong rate, ratio or name throws", () => {
  expect(() => loraPlusRates({rate: 0, ratio: 16})).toThrow("loraplus: the rate is 0; it must lie above 0");
  expect(() => loraPlusRates({rate: 0.1, ratio: Number.NaN})).toThrow("the ratio is NaN");
  expect(() => loraPlusRates({rate: 0.1, ratio: 2})("layers.0.Wq")).toThrow("its name must end in .A or .B");
});
