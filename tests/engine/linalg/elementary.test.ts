import {expect, test} from "vitest";
import {cos, exp, log, sin} from "../../../src/engine/linalg/elementary.ts";
import {exponentOf} from "../../../src/engine/linalg/exponent.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {fixture} from "../fixture.ts";

/** The distance between neighbors of float64 around x. */
const ulp = (x: number) => 2 ** Math.max(-1074, exponentOf(x) - 52);

test.each([
  {name: "exp", f: exp, low: -745, high: 709},
  {name: "log", f: log, low: 1e-12, high: 50},
  {name: "sin", f: sin, low: -40, high: 40},
  {name: "cos", f: cos, low: -40, high: 40},
] as const)(
  "$name is within 1 ulp of the true value (120 decimals in Python) and 2 of Math.$name",
  ({name, f, low, high}) => {
    expect(fixture.elementary[name].length).toBeGreaterThan(70);
    for (const [x, value, rest] of fixture.elementary[name])
      expect(Math.abs(f(x) - value - rest), `${name}(${x})`).toBeLessThanOrEqual(value === 0 ? 0 : ulp(value));
    const random = mulberry32(3);
    for (let i = 0; i < 10_000; i++) {
      const x = low + (high - low) * random();
      if (Math.abs(f(x) - Math[name](x)) > 2 * ulp(Math[name](x))) expect.fail(`${name}(${x}) is ${f(x)}`);
    }
  },
);

test("exact and extreme arguments", () => {
  expect([exp(0), exp(-Infinity), exp(Infinity), exp(710), exp(-746)]).toEqual([1, 0, Infinity, Infinity, 0]);
  expect(exp(-745)).toBe(5e-324);
  expect([log(1), log(0), log(Infinity), log(-1), log(Number.NaN)]).toEqual([0, -Infinity, Infinity, NaN, NaN]);
  expect([sin(0), cos(0)]).toEqual([0, 1]);
  expect(exp(Number.NaN)).toBeNaN();
});

test("angles that are too large throw", () => {
  expect(() => sin(1e7)).toThrow("sin: the angle is 10000000; it must lie within ±1,000,000");
  expect(() => cos(Number.NaN)).toThrow("cos: the angle is NaN; it must lie within ±1,000,000");
});
