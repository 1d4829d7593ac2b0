import {expect, test} from "vitest";
import {scale, zeros} from "../../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../../src/engine/linalg/random.ts";
import {rmsNorm, rmsNormBackward} from "../../../../src/engine/network/layers/rmsnorm.ts";
import {expectBackward} from "../../differences.ts";
import {matrix} from "../../fixture.ts";

const ones = matrix("1 1 1 1");

test("every row gets mean square 1, up to the added 1e-5", () => {
  const x = scale(randn(6, 4, mulberry32(4)), 30);
  const {y} = rmsNorm(x, ones);
  for (let n = 0; n < 6; n++) {
    const square = y.data.slice(4 * n, 4 * n + 4).reduce((sum, value) => sum + value * value, 0) / 4;
    expect(Math.abs(square - 1)).toBeLessThan(1e-5);
  }
  expect(rmsNorm(zeros(1, 4), ones).y).toEqual(zeros(1, 4));
});

test("[3, 4] has root mean square √12.5; the gain multiplies each column", () => {
  const {y, inverse} = rmsNorm(matrix("3 4"), matrix("1 10"));
  expect(inverse[0]).toBeCloseTo(1 / Math.sqrt(12.50001), 14);
  expect(y.data[0]).toBeCloseTo(3 / Math.sqrt(12.50001), 14);
  expect(y.data[1]).toBeCloseTo(40 / Math.sqrt(12.50001), 13);
});

test("backward agrees with differences, also for a small row", () => {
  const random = mulberry32(5);
  const x = randn(5, 4, random);
  for (let i = 0; i < 4; i++) x.data[i] *= 0.01;
  const gain = randn(1, 4, random);
  expectBackward(
    [x, gain],
    () => rmsNorm(x, gain).y,
    (dy, [dx, dgain]) => rmsNormBackward(dy, x, gain, rmsNorm(x, gain).inverse, dx, dgain),
  );
});
