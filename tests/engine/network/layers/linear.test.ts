import {expect, test} from "vitest";
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
