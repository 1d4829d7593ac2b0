import {expect, test} from "vitest";
import {constant, cosineDecay, linearDecay} from "../../../src/engine/training/schedule.ts";

const at = (schedule: (step: number, steps: number) => number, steps: number) => (step: number) =>
  schedule(step, steps);

test("constant is 1", () => expect([0, 5, 10].map(at(constant, 10))).toEqual([1, 1, 1]));

test("linear decay warms up in equal steps and decreases in a straight line", () => {
  const rate = at(linearDecay(10, 0.1), 200);
  expect(rate(0)).toBeCloseTo(0.1, 15);
  expect(rate(4)).toBeCloseTo(0.5 * (1 - (0.9 * 4) / 200), 15);
  expect(rate(100)).toBeCloseTo(0.55, 15);
  expect(rate(200)).toBeCloseTo(0.1, 15);
});

test("cosine decay is halfway between its ends in the middle", () => {
  const rate = at(cosineDecay(1, 0.03), 100);
  expect([rate(0), rate(50), rate(100)].map((value) => +value.toFixed(12))).toEqual([1, 0.515, 0.03]);
  expect(at(cosineDecay(4), 100)(1)).toBeLessThan(0.5);
});
