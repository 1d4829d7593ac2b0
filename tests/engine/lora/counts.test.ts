/** The paper's arithmetic of counts; GPT-3 has width 12,288 and 96 layers. */
import fc from "fast-check";
import {expect, test} from "vitest";
import {
  breakEvenRank,
  countLora,
  degreesOfFreedom,
  fp16Bytes,
  fullCount,
  loraCount,
  reduction,
} from "../../../src/engine/lora/counts.ts";

const d = 12_288;
/** Trained parameters when `copies` square matrices are adapted at rank r. */
const lora = (copies: number, r: number, width = d) => countLora([{d: width, k: width, copies}], r);

test("one attention matrix of GPT-3: 150,994,944 entries, 98,304 in B and A at r = 4, 1,536 times fewer", () => {
  expect(fullCount(d, d)).toBe(150_994_944);
  expect(loraCount(d, d, 4)).toBe(98_304);
  expect(degreesOfFreedom(d, d, 4)).toBe(98_288);
  expect([reduction(d, d, 4), reduction(d, d, 8), reduction(4096, 4096, 8)]).toEqual([1536, 768, 256]);
});

test.each([
  [4_718_592, [96, 2], [192, 1]],
  [9_437_184, [96, 4], [192, 2], [384, 1]],
  [18_874_368, [96, 8], [192, 4], [384, 2]],
  [37_748_736, [192, 8], [384, 4]],
  [301_989_888, [192, 64]],
  [603_979_776, [384, 64]],
] as [number, ...[number, number][]][])("%d parameters, however they are spread over GPT-3", (total, ...ways) => {
  for (const [copies, r] of ways) expect(lora(copies, r)).toBe(total);
});

test("query and value at r = 32 over all of GPT-3 are as large as one full matrix", () => {
  expect(lora(192, 32)).toBe(fullCount(d, d));
});

test("the combinations with prefixes of 12 tokens, and the ratios to the whole model", () => {
  expect([8, 32, 64].map((r) => lora(192, r) + 12 * d)).toEqual([37_896_192, 151_142_400, 302_137_344]);
  expect(lora(192, 8) + 96 * 12 * d).toBe(51_904_512);
  expect([1, 4, 8].map((r) => Math.floor(175_255_800_000 / lora(192, r)))).toEqual([37_141, 9285, 4642]);
  expect((12 * fullCount(d, d) * 96) / lora(192, 4)).toBe(9216);
});

test("checkpoints in 16-bit floats: 18.9M parameters are 36 MiB, 175B are 350 GB", () => {
  expect([fp16Bytes(18_874_368), fp16Bytes(175e9)]).toEqual([36 * 2 ** 20, 350e9]);
});

test("several shapes add up, with one copy by default", () => {
  expect(
    countLora(
      [
        {d: 64, k: 64, copies: 4},
        {d: 256, k: 64},
      ],
      2,
    ),
  ).toBe(4 * 2 * 128 + 2 * 320);
  expect(countLora([], 4)).toBe(0);
});

test("the counts agree for any size: break-even rank, reduction, degrees of freedom", () => {
  const size = fc.integer({min: 1, max: 5000});
  fc.assert(
    fc.property(size, size, size, (d, k, r) => {
      expect(loraCount(d, k, r) < fullCount(d, k)).toBe(r < breakEvenRank(d, k));
      expect(loraCount(d, k, r) - degreesOfFreedom(d, k, r)).toBe(r * r);
      expect(degreesOfFreedom(d, k, Math.min(d, k))).toBe(fullCount(d, k));
      expect(reduction(d, k, r)).toBe((d * k) / (r * (d + k)));
    }),
    {seed: 14},
  );
  expect(breakEvenRank(d, d)).toBe(d / 2);
});
