import {expect, test} from "vitest";
import {zeros} from "../../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../../src/engine/linalg/random.ts";
import {linear, linearBackward} from "../../../../src/engine/network/layers/linear.ts";
import {expectBackward} from "../../differences.ts";
import {matrix} from "../../fixture.ts";

test("each row of y is W times a row of x", () => {
  expect(linear(matrix("1 2 / 3 4"), matrix("1 0 / 0 1 / 1 -1"))).toEqual(matrix("1 2 -1 / 3 4 -1"));
});

test("backward agrees with differences", () => {
  const random = mulberry32(1);
  const [x, W] = [randn(5, 4, random), randn(3, 4, random)];
  expectBackward(
    [x, W],
    () => linear(x, W),
    (dy, [dx, dW]) => linearBackward(dy, x, W, dx, dW),
  );
});

test("dx is the same without dW", () => {
  const random = mulberry32(2);
  const [x, W, dy] = [randn(5, 4, random), randn(3, 4, random), randn(5, 3, random)];
  const [frozen, trained] = [zeros(5, 4), zeros(5, 4)];
  linearBackward(dy, x, W, frozen);
  linearBackward(dy, x, W, trained, zeros(3, 4));
  expect(frozen).toEqual(trained);
});

test("errors name the shapes", () => {
  expect(() => linearBackward(zeros(5, 3), zeros(5, 4), zeros(3, 4), zeros(4, 5))).toThrow(
    "accumulate: 5×4 into 4×5: the shapes must be equal",
  );
  expect(() => linear(zeros(5, 4), zeros(3, 5))).toThrow("(5×4)·(3×5)ᵀ");
});
