import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {norm} from "../../../src/engine/linalg/exponent.ts";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";
import {initMlp, mlpProblem} from "../../../src/engine/network/mlp.ts";
import {allocate} from "../../../src/engine/network/parameters.ts";
import {addAlong, addAlongBackward, alongDirections, drawDirections} from "../../../src/engine/training/directions.ts";
import {adamw} from "../../../src/engine/training/optimizer.ts";
import {train} from "../../../src/engine/training/train.ts";
import {expectGradient} from "../differences.ts";

const sizes = [3, 5, 4, 2];
const x = randn(9, 3, mulberry32(1));
const classes = Int32Array.of(0, 1, 1, 0, 1, 0, 0, 1, 1);
const network = () => {
  const weights = initMlp(sizes, mulberry32(2));
  return {weights, problem: mlpProblem(weights, x, classes)};
};
const D = network().weights.flat.length;

/** Column j of P. */
const column = (directions: ReturnType<typeof drawDirections>, j: number): Float64Array => {
  const z = new Float64Array(directions.d);
  z[j] = 1;
  const theta = new Float64Array(directions.D);
  addAlong(directions, z, theta);
  return theta;
};

describe("random directions", () => {
  test("have length 1 and entries ±1/√D, equally many of each sign, and are nearly orthogonal", () => {
    const directions = drawDirections(2500, 20, mulberry32(3));
    const all = Array.from({length: 20}, (_, j) => column(directions, j));
    for (const one of all) {
      expect(new Set(Array.from(one, Math.abs))).toEqual(new Set([1 / 50]));
      expect(norm(one)).toBeCloseTo(1, 12);
      // Five deviations of a sum of signs.
      expect(Math.abs(one.reduce((sum, entry) => sum + 50 * entry, 0))).toBeLessThan(5 * 50);
    }
    all.forEach((one, i) => {
      for (const other of all.slice(i + 1))
        expect(Math.abs(one.reduce((sum, entry, n) => sum + entry * other[n]!, 0))).toBeLessThan(5 / 50);
    });
  });

  test("are the same for the same seed, and fewer are the first of more", () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: 80}), fc.integer({min: 0, max: 80}), fc.nat(), (size, wanted, seed) => {
        const d = Math.min(size, wanted);
        const {signs} = drawDirections(size, d, mulberry32(seed));
        expect(signs).toEqual(drawDirections(size, size, mulberry32(seed)).signs.subarray(0, d * size));
      }),
      {seed: 8, numRuns: 100},
    );
    expect(drawDirections(40, 5, mulberry32(1)).signs).not.toEqual(drawDirections(40, 5, mulberry32(2)).signs);
  });

  test("wrong sizes and directions for another problem throw", () => {
    expect(() => drawDirections(0, 0, mulberry32(1))).toThrow("D is 0; it must be a whole number ≥ 1");
    for (const d of [-1, 1.5, 6]) expect(() => drawDirections(5, d, mulberry32(1))).toThrow(`d is ${d}`);
    expect(() => alongDirections(network().problem, drawDirections(D + 1, 2, mulberry32(1)))).toThrow(
      `directions among ${D + 1} parameters; the problem has ${D}`,
    );
  });

  test("P·z and Pᵀ·g are adjoint, and both add", () => {
    const directions = drawDirections(30, 7, mulberry32(5));
    const [z, g] = [randn(1, 7, mulberry32(6)).data, randn(1, 30, mulberry32(7)).data];
    const theta = new Float64Array(30).fill(2);
    addAlong(directions, z, theta);
    const dz = new Float64Array(7).fill(3);
    addAlongBackward(directions, g, dz);
    const left = theta.reduce((sum, value, i) => sum + (value - 2) * g[i]!, 0);
    const right = dz.reduce((sum, value, j) => sum + (value - 3) * z[j]!, 0);
    expect(left).toBeCloseTo(right, 12);
    expect(Math.abs(left)).toBeGreaterThan(0.1);
  });
});

describe("training along directions", () => {
  test("starts at θ₀ and adds the gradient of the loss by z", () => {
    for (const d of [0, 1, 6, D]) {
      const {weights, problem} = network();
      const start = problem.loss(allocate(weights.layout));
      const along = alongDirections(problem, drawDirections(D, d, mulberry32(8)));
      const z = along.params.flat;
      expect(z).toHaveLength(d);
      expect(along.loss(allocate(along.params.layout))).toBe(start);
      z.set(randn(1, d, mulberry32(9)).data.map((value) => value / 2));
      const dparams = allocate(along.params.layout);
      dparams.flat.fill(1);
      along.loss(dparams);
      const gradient = dparams.flat.map((value) => value - 1);
      if (d > 0) expect(norm(gradient)).toBeGreaterThan(0.01);
      expectGradient(gradient, () => along.loss(allocate(along.params.layout)), z);
    }
  });

  test("moves θ by P·z exactly", () => {
    const {weights, problem} = network();
    const start = weights.flat.slice();
    const directions = drawDirections(D, 3, mulberry32(10));
    const along = alongDirections(problem, directions);
    for (const {params} of train(along, {optimizer: adamw, rate: 0.1, steps: 20, weightDecay: 0})) {
      const due = start.slice();
      addAlong(directions, params, due);
      expect(weights.flat).toEqual(due);
    }
    expect(norm(along.params.flat)).toBeGreaterThan(0.1);
  });
});
