/** What is taken home opens again and is what was said: as it was, cut, merged; as PEFT and as its own family. */
import {expect, test} from "vitest";
import type {Change} from "../../../../src/engine/adapters/inspect/changes.ts";
import {UNREAD_KINDS} from "../../../../src/engine/adapters/inspect/families/others.ts";
import {summarize} from "../../../../src/engine/adapters/inspect/health.ts";
import {type MeasuredUpdate, rescaled} from "../../../../src/engine/adapters/inspect/measure.ts";
import {csvOf, pythonCheck, reportOf} from "../../../../src/engine/adapters/inspect/report.ts";
import {commonName, crossAdapters, matchModules} from "../../../../src/engine/adapters/inspect/second.ts";
import {notesOf, type TakeResult, whyNotTaken} from "../../../../src/engine/adapters/inspect/takeHome.ts";
import {readAdapter} from "../../../../src/engine/adapters/peft.ts";
import {readSafetensors} from "../../../../src/engine/adapters/safetensors.ts";
import {compare} from "../../../../src/engine/analysis/updates/compareUpdates.ts";
import {deltaNorm} from "../../../../src/engine/analysis/updates/grams.ts";
import {mergedGrams} from "../../../../src/engine/analysis/updates/merging.ts";
import {evenRanks, resizeError} from "../../../../src/engine/analysis/updates/resizing.ts";
import {lowRankSvd} from "../../../../src/engine/linalg/lowrank.ts";
import {scaling} from "../../../../src/engine/lora/lora.ts";
import {findings, fixture, kernel, measuredOf, openFixture, reopened, taken} from "./fixture.ts";
import {configOf, openedOf, pairsOf} from "./made.ts";
import {readersScales} from "./readers.ts";

/** What was written, opened again. */
const again = async (files: TakeResult) => (await reopened(files)).adapter;

const near = (ours: Float64Array, due: ArrayLike<number>, room: number) => {
  for (let i = 0; i < ours.length; i++) expect(Math.abs(ours[i]! - (due[i] ?? 0))).toBeLessThan(room * due[0]!);
};

const same = [
  ...["kohya", "kohya-no-alpha", "locon", "comfy", "fp8", "xlabs", "two-1"],
  ...["diffusers", "diffusers-bare", "old-diffusers", "older-text"],
];

test.each(same)("%s, unchanged, in its own names: the same updates", async (name) => {
  const adapter = await openFixture(name);
  const files = await taken(adapter, {kind: "none"}, {as: "same"});
  const [before, after] = [await measuredOf(adapter), await measuredOf(await again(files))];
  expect([...after.keys()]).toEqual([...before.keys()]);
  for (const [key, one] of before) {
    const other = after.get(key)!;
    const kind = ({r, pair}: MeasuredUpdate) => [r, pair.kernel, pair.magnitude !== undefined];
    expect(kind(other)).toEqual(kind(one));
    near(other.s, one.s, 1e-6);
  }
  expect(files.error).toBe(0);
});

test.each(["diffusers-bare", "old-diffusers", "older-text", "f64", "two-1", "two-2"])(
  "%s as a PEFT pair: the same updates, read by readAdapter too",
  async (name) => {
    const adapter = await openFixture(name);
    const files = await taken(adapter, {kind: "none"}, {as: "PEFT"});
    expect(files.files.map((file) => file.name)).toEqual(["adapter_config.json", "adapter_model.safetensors"]);
    const [config, model] = files.files.map(({bytes}) => bytes);
    const {modules} = readAdapter(new TextDecoder().decode(config), readSafetensors(model!));
    const due = [...(await measuredOf(adapter)).values()];
    expect(modules.size).toBe(due.length);
    for (const [i, module] of [...modules.values()].entries()) {
      const one =
        due.find(({name: own}) => own === module.name || own.replaceAll(".processor", "").endsWith(module.name)) ??
        due[i]!;
      near(
        lowRankSvd(module.B, module.A).s.map((sigma) => sigma * scaling(module)),
        one.s,
        1e-6,
      );
    }
  },
);

