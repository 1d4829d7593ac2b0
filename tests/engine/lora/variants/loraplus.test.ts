import {expect, test} from "vitest";
import {loraPlusRates} from "../../../../src/engine/lora/variants/loraplus.ts";

test("B learns λ times as fast as A, on every matrix", () => {
  const rates = loraPlusRates({rate: 0.002, ratio: 16});
  expect(["layers.0.Wq.A", "layers.3.W2.A"].map(rates)).toEqual([0.002, 0.002]);
  expect(["layers.0.Wq.B", "layers.3.W2.B"].map(rates)).toEqual([0.032, 0.032]);
  const equal = loraPlusRates({rate: 0.01, ratio: 1});
  expect(equal("Wq.A")).toBe(equal("Wq.B"));
});

test("a wrong rate, ratio or name throws", () => {
  expect(() => loraPlusRates({rate: 0, ratio: 16})).toThrow("loraplus: the rate is 0; it must lie above 0");
  expect(() => loraPlusRates({rate: 0.1, ratio: Number.NaN})).toThrow("the ratio is NaN");
  expect(() => loraPlusRates({rate: 0.1, ratio: 2})("layers.0.Wq")).toThrow("its name must end in .A or .B");
});
