import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {toBytes} from "../../../src/engine/adapters/dtype.ts";
import {kindOf, layerOf} from "../../../src/engine/adapters/moduleNames.ts";
import {type Adapter, readAdapter} from "../../../src/engine/adapters/peft.ts";
import {writeAdapter} from "../../../src/engine/adapters/peftWriter.ts";
import {readSafetensors} from "../../../src/engine/adapters/safetensors.ts";
import {type Tensor, writeSafetensors} from "../../../src/engine/adapters/safetensorsWriter.ts";
import {deltaSvd} from "../../../src/engine/analysis/subspace.ts";
import {frobenius} from "../../../src/engine/linalg/matrix.ts";
import {deltaWeight, scaling} from "../../../src/engine/lora/lora.ts";
import {asMatrix, distance} from "../fixture.ts";

const fixtures = new URL("../../fixtures/", import.meta.url);

interface Expected {
  r: number;
  scaling: number;
  rows: number;
  cols: number;
  deltaWeight: number[];
  magnitude?: number[];
  bias?: number[];
}

/** NumPy's answers: tests/fixtures/make_files.py. */
const {adapters}: {adapters: Record<string, Record<string, Expected>>} = JSON.parse(
  readFileSync(new URL("adapters.json", fixtures), "utf8"),
);

function open(name: string): Adapter {
  const folder = new URL(`adapters/${name}/`, fixtures);
  const model = readSafetensors(readFileSync(new URL("adapter_model.safetensors", folder)));
  return readAdapter(readFileSync(new URL("adapter_config.json", folder), "utf8"), model);
}

test.each(Object.entries(adapters))("%s: modules, ranks, scaling and ΔW are NumPy's", (name, expected) => {
  const {modules} = open(name);
  expect(new Set(modules.keys())).toEqual(new Set(Object.keys(expected)));
  for (const [module, {r, scaling: s, deltaWeight: data, magnitude, bias, ...size}] of Object.entries(expected)) {
    const lora = modules.get(module)!;
    expect(lora.r).toBe(r);
    expect(scaling(lora)).toBeCloseTo(s, 14);
    const delta = asMatrix({...size, data});
    expect(distance(deltaWeight(lora), delta)).toBeLessThanOrEqual(1e-14 * frobenius(delta));
    expect(lora.magnitude).toEqual(magnitude && Float64Array.from(magnitude));
    expect(lora.bias).toEqual(bias && Float64Array.from(bias));
  }
});

test("layers are sorted by number", () => {
  const names = [...open("patterns").modules.keys()];
  expect(names.map(layerOf)).toEqual([0, 0, 2, 2, 10, 10]);
  expect(names.map(kindOf)).toEqual(["q_proj", "v_proj", "q_proj", "v_proj", "q_proj", "v_proj"]);
  expect(layerOf("lm_head")).toBeUndefined();
  expect(kindOf("lm_head")).toBe("lm_head");
});

test("the kind of each module, and whether the base stores its weight transposed", () => {
  const facts = (name: string) =>
    [...open(name).modules.values()].map(({kind, kernel, transposed}) => [kind, kernel, transposed]);
  expect(facts("named-bf16")).toEqual([["linear", [], false]]);
  expect(facts("unaligned-f16")).toEqual([["linear", [], true]]);
  expect(facts("embedding")).toEqual([["embedding", [], true]]);
  expect(facts("convolution")).toEqual([
    ["convolution", [3, 2], false],
    ["convolution", [3], false],
  ]);
  expect(facts("dora-kinds")).toEqual([
    ["convolution", [3, 3], false],
    ["embedding", [], true],
    ["linear", [], false],
  ]);
});

