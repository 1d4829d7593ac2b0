import {describe, expect, test} from "vitest";
import {codeTask} from "../../../src/book/quiz/codeTasks.ts";
import {functionOf} from "../../../src/book/quiz/exercise/codeData.ts";
import {isSame, type JsonValue, pythonText} from "../../../src/book/quiz/exercise/json.ts";

describe("results", () => {
  test.each<[JsonValue, JsonValue, boolean]>([
    [0.1 + 0.2, 0.3, true],
    [1e12 + 1, 1e12, true],
    [1e6 + 1, 1e6, false],
    [-0, 0, true],
    ["NaN", 0, false],
    [null, 0, false],
    [0, [0], false],
    [[1, 2], [1, 2], true],
    [[1, 2, 3], [1, 2], false],
    [[1], [1, 2], false],
  ])("%j and %j are the same: %s", (got, value, expected) => {
    expect(isSame(got, value)).toBe(expected);
  });

  test("are written as in Python, and shortened", () => {
    expect(pythonText([[1, -0.5], [1 / 3]])).toBe("[[1, -0.5], [0.333333]]");
    expect(pythonText([null, true, "inf"])).toBe("[None, True, inf]");
    expect(pythonText(Array(200).fill(1)).length).toBeLessThan(170);
  });
});

describe("programs of the questions", () => {
  test("run with their arguments", async () => {
    expect((await functionOf(["def f(a, b):", "    return a, b"], "f"))([1, [2]])).toEqual([1, [2]]);
  });

  test("an unknown task is refused with the list of tasks", () => {
    expect(() => codeTask("backward")).toThrow("backward is no task of the engine; there are count_lora, forward");
    expect(() => codeTask("constructor")).toThrow("is no task");
  });
});

test("a step of SGD agrees with finite differences", () => {
  const [x, target, W0, A, B] = JSON.parse(
    "[[1, -1, 2], [1, 0], [[0.5, 1, 0], [2, 0, -1]], [[1, 0, 1], [0, 2, -1]], [[1, -1], [0.5, 2]]]",
  ) as [number[], number[], number[][], number[][], number[][]];
  const [alpha, rate, h] = [4, 0.1, 1e-5];
  const forward = codeTask("forward").run as unknown as (...args: unknown[]) => number[];
  const loss = () => forward(x, W0, A, B, alpha).reduce((sum, y, i) => sum + (y - target[i]!) ** 2 / 2, 0);
  const step = codeTask("sgd_step").run as unknown as (...args: unknown[]) => [number[][], number[][]];
  const [newA, newB] = step(x, target, W0, A, B, alpha, rate);
  for (const [matrix, moved] of [[A, newA] as const, [B, newB] as const])
    for (const [i, row] of matrix.entries())
      for (const [j, value] of row.entries()) {
        const lossAt = (other: number) => {
          row[j] = other;
          return loss();
        };
        const slope = (lossAt(value + h) - lossAt(value - h)) / (2 * h);
        row[j] = value;
        expect(moved[i]![j]).toBeCloseTo(value - rate * slope, 6);
      }
});
