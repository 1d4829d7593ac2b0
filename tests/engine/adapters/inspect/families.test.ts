/** Every family against NumPy: names, shapes, scales and spectra. */
import {expect, test} from "vitest";
import {FAMILIES} from "../../../../src/engine/adapters/inspect/families/families.ts";
import {UNREAD_KINDS} from "../../../../src/engine/adapters/inspect/families/others.ts";
import {placeOf} from "../../../../src/engine/adapters/inspect/families/placeOf.ts";
import {summarizeScales} from "../../../../src/engine/adapters/inspect/scales.ts";
import {fixture, measuredOf, openFixture} from "./fixture.ts";

const families: Readonly<Record<string, [family: string, scaleFrom: string]>> = {
  kohya: ["kohya", "tensor"],
  "kohya-no-alpha": ["kohya", "none"],
  locon: ["kohya", "tensor or none"],
  comfy: ["ComfyUI", "tensor"],
  fp8: ["ComfyUI", "none"],
  "fp8-e5m2": ["ComfyUI", "none"],
  f64: ["PEFT", "asked"],
  diffusers: ["diffusers", "metadata"],
  "diffusers-bare": ["diffusers", "none"],
  "old-diffusers": ["old diffusers", "none"],
  "older-text": ["old diffusers", "none"],
  xlabs: ["XLabs", "none"],
  mlx: ["MLX", "config"],
  "gguf-f32": ["GGUF", "metadata"],
  "gguf-f16": ["GGUF", "metadata"],
  "gguf-bf16": ["GGUF", "metadata"],
  "gguf-q8": ["GGUF", "metadata"],
  "two-1": ["PEFT", "config"],
  "two-2": ["PEFT", "config"],
};

test("every fixture is in the list", () => {
  expect(Object.keys(fixture.adapters).sort()).toEqual(Object.keys(families).sort());
});

let worst = 0;
const off = (value: number, due: number, unit = due) => {
  worst = Math.max(worst, Math.abs(value - due) / unit);
  return Math.abs(value - due) / unit;
};

test.each(Object.entries(families))("%s: what NumPy says of each update", async (name, [family, scaleFrom]) => {
  const adapter = await openFixture(name);
  const due = fixture.adapters[name]!;
  expect([adapter.problems, adapter.keys.others, adapter.facts.families]).toEqual([[], [], [family]]);
  const measured = await measuredOf(adapter);
  expect([...measured.keys()].sort()).toEqual(Object.keys(due).sort());
  expect(adapter.facts.modules).toBe(measured.size);
  for (const [module, answer] of Object.entries(due)) {
    const one = measured.get(module)!;
    expect([one.r, one.grams.d, one.grams.k]).toEqual([answer.r, answer.d, answer.k]);
    expect(scaleFrom.split(" or ")).toContain(one.scaleFrom);
    expect(one.scale).toBeCloseTo(answer.scale, 14);
    if (answer.kind !== "linear") expect(one.pair.kind).toBe(answer.kind);
    expect(one.s.length).toBe(answer.s.length);
    for (const [i, sigma] of one.s.entries()) expect(off(sigma, answer.s[i]!, answer.s[0])).toBeLessThan(1e-14);
    for (const key of ["norm", "effective", "energy"] as const) expect(off(one[key], answer[key])).toBeLessThan(1e-12);
    expect([one.r90, one.r99]).toEqual([answer.r90, answer.r99]);
  }
});

test("without an alpha, or with 0, llama.cpp takes 1, so GGUF is not asked for one", async () => {
  const adapter = await openFixture("gguf-no-alpha");
  const said = async () => {
    const measured = [...(await measuredOf(adapter)).values()];
    const {lines, asked} = summarizeScales(measured, adapter.scales);
    return [measured[0]!.scale, asked, lines.map(({where}) => where).join()];
  };
  expect(await said()).toEqual([1, 0, "no alpha in the file; loaders of such files take 1"]);
  adapter.container.metadata.set("adapter.lora.alpha", "0");
  expect(await said()).toEqual([1, 0, "alpha is 0 in the file, so llama.cpp uses 1"]);
});

