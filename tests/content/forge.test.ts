import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {decode16, fp16} from "../../src/engine/files/float16.ts";
import {mulberry32} from "../../src/engine/linalg/random.ts";
import {attachLora} from "../../src/engine/lora/loras.ts";
import {allocate} from "../../src/engine/network/parameters.ts";
import type {Transformer} from "../../src/engine/network/transformer.ts";
import {base, heldOut, lossOn, oneMatrix, QUERIES_AND_VALUES, trained} from "../../src/make/scripts/forgeRuns.ts";
import {freshKernels} from "../../src/make/scripts/loadBase.ts";
import {readCut} from "../../src/make/scripts/sweepCut.ts";
import {merged, oneQuestion, others, readForge} from "../../src/make/scripts/sweepForge.ts";

const file = readForge();
const read = (name: string) => JSON.parse(readFileSync(new URL(`../../content/lab/${name}`, import.meta.url), "utf8"));
const numbersIn = (text: string) =>
  Float64Array.from(new Uint16Array(new Uint8Array(Buffer.from(text, "base64")).buffer), (code) =>
    decode16(code, fp16),
  );
const doubt = (loss: number) => Math.exp(loss);
const cut = readCut();

/** The table "Measured for this plan", as it was printed there. */
const printed: readonly [what: string, losses: readonly number[], due: readonly number[]][] = [
  ["base", [file.base], [2.7135]],
  ["adapter, three seeds", file.adapter, [2.153, 2.164, 2.167]],
  ["adapter at rank 1", [file.adapterRankOne], [2.265]],
  ["full fine-tuning, three seeds", file.full, [1.958, 1.955, 1.958]],
  ["cut changes", [1, 2, 4, 8, 16, 32].map((r) => cut.change[r]!), [2.476, 2.251, 2.172, 2.075, 2.034, 2.021]],
  ["cut weights", [4, 8, 16, 24].map((r) => cut.weights[r]!), [4.13, 3.63, 3.12, 2.84]],
  ["bottlenecks", file.bottlenecks, [2.127, 2.143, 2.121]],
  ["prefix", file.prefix, [2.225, 2.22, 2.216]],
  ["own words", Object.values(file.ownWords), [1.996, 2.598, 1.996, 2.803]],
  ["French", Object.values(file.french), [2.42, 2.087]],
  ["Spanish", Object.values(file.spanish), [2.592, 2.082]],
  ["summed", Object.values(file.namesAndFrench), [2.295, 2.545]],
  ["twenty names", [file.twentyNames], [3.705]],
];

describe("the plan's table", () => {
  test.each(printed)("%s", (_, losses, due) => {
    expect(losses).toHaveLength(due.length);
    for (const [i, loss] of losses.entries())
      expect(Math.abs(loss - due[i]!)).toBeLessThan(due[i]! > 2.8 ? 6e-3 : 6e-4);
  });

  test("one matrix: 160 parameters end at 10.3 letters in doubt, 64 at 10.6, and five seeds ask the same", () => {
    const {W2, Wv} = file.oneMatrix;
    expect(W2.losses.map((loss) => doubt(loss).toFixed(1))).toEqual(Array(5).fill("10.3"));
    expect(Wv.losses.map((loss) => doubt(loss).toFixed(1))).toEqual(Array(5).fill("10.6"));
    expect([...W2.losses, ...Wv.losses].map((loss) => loss.toFixed(2))).toEqual([
      ...["2.33", "2.33", "2.33", "2.33", "2.33"],
      ...["2.36", "2.36", "2.36", "2.36", "2.36"],
    ]);
    expect(W2.aAtStart[1]).toBeLessThan(0.19);
    expect([W2.a, W2.b].flat().map((x) => x.toFixed(2))).toEqual(["0.87", "0.92", "0.98", "0.99"]);
  });

  test("letters in doubt: 15.1 → 8.6 → 7.1; the change cut to four pieces keeps 78 % of the gain it has whole", () => {
    expect([file.base, file.adapter[0]!, file.full[0]!].map((loss) => doubt(loss).toFixed(1))).toEqual([
      ...["15.1", "8.6", "7.1"],
    ]);
    const gain = (r: number) => file.base - cut.change[r]!;
    expect((gain(4) / gain(32)).toFixed(2)).toBe("0.78");
    expect([cut.change[4]!, cut.change[32]!, cut.weights[4]!].map((x) => doubt(x).toFixed(1))).toEqual([
      ...["8.8", "7.5", "62.2"],
    ]);
    // The base's own weights, kept whole, are the base.
    expect(cut.weights[32]).toBeCloseTo(file.base, 4);
  });

  test("off is the base; merged writes the same words", () => {
    expect(file.ownWords.off).toBe(file.ownWords.base);
    expect(file.merged).toEqual({words: 200, alike: 200, difference: 1.2e-14});
  });
});

describe("comes again", () => {
  const kernels = freshKernels();
  const names = trained(kernels, QUERIES_AND_VALUES);

  test("the adapter, the sum with the French one, and the merge", () => {
    const again = others(kernels, names.model);
    expect(again.summed).toEqual(file.namesAndFrench);
    expect([again.french.losses, again.spanish.losses]).toEqual([file.french, file.spanish]);
    expect(merged(kernels, names.model)).toEqual(file.merged);
  });

  test("the question of two seeds", () => {
    const {losses} = oneQuestion(kernels, "W2", [7, 1]);
    expect(losses).toEqual(file.oneMatrix.W2.losses.slice(0, 2));
    expect(trained(kernels, oneMatrix("Wv")).params[0]).toHaveLength(64);
  });

  test("full fine-tuning, its pieces and those of the base", () => {
    const full = trained(kernels, "full");
    const stored = numbersIn(read("forge.full.json").base64);
    expect(stored).toHaveLength(26_848);
    const worst = full.params[0]!.reduce((most, x, i) => Math.max(most, Math.abs(x - stored[i]!)), 0);
    expect(worst).toBeLessThan(2 ** -10);
  });
});

describe("the files that figures load", () => {
  const adapters = read("forge.adapters.json");
  const kernels = freshKernels();
  const lossOf = (model: Transformer, list: keyof typeof heldOut) => lossOn(kernels, model, heldOut[list]);

  /** From the halves in the file. */
  const withAdapter = (text: string): Transformer => {
    const blank = attachLora(base.sizes, QUERIES_AND_VALUES, mulberry32(0));
    return {...base, attached: [{...blank, params: allocate(blank.params.layout, numbersIn(text))}]};
  };

  test.each([
    ["names", "10", file.adapterAtStep["10"]!],
    ["names", "200", file.adapter[0]!],
    ["french", "200", file.french.on],
    ["spanish", "200", file.spanish.on],
  ] as const)("%s at step %s has the loss that is printed", (list, step, loss) => {
    expect(Buffer.from(adapters[list][step], "base64")).toHaveLength(2048);
    expect(Math.abs(lossOf(withAdapter(adapters[list][step]), list) - loss)).toBeLessThan(1e-3);
  });

  test("the fully tuned weights too", () => {
    const weights = allocate(base.weights.layout, numbersIn(read("forge.full.json").base64));
    expect(Math.abs(lossOf({...base, weights}, "names") - file.full[0]!)).toBeLessThan(1e-3);
  });
});
