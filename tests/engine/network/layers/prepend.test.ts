import {expect, test} from "vitest";
import {mulberry32, randn} from "../../../../src/engine/linalg/random.ts";
import {prepend, prependBackward} from "../../../../src/engine/network/layers/attention.ts";
import {expectBackward} from "../../differences.ts";
import {matrix} from "../../fixture.ts";

test("the prefix comes before each sequence", () => {
  const y = prepend(matrix("8 / 9"), matrix("1 / 2 / 3 / 4"), 2);
  expect(y).toEqual(matrix("8 / 9 / 1 / 2 / 8 / 9 / 3 / 4"));
});

test("backward agrees with differences: the prefix gets gradients from all sequences", () => {
  const random = mulberry32(17);
  const [prefix, x] = [randn(2, 3, random), randn(6, 3, random)];
  expectBackward(
    [x, prefix],
    () => prepend(prefix, x, 3),
    (dy, [dx, dprefix]) => prependBackward(dy, 2, 3, dx, dprefix),
  );
});
