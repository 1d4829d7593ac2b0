import {expect, test} from "vitest";
import {fromRows, zeros} from "../../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../../src/engine/linalg/random.ts";
import {relu, reluBackward} from "../../../../src/engine/network/layers/relu.ts";
import {expectBackward} from "../../differences.ts";

test("negative numbers become 0, and NaN stays in sight", () => {
  expect(relu(fromRows([[-1, 0, 2]]))).toEqual(fromRows([[0, 0, 2]]));
  expect(relu(fromRows([[Number.NaN]])).data[0]).toBeNaN();
});

test("backward agrees with differences", () => {
  const x = randn(5, 4, mulberry32(7));
  expectBackward(
    [x],
    () => relu(x),
    (dy, [dx]) => reluBackward(dy, x, dx),
  );
});

test("at exactly 0 nothing comes back", () => {
  const dx = zeros(1, 3);
  reluBackward(fromRows([[5, 5, 5]]), fromRows([[-1, 0, 1]]), dx);
  expect(dx).toEqual(fromRows([[0, 0, 5]]));
});
