import {expect, test} from "vitest";
import {frobenius, matmul, scale} from "../../../../src/engine/linalg/matrix.ts";
import {mulberry32} from "../../../../src/engine/linalg/random.ts";
import {deltaWeight, scaling} from "../../../../src/engine/lora/lora.ts";
import {rsScaling, toRslora} from "../../../../src/engine/lora/variants/rslora.ts";
import {distance, trainedLora} from "../../fixture.ts";

test("the factor is alpha / √r in every function of LoRA", () => {
  const random = mulberry32(1);
  for (const r of [1, 2, 4, 9, 64]) {
    const lora = trainedLora(6, 5, r, 16, random);
    expect(rsScaling(lora)).toBeCloseTo(16 / Math.sqrt(r), 12);
    expect(scaling(toRslora(lora))).toBeCloseTo(16 / Math.sqrt(r), 12);
    const due = scale(matmul(lora.B, lora.A), 16 / Math.sqrt(r));
    expect(distance(deltaWeight(toRslora(lora)), due)).toBeLessThan(1e-13 * frobenius(due));
  }
  const one = trainedLora(6, 5, 1, 16, random);
  expect(toRslora(one)).toEqual(one);
  expect(() => toRslora({...one, r: 0})).toThrow("lora: r is 0");
});