test("MLX becomes a PEFT pair, embedding and experts too as far as PEFT can say them", async () => {
  const adapter = await openFixture("mlx");
  // The experts need a config with target_parameters, which MLX has not.
  await expect(taken(adapter, {kind: "none"}, {as: "PEFT"})).rejects.toThrow(
    "which only a config with target_parameters can express",
  );
  for (const name of [...adapter.pairs.keys()]) if (name.includes("switch")) adapter.pairs.delete(name);
  const home = await measuredOf(await again(await taken(adapter, {kind: "none"}, {as: "PEFT"})));
  for (const [key, answer] of Object.entries(fixture.adapters.mlx!))
    if (!key.includes("[")) near(home.get(key)!.s, answer.s, 1e-6);
});

test("a cut is as far from the whole as was said, and every module is cut as NumPy cuts it", async () => {
  for (const name of ["two-1", "two-2"]) {
    const adapter = await openFixture(name);
    const before = await measuredOf(adapter);
    const all = [...before.values()];
    const ranks = new Map(all.map((one) => [one.name, 2]));
    const files = await taken(adapter, {kind: "cut", ranks}, {as: "PEFT"});
    const resizable = all.map(({s, pair}) => ({s, cost: pair.d + pair.k}));
    expect(files.error).toBeCloseTo(resizeError(resizable, evenRanks(resizable, 2)), 10);
    const home = await again(files);
    const after = await measuredOf(home);
    for (const [key, one] of before) {
      const other = after.get(key)!;
      expect([other.r, other.scale]).toEqual([2, expect.closeTo(one.scale, 12)]);
      near(other.s, one.s, 1e-6);
      if (name === "two-1") {
        const distance = Math.sqrt(one.norm ** 2 - other.norm ** 2);
        expect(distance).toBeCloseTo(fixture.two[key]!.cut[1]!, 4);
      }
    }
    // The distance between the two files, module by module, is the same number again.
    const parts = [];
    for await (const one of crossAdapters(adapter, home, kernel)) {
      if (!("cross" in one)) throw new Error(one.sentence);
      parts.push(compare(before.get(one.name)!.grams, after.get(one.name)!.grams, one.cross));
    }
    const lost = Math.hypot(...parts.map(({difference}) => difference));
    expect(lost / Math.hypot(...all.map(({norm}) => norm))).toBeCloseTo(files.error, 5);
  }
});

test("a cut of kohya's keeps names, alpha over rank and its other facts; dtype can be asked for", async () => {
  const adapter = await openFixture("kohya");
  const ranks = new Map([...adapter.pairs.keys()].map((name) => [name, 1]));
  const files = await taken(adapter, {kind: "cut", ranks}, {as: "same", dtype: "BF16"});
  const home = await again(files);
  expect(home.facts.dtypes[0]).toEqual(["BF16", 8]);
  expect(home.facts.ranks).toEqual([[1, 4]]);
  expect(home.container.metadata.get("ss_network_dim")).toBe("1");
  expect(home.container.metadata.has("ss_network_alpha")).toBe(false);
  const [before, after] = [await measuredOf(adapter), await measuredOf(home)];
  for (const [key, one] of after) {
    expect(one.scale).toBeCloseTo(before.get(key)!.scale, 6);
    expect(Math.abs(one.s[0]! / before.get(key)!.s[0]! - 1)).toBeLessThan(0.01);
  }
});

