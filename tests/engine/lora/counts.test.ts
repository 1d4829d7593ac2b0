/** The arithmetic of the paper that the counts can compute; GPT-3 has width 12,288 and 96 layers. */
import fc from "fast-check";
import {describe, expect, test} from "vitest";
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
const MiB = 2 ** 20;
/** Trainable parameters when `copies` matrices of width × width are adapted at rank r. */
const lora = (copies: number, r: number, width = d) => countLora([{d: width, k: width, copies}], r);

describe("one attention matrix of GPT-3", () => {
  test("150,994,944 entries; 98,304 in B and A at r = 4, half in each", () => {
    expect(fullCount(d, d)).toBe(150_994_944);
    expect(loraCount(d, d, 4)).toBe(98_304);
    expect(loraCount(d, 0, 4)).toBe(49_152);
  });

  test("1,536 times fewer at r = 4, 768 at r = 8, d / 2r at any rank", () => {
    expect(reduction(d, d, 4)).toBe(1536);
    expect(reduction(d, d, 8)).toBe(768);
    for (const r of [1, 2, 16, 64]) expect(reduction(d, d, r)).toBe(d / (2 * r));
  });

  test("98,288 degrees of freedom at r = 4: 16 of the 98,304 numbers are redundant", () => {
    expect(degreesOfFreedom(d, d, 4)).toBe(98_288);
    expect(loraCount(d, d, 4) - degreesOfFreedom(d, d, 4)).toBe(4 ** 2);
  });
});

describe("budgets over GPT-3's layers", () => {
  const twoMatrices = 2 * 96;
  const fourMatrices = 4 * 96;

  test.each([
    [4_718_592, [96, 2], [twoMatrices, 1]],
    [9_437_184, [96, 4], [twoMatrices, 2], [fourMatrices, 1]],
    [18_874_368, [96, 8], [twoMatrices, 4], [fourMatrices, 2]],
    [37_748_736, [twoMatrices, 8], [fourMatrices, 4]],
    [301_989_888, [twoMatrices, 64]],
    [603_979_776, [fourMatrices, 64]],
  ] as [number, ...[number, number][]][])("%d, however it is spread", (total, ...ways) => {
    for (const [copies, r] of ways) expect(lora(copies, r)).toBe(total);
  });

  test("a trap: both matrices at r = 32 over the whole model are one full matrix", () => {
    expect(lora(twoMatrices, 32)).toBe(150_994_944);
    expect(lora(twoMatrices, 32)).toBe(fullCount(d, d));
  });

  test("LoRA with prefix embeddings of 12 tokens, r = 8, 32, 64", () => {
    const prefix = d * 12;
    expect([8, 32, 64].map((r) => lora(twoMatrices, r) + prefix)).toEqual([37_896_192, 151_142_400, 302_137_344]);
  });

  test("LoRA with prefix layers by the paper's formula", () => {
    expect(lora(twoMatrices, 8) + 96 * d * 12).toBe(51_904_512);
  });
});

describe("checkpoints in 16-bit floats", () => {
  test("18.9M parameters are 36 MiB, 4.7M are 9 MiB, 175B are 350 GB", () => {
    expect(fp16Bytes(18_874_368)).toBe(36 * MiB);
    expect(fp16Bytes(18_874_368)).toBe(37_748_736);
    expect(fp16Bytes(4_718_592)).toBe(9 * MiB);
    expect(fp16Bytes(175e9)).toBe(350e9);
  });

  test("a thousand adapters of 35 MB beside one base, or a thousand copies", () => {
    const [base, adapter] = [fp16Bytes(175e9), 35e6];
    expect(base / adapter).toBe(10_000);
    expect(base + 100 * adapter).toBe(353.5e9);
    expect((100 * base) / (base + 100 * adapter)).toBeCloseTo(99.01, 2);
    expect(base + 1000 * adapter).toBe(385e9);
    expect((1000 * base) / (base + 1000 * adapter)).toBeCloseTo(909.09, 2);
  });
});

describe("ratios", () => {
  test("GPT-3's 175,255,800,000 parameters over three budgets", () => {
    const ratio = (budget: number) => Math.floor(175_255_800_000 / budget);
    expect([lora(192, 1), lora(192, 4), lora(192, 8)].map(ratio)).toEqual([37_141, 9285, 4642]);
  });

  test("block weights over LoRA weights", () => {
    const blocks = 12 * fullCount(d, d) * 96;
    expect(blocks).toBe(173_946_175_488);
    expect(blocks / lora(192, 4)).toBe(9216);
    expect(192 * fullCount(d, d)).toBe(28_991_029_248);
    expect(192 * fullCount(d, d) * 6).toBe(blocks);
  });

  test("an adapter of 40,109,568 parameters against LoRA's 4,718,592", () => {
    expect(40_109_568 / lora(192, 1)).toBeCloseTo(8.5003, 4);
  });
});

test("the other models of the paper", () => {
  expect(lora(24, 8, 768)).toBe(294_912);
  expect(lora(48, 8, 1024)).toBe(786_432);
  expect(lora(96, 8, 1536)).toBe(2_359_296);
  expect(lora(96, 16, 1536)).toBe(4_718_592);
  expect(lora(48, 4, 1024)).toBe(393_216);
  expect(lora(48, 4, 1024) * 4).toBe(1.5 * MiB);
  expect(lora(72, 4, 1280)).toBe(737_280);
});

test("the 4096 exercise", () => {
  expect([fullCount(4096, 4096), loraCount(4096, 4096, 8), reduction(4096, 4096, 8)]).toEqual([
    16_777_216, 65_536, 256,
  ]);
});

test("several shapes add up, one copy unless said", () => {
  const attention = {d: 64, k: 64, copies: 4};
  const up = {d: 256, k: 64};
  expect(countLora([attention, up], 2)).toBe(4 * 2 * 128 + 2 * 320);
  expect(countLora([], 4)).toBe(0);
});

test("the break-even rank is where both counts meet; degrees of freedom meet d·k at full rank", () => {
  expect(breakEvenRank(d, d)).toBe(d / 2);
  const size = fc.integer({min: 1, max: 5000});
  fc.assert(
    fc.property(size, size, size, (d, k, r) => {
      expect(loraCount(d, k, r) < fullCount(d, k)).toBe(r < breakEvenRank(d, k));
      expect(loraCount(d, k, r) - degreesOfFreedom(d, k, r)).toBe(r * r);
      expect(degreesOfFreedom(d, k, Math.min(d, k))).toBe(fullCount(d, k));
    }),
    {seed: 14},
  );
});
