import {describe, expect, test} from "vitest";
import {type ForgeParams, forgeSettings} from "../../../src/figures/forge/controls.ts";
import {compute, type ForgeSnapshot, ready} from "../../../src/figures/forge/model.ts";
import {readForge} from "../../../src/figures/forge/reading.ts";
import {spelled} from "../oracles/forge.ts";

const usual: ForgeParams = {adapter: "on", lesson: "names", step: "200", show: "one", letter: 11, word: 5, draw: 11};

async function first(params: ForgeParams): Promise<ForgeSnapshot> {
  await ready(forgeSettings(params));
  return compute(forgeSettings(params)).next().value as ForgeSnapshot;
}

describe("the words", () => {
  test("off, on and fully tuned from the draws of seed 11", async () => {
    const {off, now} = await first(usual);
    expect(off.words.join(" ")).toBe("lings slotcher outtromied wearging gadring allyend equiderical upriting");
    expect(now.words.join(" ")).toBe("linion shima melnnie walline gadrie amithek emboi trietpe");
    expect((await first({...usual, adapter: "full"})).now.words.slice(0, 3)).toEqual(["kemine", "rissa", "linnie"]);
  });

  test.each([
    {...usual, draw: 3},
    {...usual, step: "50", draw: 40},
    {...usual, lesson: "french", draw: 5},
    {...usual, lesson: "spanish", draw: 6},
    {...usual, lesson: "twenty", draw: 7},
    {...usual, adapter: "full", draw: 99},
  ] satisfies ForgeParams[])("are those of a plain sampler: %o", async (params) => {
    const {off, now} = await first(params);
    const due = spelled(params);
    expect(off.words).toEqual(due.off.map(({word}) => word));
    expect(now.words).toEqual(due.now.map(({word}) => word));
    for (const [n, {chances}] of due.now.entries())
      for (const [t, row] of chances.entries())
        for (const [token, chance] of row.entries()) expect(now.chances[n]![t]![token]).toBeCloseTo(chance, 9);
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
  test("of whole words the place shown is where they part, and the draw lies in the share of the letter it chose", async () => {
    const tape = [await first(usual)];
    for (let word = 1; word <= 8; word++)
      for (const letter of [0, 1, 4, 11]) {
        const {place, draw, off, now, isWhole} = readForge(tape, {...usual, word, letter});
        if (isWhole) expect([off.before, off.token === now.token]).toEqual([now.before, false]);
        else expect(place).toBeLessThanOrEqual(Math.max(letter, 1));
        for (const {chances, token} of [off, now]) {
          const below = chances.slice(0, token).reduce((sum, one) => sum + one, 0);
          expect(draw).toBeGreaterThanOrEqual(below - 1e-12);
          expect(draw).toBeLessThan(below + chances[token]! + 1e-12);
        }
      }
  });

  test("a control that is out of sight does not count", () => {
    expect(forgeSettings({...usual, adapter: "full", lesson: "french"}).lesson).toBe("names");
    expect(forgeSettings({...usual, lesson: "french", step: "10"}).step).toBe("200");
  });
});