test("PEFT without a config is asked for an alpha, and a choice is taken", async () => {
  const adapter = await openFixture("f64");
  const [one] = (await measuredOf(adapter)).values();
  const [chosen] = (await measuredOf(adapter, {alpha: 3 * one!.r})).values();
  expect([one!.scaleFrom, one!.scale, chosen!.scaleFrom, chosen!.scale]).toEqual(["asked", 1, "chosen", 3]);
  expect(chosen!.norm).toBeCloseTo(3 * one!.norm, 12);
});

test.each([...FAMILIES])("$id: its example is its own, and it names source and readers", (family) => {
  const place = placeOf(family.example);
  expect([place?.family.id, place?.part]).toEqual([family.id, "A"]);
  expect(family.source).toMatch(/^https:/);
  expect(family.readers.length).toBeGreaterThan(5);
});

/** A name, its family, its module and the part that it is. */
const NAMES = `
  base_model.model.model.layers.0.self_attn.q_proj.lora_A.default.weight peft model.layers.0.self_attn.q_proj A
  transformer.h.0.attn.c_attn.lora_B.weight peft transformer.h.0.attn.c_attn B
  blocks.3.attn.qkv_x.lora_A peft blocks.3.attn.qkv_x A
  base_model.model.a.lora_magnitude_vector.default.weight peft a magnitude
  base_model.model.a.lora_B.bias peft a bias
  base_model.model.a.lora_embedding_A peft a A
  base_model.model.a.__proto__.lora_A.weight peft a.__proto__ A
  transformer.single_transformer_blocks.3.attn.to_q.lora_A.weight diffusers transformer.single_transformer_blocks.3.attn.to_q A
  transformer.transformer_blocks.0.attn.to_q.lora_down.weight diffusers transformer.transformer_blocks.0.attn.to_q A
  lora_te1_text_model_encoder_layers_0_mlp_fc1.lora_up.weight kohya lora_te1_text_model_encoder_layers_0_mlp_fc1 B
  Hunyuan_video_I2V_lora_double_blocks_0_img_attn_proj.lora_down.weight kohya Hunyuan_video_I2V_lora_double_blocks_0_img_attn_proj A
  lora_unet_single_blocks_0_linear1.lora_A.weight kohya lora_unet_single_blocks_0_linear1 A
  double_blocks.0.img_attn.qkv.lora_down.weight comfy double_blocks.0.img_attn.qkv A
  text_encoders.t5xxl.transformer.encoder.block.0.lora_B.weight comfy text_encoders.t5xxl.transformer.encoder.block.0 B
  unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_v.lora.up.weight old-diffusers unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_v B
`;

test.each(
  NAMES.trim()
    .split("\n")
    .map((line) => line.trim().split(" ")),
)("%s is %s, %s, %s", (name, family, module, part) => {
  const place = placeOf(name!);
  expect([place?.family.id.replace(" ", "-"), place?.module, place?.part]).toEqual([family, module, part]);
});

test.each([
  ["a.hada_w1_a", "LoHa"],
  ["a.lokr_w2_b", "LoKr"],
  ["a.lokr_w1", "LoKr"],
  ["a.a1.weight", "GLoRA"],
  ["a.oft_blocks", "OFT"],
  ["a.on_input", "IA³"],
  ["base_model.model.a.ia3_l", "IA³"],
  ["a.diff_b", "full difference"],
  ["a.lora_E.default", "AdaLoRA"],
  ["a.vera_lambda_d", "VeRA"],
  ["a.lora_a_scales", "quantized MLX LoRA"],
])("%s is named %s", (name, title) => {
  expect(UNREAD_KINDS.find(({pattern}) => pattern.test(name))?.title).toBe(title);
  expect(placeOf(name)).toBeUndefined();
});

test.each(["model.layers.0.self_attn.q_proj.weight", "lora_A.weight", "", "x".repeat(2000)])(
  "%j is no part of a pair",
  (name) => {
    expect(placeOf(name)).toBeUndefined();
  },
);

test("the largest difference from NumPy is a rounding error", () => {
  expect(worst).toBeGreaterThan(0);
  expect(worst).toBeLessThan(1e-12);
});
