import {describe, expect, test} from "vitest";
import {mulberry32, randn} from "../../../src/engine/linalg/random.ts";
import {initMlp, mlpClasses, mlpLayout, mlpLogits, mlpProblem} from "../../../src/engine/network/mlp.ts";
import {allocate, type Tensors} from "../../../src/engine/network/parameters.ts";
import {expectGradient} from "../differences.ts";
import {largestDifference} from "../fixture.ts";

const sizes = [3, 5, 4, 2];
const x = randn(7, 3, mulberry32(1));
const classes = Int32Array.of(0, 1, 1, 0, 1, 0, 0);

/** The logits of one row by their definition, sum by sum. */
function byHand({layout, views}: Tensors, row: readonly number[]): number[] {
  return layout.reduce<number[]>(
    (before, [name, rows, cols], l) =>
      Array.from({length: rows}, (_, i) =>
        before.reduce((sum, value, j) => sum + views[name]!.data[i * cols + j]! * (l ? Math.max(value, 0) : value), 0),
      ),
    [...row],
  );
}

describe("the perceptron", () => {
  test("has a matrix between each two sizes", () => {
    expect(mlpLayout(sizes).map((entry) => entry.join(" "))).toEqual(["W1 5 3", "W2 4 5", "W3 2 4"]);
    for (const wrong of [[], [3], [3, 0], [3, 1.5]]) expect(() => mlpLayout(wrong)).toThrow("mlpLayout: the sizes are");
  });

  test("starts from N(0, 2 / fan-in), the same for the same seed", () => {
    const {layout, views} = initMlp([200, 100, 50], mulberry32(2));
    for (const [name, , fanIn] of layout) {
      const {data} = views[name]!;
      const variance = data.reduce((sum, value) => sum + value * value, 0) / data.length;
      // Four deviations of a sample variance.
      expect(Math.abs((variance * fanIn) / 2 - 1)).toBeLessThan(4 * Math.sqrt(2 / data.length));
    }
    expect(initMlp(sizes, mulberry32(3)).flat).toEqual(initMlp(sizes, mulberry32(3)).flat);
  });

  test("has the logits of its definition, and the class of the largest", () => {
    const weights = initMlp(sizes, mulberry32(4));
    const logits = mlpLogits(weights, x);
    expect([logits.rows, logits.cols]).toEqual([7, 2]);
    const due = Array.from({length: 7}, (_, n) => byHand(weights, [...x.data.subarray(3 * n, 3 * n + 3)]));
    expect(largestDifference(logits.data, due.flat())).toBeLessThan(1e-12);
    expect([...mlpClasses(weights, x)]).toEqual(due.map(([first, second]) => (second! > first! ? 1 : 0)));
    weights.flat.fill(0);
    expect([...mlpClasses(weights, x)]).toEqual(Array(7).fill(0));
  });

  test("adds the gradient of its loss by every weight", () => {
    const weights = initMlp(sizes, mulberry32(5));
    const problem = mlpProblem(weights, x, classes);
    const dweights = allocate(weights.layout);
    dweights.flat.fill(1);
    problem.loss(dweights);
    const gradient = dweights.flat.map((value) => value - 1);
    expectGradient(gradient, () => problem.loss(allocate(weights.layout)), weights.flat);
  });

  test("with one layer has the loss of a softmax on a linear map", () => {
    const weights = initMlp([3, 2], mulberry32(6));
    const loss = mlpProblem(weights, x, classes).loss(allocate(weights.layout));
    const due = Array.from(classes, (target, n) => {
      const exps = byHand(weights, [...x.data.subarray(3 * n, 3 * n + 3)]).map(Math.exp);
      return -Math.log(exps[target]! / (exps[0]! + exps[1]!));
    });
    expect(loss).toBeCloseTo(due.reduce((sum, value) => sum + value, 0) / 7, 12);
  });
});