test("notes name what B·A does not show", () => {
  expect(open("rslora").notes).toEqual([]);
  expect(open("patterns").notes).toEqual([]);
  expect(open("dora").notes.join()).toMatch(/^use_dora: the weight is m ⊙/);
  const {notes, others} = open("more-than-factors");
  expect(notes[0]).toMatch(/^bias is lora_only: trained biases are in the file/);
  expect(notes[1]).toMatch(/^lora_bias: B has a bias of its own/);
  expect(notes[2]).toMatch(/^modules_to_save \(classifier, score, score\): whole weights of other modules/);
  expect(notes.length).toBe(3);
  expect([...others.keys()]).toEqual([
    "base_model.model.classifier.weight",
    "base_model.model.layers.0.q_proj.base_layer.bias",
  ]);
});

const zeros = (...shape: number[]): Tensor => ({
  dtype: "F32",
  shape,
  bytes: new Uint8Array(4 * shape.reduce((a, b) => a * b)),
});

/** An adapter of one module, by default 3 × 2 at rank 1. */
function small(config: object, tensors: Record<string, Partial<Tensor>> = {}): Adapter {
  const A: Tensor = {dtype: "F32", shape: [1, 2], bytes: toBytes("F32", [1, 2])};
  const B: Tensor = {dtype: "F32", shape: [3, 1], bytes: toBytes("F32", [1, 2, 3])};
  const all: Record<string, Partial<Tensor>> = {"q.lora_A.weight": {}, "q.lora_B.weight": {}, ...tensors};
  const model = Object.entries(all).map(([name, tensor]): [string, Tensor] => [
    name,
    {...(name.includes("_A") ? A : B), ...tensor},
  ]);
  return readAdapter(JSON.stringify({peft_type: "LORA", ...config}), readSafetensors(writeSafetensors(new Map(model))));
}

test("stacked experts are a module each, with the scale of one expert, and a note says so", () => {
  const {modules, notes} = open("experts");
  const [names, all] = [[...modules.keys()], [...modules.values()]];
  const layer = "model.layers.0";
  expect(names).toEqual([
    ...[0, 1, 2].map((e) => `${layer}.mlp.experts[${e}]`),
    ...[0, 1, 2].map((e) => `${layer}.mlp.experts.base_layer[${e}]`),
    `${layer}.self_attn.q_proj`,
  ]);
  expect(names.map(layerOf)).toEqual(Array(7).fill(0));
  expect(kindOf(names[1]!)).toBe("experts");
  expect(all.map(({r, name}) => [r, name])).toEqual(names.map((name, i) => [i < 6 ? 2 : 4, name]));
  expect(all[4]!.expert).toEqual({of: `${layer}.mlp.experts.base_layer`, index: 1, count: 3});
  expect(notes.length).toBe(2);
  expect(notes[1]).toMatch(
    /^stacked experts in 2 of the modules \(model\.layers\.0\.mlp\.experts has 3\); each is a module/,
  );
});

test("stacked experts whose rank is not told are refused, with what would tell it", () => {
  const factors = {"q.lora_A.weight": zeros(6, 2), "q.lora_B.weight": zeros(3, 6)};
  const stack = (config: object) => small({target_parameters: ["q.up", "q.down"], ...config}, factors);
  expect(stack({r: 3}).modules.size).toBe(2);
  expect([...stack({r: 6}).modules.keys()]).toEqual(["q"]);
  expect(() => stack({r: 4})).toThrow(
    "q stacks the factors of experts (target_parameters), but its A has 6 rows, not a multiple of r = 4",
  );
  expect(() => stack({r: 3, rank_pattern: {"q.up": 2}})).toThrow(
    "peft: q may be q.up or q.down, for which adapter_config.json has different ranks or alphas",
  );
  expect(() => stack({r: 3, target_parameters: "all"})).toThrow('target_parameters is "all"; it must be a list');
  // Without a dot an entry fits every module; the shape tells.
  expect(small({r: 1, target_parameters: ["up"]}).modules.size).toBe(1);
  expect(stack({r: 3, target_parameters: ["up"]}).modules.size).toBe(2);
});

