import {expect, test} from "vitest";
import {healthOf, sentenceOf, summarize} from "../../../../src/engine/adapters/inspect/health.ts";
import {overviewOf} from "../../../../src/engine/adapters/inspect/overview.ts";
import {summarizeScales} from "../../../../src/engine/adapters/inspect/scales.ts";
import {decodeE4M3, decodeE5M2, transposed} from "../../../../src/engine/adapters/inspect/storage.ts";
import {findings, fixture, measuredOf, openFixture} from "./fixture.ts";

test("every 8-bit code is the number that NumPy's table has", () => {
  const number = (x: number | string | null) => (x === null ? Number.NaN : Number(x));
  for (let code = 0; code < 256; code++) {
    expect(decodeE4M3(code)).toBe(number(fixture.fp8.F8_E4M3[code]!));
    expect(decodeE5M2(code)).toBe(number(fixture.fp8.F8_E5M2[code]!));
  }
});

test("a turned matrix of any size is turned back", () => {
  for (const [rows, cols] of [
    [1, 1],
    [3, 200],
    [130, 65],
    [64, 64],
    [0, 5],
  ] as const) {
    const x = {rows, cols, data: Float32Array.from({length: rows * cols}, (_, i) => i)};
    const turned = transposed(x);
    expect([turned.rows, turned.cols]).toEqual([cols, rows]);
    if (rows > 0) expect(turned.data[(cols - 1) * rows]).toBe(cols - 1);
    expect(transposed(turned)).toEqual(x);
  }
});

test("rows of keys: a family and a prefix each, with who reads them", async () => {
  const {keys} = await openFixture("diffusers");
  expect(keys.rows.map(({family, prefix, tensors, modules}) => [family, prefix, tensors, modules])).toEqual([
    ["diffusers", "text_encoder.text_model.encoder.layers.", 2, 1],
    ["diffusers", "unet.down_blocks.", 4, 2],
  ]);
  expect(keys.rows[0]!.readers).toContain("ComfyUI");
});

test("an overview and what is measured can be posted from a worker", async () => {
  for (const name of ["kohya", "gguf-q8", "two-1", "mlx"]) {
    const adapter = await openFixture(name);
    const overview = overviewOf(adapter);
    expect(structuredClone(overview)).toEqual(overview);
    expect(overview.pairs.length).toBe(adapter.pairs.size);
    const found = await findings(adapter);
    expect(structuredClone(found)).toEqual(found);
  }
  expect(overviewOf(await openFixture("gguf-q8")).exportErrors.same).toContain("convert_lora_to_gguf.py");
  expect(overviewOf(await openFixture("two-1")).exportErrors).toEqual({});
});

test("bases are told by config, metadata, or names and widths, with where from", async () => {
  const bases = await Promise.all(
    ["kohya", "xlabs", "mlx", "gguf-f32", "f64"].map(async (name) => (await openFixture(name)).facts.base),
  );
  expect(bases).toEqual([
    {name: "sd_v1", from: "ss_base_model_version in the metadata"},
    undefined,
    {name: "mlx-community/small", from: "adapter_config.json"},
    {name: "llama", from: "general.architecture in the metadata"},
    undefined,
  ]);
});

test("where alpha comes from is told source by source, and what disagrees", async () => {
  const adapter = await openFixture("kohya");
  const {lines, disagreement, asked} = summarizeScales([...(await measuredOf(adapter)).values()], adapter.scales);
  expect(lines.map(({where, says, applies}) => [where, says, applies])).toEqual([
    [".alpha beside the pair", expect.stringMatching(/^Scale 0.5.* for 3 of 4 modules; /), true],
    ["ss_network_alpha / ss_network_dim in the metadata", "α / r = 4 / 4 = 1", false],
  ]);
  expect(disagreement).toBe("0.5 from 3 .alpha tensors; ss_network_alpha says 1. Loaders use the tensors.");
  const one = [...(await measuredOf(adapter)).values()].filter(({scale}) => scale === 0.5).slice(0, 1);
  expect(summarizeScales(one, adapter.scales).disagreement).toMatch(/^0.5 from 1 .alpha tensor; /);
  expect(asked).toBe(0);
});

test("the checks stand in the order of the page, and pass for an adapter that is well", async () => {
  const adapter = await openFixture("two-1");
  const summary = summarize(adapter, await findings(adapter));
  const checks = healthOf(adapter, summary);
  expect(checks.map(({id}) => id).join(" ")).toBe("finite names config alpha zero pairs tensors loudest");
  expect(checks.filter(({ok}) => !ok)).toEqual([]);
  expect(sentenceOf(adapter, summary)).toMatch(
    /^The ranks are 3 to 4, and on average \d\.\d directions carry 90% of the update\.$/,
  );
});
