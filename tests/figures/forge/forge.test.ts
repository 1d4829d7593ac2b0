import {describe, expect, test} from "vitest";
import {type ForgeParams, forgeSettings} from "../../../src/figures/forge/controls.ts";
import {compute, type ForgeSnapshot, ready} from "../../../src/figures/forge/model.ts";
import {readForge} from "../../../src/figures/forge/reading.ts";
import {spelled} from "../oracles/forge.ts";

const usual: ForgeParams = {adapter: "on", lesson: "names", show: "one", word: 5, draw: 11};

async function first(params: ForgeParams): Promise<ForgeSnapshot> {
  await ready(forgeSettings(params));
  return compute(forgeSettings(params)).next().value as ForgeSnapshot;
}

describe("the words", () => {
  test("off, on and fully tuned from the draws of seed 11", async () => {
    const {off, on} = await first(usual);
    expect(off.words.join(" ")).toBe("lings slotcher outtromied wearging gadring allyend equiderical upriting");
    expect(on.words.join(" ")).toBe("linion shima melnnie walline gadrie amithek emboi trietpe");
    expect((await first({...usual, adapter: "full"})).on.words.slice(0, 3)).toEqual(["kemine", "rissa", "linnie"]);
  });

  test.each([
    {...usual, draw: 3},
    {...usual, draw: 40},
    {...usual, lesson: "french", draw: 5},
    {...usual, lesson: "spanish", draw: 6},
    {...usual, lesson: "twenty", draw: 7},
    {...usual, adapter: "full", draw: 99},
  ] satisfies ForgeParams[])("are those of a plain sampler: %o", async (params) => {
    const {off, on} = await first(params);
    const expected = spelled(params);
    expect(off.words).toEqual(expected.off.map(({word}) => word));
    expect(on.words).toEqual(expected.now.map(({word}) => word));
    for (const [n, {chances}] of expected.now.entries())
      for (const [t, row] of chances.entries())
        for (const [token, chance] of row.entries()) expect(on.chances[n]![t]![token]).toBeCloseTo(chance, 9);
  });

  test("off again, every score has the bits it had", async () => {
    for (const draw of [1, 11, 60]) {
      const {again} = await first({...usual, draw});
      expect(again.same).toBe(again.scores);
      expect(again.scores).toBeGreaterThan(8 * 27);
    }
  });
});

describe("one letter", () => {
  test("is the first at which the words differ, and the draw lies in the share of the letter it chose", async () => {
    for (const {draw, choices} of readForge([await first(usual)], usual).words) {
      expect(choices.off.before).toBe(choices.on.before);
      expect(choices.off.token).not.toBe(choices.on.token);
      for (const {chances, token} of [choices.off, choices.on]) {
        const below = chances.slice(0, token).reduce((sum, one) => sum + one, 0);
        expect(draw).toBeGreaterThanOrEqual(below - 1e-12);
        expect(draw).toBeLessThan(below + chances[token]! + 1e-12);
      }
    }
  });

  test("a control that is out of sight does not count", () => {
    expect(forgeSettings({...usual, adapter: "full", lesson: "french"}).lesson).toBe("names");
  });
});
