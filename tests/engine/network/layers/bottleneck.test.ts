import {expect, test} from "vitest";
import {zeros} from "../../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../../src/engine/linalg/random.ts";
import {bottleneck, bottleneckBackward} from "../../../../src/engine/network/layers/bottleneck.ts";
import {expectBackward} from "../../differences.ts";
import {matrix} from "../../fixture.ts";

test("y is x plus what passes the ReLU; with up = 0 it is x, exactly", () => {
  const weights = {down: matrix("1 -1"), up: matrix("10 / 1")};
  expect(bottleneck(matrix("3 1 / 1 3"), weights).y).toEqual(matrix("23 3 / 1 3"));
  const x = randn(6, 4, mulberry32(14));
  expect(bottleneck(x, {down: randn(2, 4, mulberry32(15)), up: zeros(4, 2)}).y).toEqual(x);
});

test("backward agrees with differences", () => {
  const random = mulberry32(16);
  const [x, down, up] = [randn(6, 4, random), randn(3, 4, random), randn(4, 3, random)];
  expectBackward(
    [x, down, up],
    () => bottleneck(x, {down, up}).y,
    (dy, [dx, ddown, dup]) => {
      const {narrow} = bottleneck(x, {down, up});
      bottleneckBackward(dy, x, {down, up}, narrow, dx, {down: ddown, up: dup});
    },
  );
});