test("a merge, whole and cut, has the spectrum that was shown before", async () => {
  const [one, two] = [await openFixture("two-1"), await openFixture("two-2")];
  const weights = [0.5, -1] as const;
  const [first, second] = [await measuredOf(one), await measuredOf(two)];
  const whole = await measuredOf(await again(await taken(one, {kind: "merge", other: two, weights}, {as: "PEFT"})));
  const cut = await measuredOf(
    await again(await taken(one, {kind: "merge", other: two, weights, rank: 3}, {as: "PEFT"})),
  );
  let crossed = 0;
  for await (const found of crossAdapters(one, two, kernel)) {
    if (!("cross" in found)) throw new Error(found.sentence);
    crossed++;
    const grams = mergedGrams(first.get(found.name)!.grams, second.get(found.name)!.grams, found.cross, weights);
    const due = fixture.two[found.name]!.merges["0.5,-1"]!;
    expect(whole.get(found.name)!.norm).toBeCloseTo(deltaNorm(grams), 4);
    expect(whole.get(found.name)!.r).toBe(first.get(found.name)!.r + second.get(found.name)!.r);
    near(whole.get(found.name)!.s, due, 1e-6);
    expect(cut.get(found.name)!.r).toBe(3);
    near(cut.get(found.name)!.s, due, 1e-6);
  }
  expect(crossed).toBe(2);
});

test("TIES taken home is NumPy's dense merge, cut; what the cut lost is said", async () => {
  const [one, two] = [await openFixture("two-1"), await openFixture("two-2")];
  const entries = {method: "ties", density: 0.4, seed: 1} as const;
  const change: Change = {kind: "merge", other: two, weights: [0.7, 1.2], rank: 20, entries};
  const whole = await taken(one, change, {as: "PEFT"});
  expect(whole.error).toBeLessThan(1e-3);
  for (const [key, {s}] of await measuredOf(await again(whole))) near(s, fixture.two[key]!.ties.s, 1e-5);
  const cut = await taken(one, {...change, rank: 4}, {as: "PEFT"});
  const spectra = Object.values(fixture.two).map(({ties}) => ({s: Float64Array.from(ties.s), cost: 1}));
  const least = resizeError(spectra, [4, 4]);
  expect(cut.error).toBeGreaterThan(least * (1 - 1e-5));
  expect(cut.error).toBeLessThan(least * 1.02);
});

test("modules of one adapter alone are in the merge too, times their weight", async () => {
  const [one, two] = [await openFixture("two-1"), await openFixture("two-2")];
  one.pairs.delete("layers.0.q");
  const {onlySecond, shared} = matchModules(one, two);
  expect([onlySecond, shared.map(({name}) => name)]).toEqual([["layers.0.q"], ["layers.1.q"]]);
  const merged = await measuredOf(
    await again(await taken(one, {kind: "merge", other: two, weights: [1, -2]}, {as: "PEFT"})),
  );
  near(
    merged.get("layers.0.q")!.s,
    fixture.adapters["two-2"]!["layers.0.q"]!.s.map((sigma) => 2 * sigma),
    1e-6,
  );
});

test("a merge of which one adapter has a module more is as strong in vLLM as in PEFT", async () => {
  const config = configOf({r: 8, lora_alpha: 16});
  const [one, two] = [
    await openedOf(pairsOf(["h.0.q", "h.1.q"], 8), config),
    await openedOf(pairsOf(["h.0.q", "h.1.q", "lm_head"], 8), config),
  ];
  const {files} = await taken(one, {kind: "merge", other: two, weights: [1, 1]}, {as: "PEFT"});
  const [json, model] = files.map(({bytes}) => bytes);
  const scales = readersScales(new TextDecoder().decode(json), readSafetensors(model!).tensors);
  expect([...scales.values()].flatMap(({peft, vllm}) => [peft, vllm])).toEqual(Array(6).fill(1));
});

test("what cannot be written is said before and refused after", async () => {
  const [kohya, gguf, dora] = await Promise.all(["kohya", "gguf-f32", "locon"].map(openFixture));
  expect(whyNotTaken(kohya!, "PEFT")).toContain("kohya's names have no PEFT map");
  expect(whyNotTaken(kohya!, "same")).toBeUndefined();
  expect(whyNotTaken(await openFixture("diffusers"), "PEFT")).toBe(
    "the file is for several models (text_encoder, unet), and PEFT files are for one",
  );
  expect(whyNotTaken(gguf!, "same")).toContain("convert_lora_to_gguf.py");
  await expect(taken(gguf!, {kind: "none"}, {as: "PEFT"})).rejects.toThrow("GGUF's names have no PEFT map");
  await expect(taken(dora!, {kind: "merge", other: dora!, weights: [1, 1]}, {as: "same"})).rejects.toThrow("is DoRA");
});

