import {expect, test} from "vitest";
import {fromRows} from "../../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../../src/engine/linalg/random.ts";
import {prepend, prependBackward} from "../../../../src/engine/network/layers/prepend.ts";
import {expectBackward} from "../../differences.ts";

test("the prefix stands before each sequence", () => {
  const y = prepend(fromRows([[8], [9]]), fromRows([[1], [2], [3], [4]]), 2);
  expect(y).toEqual(fromRows([[8], [9], [1], [2], [8], [9], [3], [4]]));
});

test("backward agrees with differences: the prefix gathers from all sequences", () => {
  const random = mulberry32(17);
  const [prefix, x] = [randn(2, 3, random), randn(6, 3, random)];
  expectBackward(
    [x, prefix],
    () => prepend(prefix, x, 3),
    (dy, [dx, dprefix]) => prependBackward(dy, 2, 3, dx, dprefix),
  );
});
