import {expect, test} from "vitest";
import {zeros} from "../../../../src/engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../../../src/engine/linalg/random.ts";
import {dropoutMask, loraDropout} from "../../../../src/engine/network/layers/dropout.ts";
import {loraLinear} from "../../../../src/engine/network/layers/lora.ts";
import {trainedLora} from "../../fixture.ts";

const [N, d, k, r] = [7, 5, 4, 2];
const random = mulberry32(13);
const [x, W0] = [randn(N, k, random), randn(d, k, random)];
const lora = trainedLora(d, k, r, 6, random);

test("a mask has only 0 and 1/(1 − p), with the frequency p of 0, and is the same for the same seed", () => {
  for (const p of [0.1, 0.5, 0.9]) {
    const {data} = dropoutMask(100, 100, p, mulberry32(3));
    expect([...new Set(data)].sort()).toEqual([0, 1 / (1 - p)]);
    const dropped = data.filter((value) => value === 0).length / data.length;
    // Four deviations of a share of 10,000.
    expect(Math.abs(dropped - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 1e4));
    expect(dropoutMask(100, 100, p, mulberry32(3)).data).toEqual(data);
  }
});

test("p = 0 changes nothing, and p outside 0 … 1 throws", () => {
  const mask = dropoutMask(N, k, 0, random);
  expect(loraDropout(x, W0, lora, mask)).toEqual(loraLinear(x, W0, [lora]).h);
  for (const p of [-0.1, 1, Number.NaN]) expect(() => dropoutMask(1, 1, p, random)).toThrow(`p is ${p}; it must be`);
});

test("W0 reads the whole input: with everything masked, h is W0·x exactly", () => {
  expect(loraDropout(x, W0, lora, zeros(N, k))).toEqual(loraLinear(x, W0, []).h);
});
