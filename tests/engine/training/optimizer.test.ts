import {describe, expect, test} from "vitest";
import {filledBuffer} from "../../../src/engine/network/parameters.ts";
import {adamw, sgd} from "../../../src/engine/training/optimizer.ts";

test("sgd goes against the gradient, shrinks by rate · weightDecay, and has no state", () => {
  const params = Float64Array.of(1, -2);
  sgd.step(params, Float64Array.of(4, 0), sgd.init(2), {rate: 0.25});
  expect(params).toEqual(Float64Array.of(0, -2));
  sgd.step(params, Float64Array.of(0, 0), sgd.init(2), {rate: 0.25, weightDecay: 1});
  expect(params).toEqual(Float64Array.of(0, -1.5));
  expect(sgd.init(9).m.length + sgd.init(9).v.length).toBe(0);
});

describe("adamw", () => {
  test("the first step has the size of the rate for any size of the gradient", () => {
    const params = new Float64Array(3);
    adamw.step(params, Float64Array.of(1e-3, -7, 0), adamw.init(3), {rate: 0.1, weightDecay: 0});
    expect(params[0]).toBeCloseTo(-0.1, 5);
    expect(params[1]).toBeCloseTo(0.1, 8);
    expect(params[2]).toBe(0);
  });

  test("two steps by hand", () => {
    const params = Float64Array.of(1);
    const state = adamw.init(1);
    const settings = {rate: 0.1, beta1: 0.5, beta2: 0.75, eps: 0, weightDecay: 0.2};
    adamw.step(params, Float64Array.of(2), state, settings);
    expect(params[0]).toBeCloseTo(0.98 - 0.1, 15);
    adamw.step(params, Float64Array.of(-1), state, settings);
    // m = (½·1 − ½) / (1 − ¼) = 0, v = (¾·1 + ¼) / (1 − 9/16), so only the decay changes the parameter.
    expect([state.m[0], state.v[0], state.power1, state.power2]).toEqual([0, 1, 0.25, 0.5625]);
    expect(params[0]).toBeCloseTo(0.88 * 0.98, 15);
  });

  test("decay is decoupled: it does not enter the moments", () => {
    const params = Float64Array.of(8);
    const state = adamw.init(1);
    adamw.step(params, Float64Array.of(0), state, {rate: 0.5});
    expect(params[0]).toBe(8 * (1 - 0.5 * 0.01));
    expect([state.m[0], state.v[0]]).toEqual([0, 0]);
  });
});

test.each([
  ["sgd", sgd],
  ["adamw", adamw],
])("%s: a factor of 16 on B's rate makes B's step 16 times as long, and not A's", (_, optimizer) => {
  const layout = [["A", 1, 2] as const, ["B", 2, 1] as const];
  const grads = Float64Array.of(1, 2, 3, 4);
  const run = (factors?: Float64Array) => {
    const params = new Float64Array(4);
    optimizer.step(params, grads, optimizer.init(4), {rate: 0.01, factors});
    return params;
  };
  const [plain, plus] = [run(), run(filledBuffer(layout, (name) => (name === "B" ? 16 : 1)))];
  expect(plus.slice(0, 2)).toEqual(plain.slice(0, 2));
  for (const i of [2, 3]) expect(plus[i] / plain[i]).toBeCloseTo(16, 12);
});

test("a factor also scales the decay, like the rate of a parameter group in PyTorch", () => {
  for (const optimizer of [sgd, adamw]) {
    const params = Float64Array.of(8, 8);
    const settings = {rate: 0.5, weightDecay: 0.25, factors: Float64Array.of(1, 2)};
    optimizer.step(params, new Float64Array(2), optimizer.init(2), settings);
    expect(params).toEqual(Float64Array.of(7, 6));
  }
});

test("errors name the lengths", () => {
  const [two, three] = [new Float64Array(2), new Float64Array(3)];
  expect(() => sgd.step(two, three, sgd.init(2), {rate: 1})).toThrow("sgd: 3 gradients for 2 parameters");
  expect(() => adamw.step(two, two, adamw.init(3), {rate: 1})).toThrow("made for 3 parameters, not 2");
  expect(() => adamw.step(two, two, adamw.init(2), {rate: 1, factors: three})).toThrow("adamw: 3 rate factors");
});
