import {expect, test} from "vitest";
import {cos, exp, log, sin} from "../../../src/engine/linalg/elementary.ts";
import {exponentOf} from "../../../src/engine/linalg/exponent.ts";
import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {fixture} from "../fixture.ts";

/** The distance between neighbors of float64 around x. */
const ulp = (x: number) => 2 ** Math.max(-1074, exponentOf(x) - 52);
const between = (low: number, high: number, u: number) => low + (high - low) * u;

const functions = {exp, log, sin, cos};

for (const name of ["exp", "log", "sin", "cos"] as const) {
  test(`${name} is within 1 ulp of the true value (120 decimals in Python)`, () => {
    expect(fixture.elementary[name].length).toBeGreaterThan(70);
    for (const [x, high, rest] of fixture.elementary[name]) {
      const error = Math.abs(functions[name](x) - high - rest);
      expect(error, `${name}(${x})`).toBeLessThanOrEqual(high === 0 ? 0 : ulp(high));
    }
  });
}

test("each is within 2 ulp of the built-in one at 10,000 places", () => {
  const random = mulberry32(3);
  const places = {exp: [-745, 709], log: [1e-12, 50], sin: [-40, 40], cos: [-40, 40]} as const;
  for (const [name, [low, high]] of Object.entries(places)) {
    const [ours, theirs] = [functions[name as keyof typeof places], Math[name as keyof typeof places]];
    for (let i = 0; i < 10_000; i++) {
      const x = between(low, high, random());
      const expected = theirs(x);
      if (Math.abs(ours(x) - expected) > 2 * ulp(expected)) expect.fail(`${name}(${x}) is ${ours(x)}, not ${expected}`);
    }
  }
});

test("exact and extreme places", () => {
  expect([exp(0), exp(-Infinity), exp(Infinity), exp(710), exp(-746)]).toEqual([1, 0, Infinity, Infinity, 0]);
  expect(exp(-745)).toBe(5e-324);
  expect([log(1), log(0), log(Infinity), log(-1), log(Number.NaN)]).toEqual([0, -Infinity, Infinity, NaN, NaN]);
  expect([sin(0), cos(0)]).toEqual([0, 1]);
  expect(exp(Number.NaN)).toBeNaN();
});

test("angles too large to reduce are refused in words", () => {
  expect(() => sin(1e7)).toThrow("sin: the angle is 10000000; it must lie within ±1,000,000");
  expect(() => cos(Number.NaN)).toThrow("cos: the angle is NaN; it must lie within ±1,000,000");
});
