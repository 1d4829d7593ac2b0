import {createHash} from "node:crypto";
import fc from "fast-check";
import {expect, test} from "vitest";
import {kaimingUniform, mulberry32, normal, permutation, randn} from "../../../src/engine/linalg/random.ts";
import {fixture} from "../fixture.ts";

const sha256 = (data: Float64Array | Uint32Array) =>
  createHash("sha256").update(new Uint8Array(data.buffer)).digest("hex");

test("mulberry32 agrees with the same algorithm in Python's integers", () => {
  const random = mulberry32(7);
  expect(fixture.mulberry32.length).toBeGreaterThan(9);
  expect(fixture.mulberry32).toEqual(fixture.mulberry32.map(random));
});

test("a seed gives the same draws, bit for bit, on every machine", () => {
  expect(sha256(randn(16, 16, mulberry32(7)).data)).toBe(
    "3275dd54e2ad1f76dd6545f287dd5bf942dd962b20d9d3fab1b8e0f7b8c95538",
  );
  expect(sha256(kaimingUniform(16, 16, mulberry32(7)).data)).toBe(
    "597fd6590161e35cfe0badd30eca1339222a97f29a4dacd99c9aa56dd93a4bd0",
  );
  expect(sha256(permutation(256, mulberry32(7)))).toBe(
    "4c3c083be95f7746438c124a8d0d7ae233e4b7fbb08b239952e823b52e7e8c66",
  );
});

test("seeds are taken modulo 2³², and different seeds differ", () => {
  expect(mulberry32(2 ** 32 + 7)()).toBe(mulberry32(7)());
  expect(mulberry32(-1)()).toBe(mulberry32(2 ** 32 - 1)());
  expect(mulberry32(8)()).not.toBe(mulberry32(7)());
});

test("normal agrees with Box and Muller in Python and uses two uniform numbers a draw", () => {
  const random = mulberry32(7);
  for (const expected of fixture.normal) {
    expect(Math.abs(normal(random) - expected)).toBeLessThanOrEqual(1e-15 * (1 + Math.abs(expected)));
  }
  const uniform = mulberry32(7);
  for (let i = 0; i < 2 * fixture.normal.length; i++) uniform();
  expect(random()).toBe(uniform());
});

test("normal is finite at the ends of the generator's range", () => {
  expect(Math.abs(normal(() => 0))).toBe(0);
  expect(normal(() => 1 - 2 ** -32)).toBeCloseTo(6.66, 2);
});

test("kaimingUniform fills ±1/√cols with variance 1/(3·cols)", () => {
  const {data} = kaimingUniform(500, 64, mulberry32(9));
  const bound = 1 / 8;
  expect(data.every((x) => x >= -bound && x < bound)).toBe(true);
  expect(Math.max(...data)).toBeGreaterThan(0.999 * bound);
  expect(Math.min(...data)).toBeLessThan(-0.999 * bound);
  const variance = data.reduce((sum, x) => sum + x * x, 0) / data.length;
  expect(variance * 3 * 64).toBeCloseTo(1, 1);
});

test("a permutation has every index once, and all six orders of three are equally frequent", () => {
  fc.assert(
    fc.property(fc.integer({min: 0, max: 50}), fc.integer(), (n, seed) => {
      expect([...permutation(n, mulberry32(seed))].sort((i, j) => i - j)).toEqual([...Array(n).keys()]);
    }),
    {seed: 3},
  );
  const random = mulberry32(13);
  const seen = new Map<string, number>();
  for (let i = 0; i < 60_000; i++) {
    const order = permutation(3, random).join();
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  expect(seen.size).toBe(6);
  expect(chiSquare([...seen.values()], 10_000)).toBeLessThan(20.5); // the 0.1 % point at 5 degrees of freedom
});

function chiSquare(counts: Iterable<number>, expected: number): number {
  return Array.from(counts, (count) => (count - expected) ** 2 / expected).reduce((sum, term) => sum + term, 0);
}