test("more experts than are read, and B of many groups, are refused", () => {
  const two = (A: Tensor, B: Tensor, config = {}) => small(config, {"q.lora_A.weight": A, "q.lora_B.weight": B});
  expect(() => two(zeros(10_001, 1), zeros(1, 10_001), {r: 1, target_parameters: ["q.up"]})).toThrow(
    "q stacks 10,001 experts; at most 10,000 are read",
  );
  expect(() => two(zeros(1e5, 1, 3), zeros(1e5, 1, 1))).toThrow(
    "q has B of 100,000 × 100,000 when its groups are spread",
  );
});

test("an alpha beside A and B counts before the config's, and a note says so", () => {
  const alpha = (bytes: Uint8Array, shape: number[] = []) => ({dtype: "F32", shape, bytes}) as const;
  const four = {"q.alpha": alpha(toBytes("F32", [4])), "p.alpha": alpha(toBytes("F32", [1]))};
  const {modules, notes, others} = small({r: 1, lora_alpha: 8}, four);
  expect([modules.get("q")!.alpha, [...others.keys()]]).toEqual([4, ["p.alpha"]]);
  expect(notes).toEqual([
    "an alpha beside A and B that differs from adapter_config.json in 1 of the modules (q has 4, not 8); it is used, " +
      "though PEFT takes the config's",
  ]);
  expect(small({r: 1, lora_alpha: 4}, four).notes).toEqual([]);
  expect(() => small({}, {"q.alpha": alpha(toBytes("F32", [1, 2]), [2])})).toThrow(
    "peft: q.alpha must be one finite number",
  );
});

test("numbers that are not finite are named by their module: by a note, and by every function that needs them", () => {
  const bad = {dtype: "F32", shape: [3, 1], bytes: toBytes("F32", [1, Number.NaN, 3])} as const;
  const adapter = small({r: 1}, {"q.lora_B.weight": bad});
  expect(adapter.notes).toEqual(["numbers that are not finite in 1 of the modules (q: B has NaN)"]);
  expect(() => deltaSvd(adapter.modules.get("q")!)).toThrow("q: B: entry [1, 0] (counted from 0) is NaN");
  expect(() => writeAdapter(adapter)).toThrow("peft: q: B in F32: entry [1, 0] (counted from 0) is NaN");
});

test("what is neither a text nor an opened file is refused with what to pass", () => {
  const file = readSafetensors(writeSafetensors(new Map()));
  expect(() => readAdapter({r: 8} as never, file)).toThrow(
    "peft: expected the text of adapter_config.json, got a value of the type object",
  );
  expect(() => readAdapter('{"peft_type": "LORA"}', new Uint8Array(9) as never)).toThrow(
    "safetensors: expected an opened file: pass what readSafetensors returns",
  );
});

test("the rank is that of the tensors, and a note says that the config has another", () => {
  const {modules, notes} = small({r: 8, lora_alpha: 16});
  expect(modules.get("q")).toMatchObject({r: 1, alpha: 16});
  expect(notes).toEqual([
    "ranks that differ from adapter_config.json: 1 (q has 1, not 8); those of the tensors are used",
  ]);
});

test("DoRA's norms are found even if the config does not mention them", () => {
  const norms = {dtype: "F32", shape: [3], bytes: toBytes("F32", [1, 2, 3])} as const;
  const {modules, notes} = small({r: 1}, {"q.lora_magnitude_vector.default.weight": norms});
  expect(modules.get("q")!.magnitude).toEqual(Float64Array.of(1, 2, 3));
  expect(notes).toEqual(["row norms in 1 of the modules, as under use_dora, which adapter_config.json does not set"]);
});

test("a pattern that is not read is compared with the end of a name, and a note says so", () => {
  const {modules, notes} = small({r: 1, alpha_pattern: {"(?i)q": 3}});
  expect(modules.get("q")!.alpha).toBe(8);
  expect(notes).toEqual(['alpha_pattern: "(?i)q" is no pattern read here; it is taken as the end of a name']);
});