test("two adapters of other bases are kept apart in words", async () => {
  const [one, two, mlx] = await Promise.all(["two-1", "diffusers-bare", "mlx"].map(openFixture));
  expect(matchModules(one!, two!).sentence).toMatch(/^These two have no module in common/);
  const wide = await openFixture("two-2");
  for (const pair of wide.pairs.values()) pair.k += 8;
  expect(matchModules(one!, wide).sentence).toBe(
    "These two belong to different bases: layers.0.q is 24 × 20 in one and 24 × 28 in the other. Each can be inspected, but they cannot be compared.",
  );
  expect(matchModules(mlx!, mlx!).shared.length).toBe(3);
});

test.each([
  ["lora_unet_mid_block_attentions_0_to_q", "unet.mid_block.attentions.0.to_q"],
  ["lora_te1_text_model_encoder_layers_0", "text_encoder.text_model.encoder.layers.0"],
  ["lora_te2_text_model_a", "text_encoder_2.text_model.a"],
  ["diffusion_model.double_blocks.0.img", "lora_unet_double_blocks_0_img"],
  ["transformer.transformer_blocks.0.attn", "lora_transformer_transformer_blocks_0_attn"],
  ["unet.a.processor.to_q", "unet.a.to_q"],
])("%s and %s are one module", (a, b) => expect(commonName(a)).toBe(commonName(b)));

test("another scale stretches norms and leaves ranks, also from 0", async () => {
  const [one] = (await measuredOf(await openFixture("two-1"))).values() as Iterable<MeasuredUpdate>;
  const half = rescaled(one!, one!.scale / 2);
  expect([half.norm / one!.norm, half.s[1]! / one!.s[1]!]).toEqual([0.5, 0.5].map((x) => expect.closeTo(x, 12)));
  expect([half.r90, half.scaleFrom]).toEqual([one!.r90, "chosen"]);
  near(rescaled(rescaled(one!, 0), one!.scale).s, one!.s, 1e-12);
});

test("CSV and report have every module, and names are no formulas", async () => {
  const adapter = await openFixture("kohya");
  const summary = summarize(adapter, await findings(adapter));
  const [head, ...lines] = csvOf(summary).trimEnd().split("\r\n");
  expect(lines.length).toBe(4);
  expect(head!.split(",").length).toBe(lines[0]!.split(",").length);
  const evil = {...summary, measured: [{...summary.measured[0]!, name: '=cmd("x")'}]};
  expect(csvOf(evil)).toContain(`"'=cmd(""x"")"`);
  const report = reportOf(adapter, summary);
  const back = JSON.parse(JSON.stringify(report));
  expect(back.modules.map(({singularValues}: {singularValues: number[]}) => singularValues)).toEqual(
    summary.measured.map(({s}) => [...s]),
  );
  const due = Object.values(fixture.adapters.kohya!).map(({r90}) => r90);
  const mean = due.reduce((sum, r) => sum + r, 0) / due.length;
  expect(back.sentence).toBe(
    `The ranks are 2 to 4, and on average ${mean.toFixed(1)} directions carry 90% of the update.`,
  );
  expect(pythonCheck).toContain("np.linalg.svd");
});

test("one tensor of another kind is taken over in the singular", async () => {
  const adapter = await openFixture("two-1");
  const unread = [{kind: UNREAD_KINDS[0]!, tensors: 1, first: "q.hada_w1_a"}];
  const notes = notesOf({...adapter, keys: {...adapter.keys, unread}}, {kind: "none"}, new Map());
  expect(notes).toEqual(["1 tensor of LoHa was taken over unchanged"]);
});
