import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {energyKept} from "../../../src/engine/linalg/spectrum.ts";
import {languageLoss} from "../../../src/engine/network/transformer.ts";
import {batchOf} from "../../../src/engine/training/words.ts";
import {compute, ready} from "../../../src/figures/cut/model.ts";
import {cutPieces, readTuned, withPieces} from "../../../src/figures/cut/pieces.ts";
import {splitOf} from "../../../src/tools/baseModels.ts";
import {sampledWords} from "../../../src/tools/forgeRuns.ts";
import {baseNamed, createLabKernels} from "../../../src/tools/loadBase.ts";
import {cutLosses, readCut} from "../../../src/tools/sweepCut.ts";

const base = baseNamed("word-forge");
const {base64} = JSON.parse(readFileSync(new URL("../../../content/lab/forge.full.json", import.meta.url), "utf8"));
const tuned = readTuned(base64, base);
const unseen = batchOf(splitOf("names").heldOut.slice(0, 150));
const stored = readCut();

describe("a cut of the change", () => {
  test("has the losses that the sweep measures again", () => {
    expect(cutLosses(createLabKernels(), "change", [0, 4, 32])).toEqual([0, 4, 32].map((r) => stored.change[r]));
    expect(cutLosses(createLabKernels(), "weights", [4, 32])).toEqual([4, 32].map((r) => stored.weights[r]));
  });

  test("with all pieces is the tuned matrices on the base's other parameters; with none, the base", () => {
    const pieces = cutPieces(base, tuned, "change");
    const all = withPieces(base, pieces, 32, "change");
    for (const [name] of base.weights.layout) {
      const due = /[.]W[qkvo12]$/.test(name) ? tuned : base;
      const off = all.weights.views[name].data.map((x, i) => Math.abs(x - due.weights.views[name].data[i]!));
      expect(Math.max(...off), name).toBeLessThan(1e-12);
    }
    expect(withPieces(base, pieces, 0, "change").weights.flat).toEqual(base.weights.flat);
    expect(languageLoss(withPieces(base, cutPieces(base, tuned, "weights"), 32, "weights"), unseen)).toBeCloseTo(
      languageLoss(base, unseen),
      10,
    );
  });

  test("four of its pieces hold 37 % to 59 % of each matrix's energy", () => {
    const kept = cutPieces(base, tuned, "change").map(({s}) => Math.round(100 * energyKept(s, 4)));
    expect([Math.min(...kept), Math.max(...kept)]).toEqual([37, 59]);
  });

  test("writes what the kernels write with the same draws", async () => {
    await ready();
    const all = [...compute({of: "change", draw: 11})] as {words: string[]}[];
    expect(all).toHaveLength(33);
    for (const r of [0, 4, 32]) {
      const model = withPieces(base, cutPieces(base, tuned, "change"), r, "change");
      expect(all[r]!.words).toEqual(sampledWords(createLabKernels(), model, 8, 11));
    }
  });
});
