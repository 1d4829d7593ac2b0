import {expect, test} from "vitest";
import {zeros} from "../../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../../src/engine/linalg/random.ts";
import {relu, reluBackward} from "../../../../src/engine/network/layers/relu.ts";
import {expectBackward} from "../../differences.ts";
import {matrix} from "../../fixture.ts";

test("negative numbers become 0, and NaN stays NaN", () => {
  expect(relu(matrix("-1 0 2 NaN"))).toEqual(matrix("0 0 2 NaN"));
});

test("backward agrees with differences, and the slope at exactly 0 is 0", () => {
  const x = randn(5, 4, mulberry32(7));
  expectBackward(
    [x],
    () => relu(x),
    (dy, [dx]) => reluBackward(dy, x, dx),
  );
  const dx = zeros(1, 3);
  reluBackward(matrix("5 5 5"), matrix("-1 0 1"), dx);
  expect(dx).toEqual(matrix("0 0 5"));
});