test("10,001 patterns are refused", () => {
  const rank_pattern = Object.fromEntries(Array.from({length: 10_001}, (_, i) => [`q${i}`, 1]));
  expect(() => small({rank_pattern})).toThrow("peft: rank_pattern has 10,001 entries; at most 10,000 are read");
});

test("A and B that do not fit throw with both shapes", () => {
  const floats = (shape: number[], dtype: "F32" | "I32" = "F32"): Tensor => ({...zeros(...shape), dtype});
  const shapes = (A: number[], B = [3, 1]) => small({}, {"q.lora_A.weight": floats(A), "q.lora_B.weight": floats(B)});
  const expected = "they must be r × in and out × r";
  expect(() => shapes([2, 2])).toThrow(`q has A of 2 × 2 and B of 3 × 1, which do not fit: ${expected}`);
  expect(() => shapes([1, 2, 3])).toThrow("A of 1 × 2 × 3 and B of 3 × 1");
  expect(() => shapes([0, 2], [3, 0])).toThrow("q has no numbers in this file: its A is 0 × 2");
  expect(() => shapes([1, 2, 3, 3], [3, 1, 3, 1])).toThrow("A of 1 × 2 × 3 × 3 and B of 3 × 1 × 3 × 1");
  expect(() => small({}, {"q.lora_A.weight": floats([1, 2], "I32")})).toThrow("q.lora_A.weight is stored as I32");
  expect(() => small({}, {"q.lora_A.weight": {dtype: "F8_E4M3", shape: [1, 2], bytes: new Uint8Array(2)}})).toThrow(
    "peft: q.lora_A.weight is stored as F8_E4M3; F64, F32, F16 and BF16 are read here",
  );
  expect(() => small({}, {"q.lora_magnitude_vector": floats([4])})).toThrow(
    "peft: q.lora_magnitude_vector is 4; it must hold 3 numbers, one for each row of B",
  );
});

test("names tell the modules, what else is in the file, and what another file is", () => {
  const read = (...names: string[]) => {
    const tensors = names.map((name): [string, Tensor] => [name, zeros(1, 1)]);
    return readAdapter('{"peft_type": "LORA"}', readSafetensors(writeSafetensors(new Map(tensors))));
  };
  const [A, B] = ["base_model.model.model.a.lora_A.weight", "base_model.model.model.a.lora_B.weight"];
  const {modules, prefix} = read(A, B);
  expect([[...modules.keys()], prefix]).toEqual([["model.a"], "base_model.model."]);
  const bare = read("unet.a.lora_A.weight", "unet.a.lora_B.weight", "x.lora_A.bias");
  expect([[...bare.modules.keys()], [...bare.others.keys()], bare.prefix]).toEqual([["unet.a"], ["x.lora_A.bias"], ""]);
  for (const [names, sentence] of [
    [["a.lora_A.weight"], "a has a.lora_A.weight but its B is missing"],
    [["a.lora_magnitude_vector.default.weight"], "none of the 1 tensors is a lora_A or lora_B"],
    [["a.lora_A.weight", "base_model.model.a.lora_A.x.weight"], "a file must hold one adapter"],
    [[], "peft: the file has no tensors"],
    [["wte.weight", "wpe.weight"], "none of the 2 tensors is a lora_A or lora_B (the first is wpe.weight)"],
    [["lora_unet_a.lora_down.weight", "lora_unet_a.alpha"], "peft: lora_unet_a has kohya names"],
    [["unet.a.to_q_lora.down.weight", "unet.b.lora.down.weight"], "has old diffusers names"],
    [["lora_unet_a.hada_w1_a"], "peft: this is LoHa, which is not read"],
    [["model.layers.0.q_proj.lora_a", "model.layers.0.q_proj.lora_b"], "has MLX names"],
  ] as const)
    expect(() => read(...names)).toThrow(sentence);
});
