import {readFileSync} from "node:fs";
import fc from "fast-check";
import {expect, test} from "vitest";
import {toBytes} from "../../src/engine/dtype.ts";
import {deltaWeight, type Lora, scaling} from "../../src/engine/lora.ts";
import {frobenius, type Matrix, zeros} from "../../src/engine/matrix.ts";
import {endMatcher, moduleMatcher} from "../../src/engine/pattern.ts";
import {type Adapter, readAdapter} from "../../src/engine/peft.ts";
import {parseAdapterConfig} from "../../src/engine/peftConfig.ts";
import {groupByModule, kindOf, layerOf} from "../../src/engine/peftNames.ts";
import {writeAdapter} from "../../src/engine/peftWriter.ts";
import {mulberry32, randn} from "../../src/engine/random.ts";
import {readSafetensors} from "../../src/engine/safetensors.ts";
import {type Tensor, writeSafetensors} from "../../src/engine/safetensorsWriter.ts";
import {distance} from "./fixture.ts";

const fixtures = new URL("../fixtures/", import.meta.url);

interface Expected {
  r: number;
  scaling: number;
  rows: number;
  cols: number;
  deltaWeight: number[];
  magnitude?: number[];
  bias?: number[];
}

/** NumPy's answers, and Python's for patterns: tests/fixtures/make_files.py. */
const {
  adapters,
  patterns,
}: {
  adapters: Record<string, Record<string, Expected>>;
  patterns: {names: string[]; matches: [string, boolean[]][]};
} = JSON.parse(readFileSync(new URL("adapters.json", fixtures), "utf8"));

function open(name: string): Adapter {
  const folder = new URL(`adapters/${name}/`, fixtures);
  const model = readSafetensors(readFileSync(new URL("adapter_model.safetensors", folder)));
  return readAdapter(readFileSync(new URL("adapter_config.json", folder), "utf8"), model);
}

for (const [name, expected] of Object.entries(adapters)) {
  test(`${name}: modules, ranks, scaling and ΔW are NumPy's`, () => {
    const {modules} = open(name);
    expect(new Set(modules.keys())).toEqual(new Set(Object.keys(expected)));
    for (const [module, {r, scaling: s, rows, cols, deltaWeight: delta, magnitude, bias}] of Object.entries(expected)) {
      const lora = modules.get(module)!;
      expect(lora.r).toBe(r);
      expect(scaling(lora)).toBeCloseTo(s, 14);
      const due: Matrix = {rows, cols, data: Float64Array.from(delta)};
      expect(distance(deltaWeight(lora), due)).toBeLessThanOrEqual(1e-14 * frobenius(due));
      expect(lora.magnitude).toEqual(magnitude && Float64Array.from(magnitude));
      expect(lora.bias).toEqual(bias && Float64Array.from(bias));
    }
  });
}

test("layers are in the order of their numbers, not of their letters", () => {
  const names = [...open("patterns").modules.keys()];
  expect(names.map(layerOf)).toEqual([0, 0, 2, 2, 10, 10]);
  expect(names.map(kindOf)).toEqual(["q_proj", "v_proj", "q_proj", "v_proj", "q_proj", "v_proj"]);
  expect(layerOf("lm_head")).toBeUndefined();
  expect(kindOf("lm_head")).toBe("lm_head");
});

test("what kind of module it is, and which way round the base stores its weight", () => {
  const facts = (name: string) =>
    [...open(name).modules.values()].map(({kind, kernel, transposed}) => [kind, kernel, transposed]);
  expect(facts("named-bf16")).toEqual([["linear", [], false]]);
  expect(facts("unaligned-f16")).toEqual([["linear", [], true]]);
  expect(facts("embedding")).toEqual([["embedding", [], true]]);
  expect(facts("convolution")).toEqual([
    ["convolution", [3, 2], false],
    ["convolution", [3], false],
  ]);
});

test("what B·A does not show is named in words", () => {
  expect(open("rslora").notes).toEqual([]);
  expect(open("patterns").notes).toEqual([]);
  expect(open("dora").notes.join()).toMatch(/^use_dora: the weight is m ⊙/);
  const {notes, others} = open("more-than-factors");
  expect(notes[0]).toMatch(/^bias is lora_only: trained biases are in the file/);
  expect(notes[1]).toMatch(/^lora_bias: B has a bias of its own/);
  expect(notes[2]).toMatch(/^modules_to_save \(classifier, score, score\): whole weights of other modules/);
  expect(notes.length).toBe(3);
  expect(others).toEqual(["base_model.model.classifier.weight", "base_model.model.layers.0.q_proj.base_layer.bias"]);
});

/** An adapter of one module, 3 × 2 at rank 1 unless said otherwise. */
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

test("every setting that changes the formula has its sentence; defaults have none", () => {
  const settings: [object, string | undefined][] = [
    [{init_lora_weights: "pissa_niter_16"}, "init_lora_weights is pissa_niter_16: the start changed the base weight"],
    [{init_lora_weights: "olora"}, "init_lora_weights is olora"],
    [{init_lora_weights: "loftq"}, "B·A also repairs a quantized base"],
    [{init_lora_weights: "gaussian"}, undefined],
    [{init_lora_weights: false}, undefined],
    [{bias: "all"}, "bias is all"],
    [{bias: "none"}, undefined],
    [{trainable_token_indices: [1, 2]}, "rows of the embedding were trained too"],
    [{target_parameters: ["experts.w"]}, "target_parameters (experts.w): single parameters are adapted"],
    [{use_qalora: true}, "use_qalora: inputs are pooled"],
    [{use_bdlora: {x: 1}}, "block-diagonal"],
    [{kasa_config: {x: 1}}, "a diagonal lora_diag stands between A and B"],
    [{alora_invocation_tokens: [1]}, "acts only after given tokens"],
    [{layer_replication: [[0, 4]]}, "layer_replication: this changes the formula"],
    [{loftq_config: {}, megatron_config: null, qalora_group_size: 16, megatron_core: "megatron.core"}, undefined],
    [{modules_to_save: []}, undefined],
  ];
  for (const [setting, sentence] of settings) {
    const {variants, unknown} = parseAdapterConfig(JSON.stringify({peft_type: "LORA", ...setting}));
    expect(unknown).toEqual([]);
    if (sentence === undefined) expect(variants).toEqual([]);
    else expect(variants.join("\n")).toContain(sentence);
  }
});

test("a silent config means PEFT's defaults; names PEFT does not know are listed", () => {
  const config = parseAdapterConfig(
    '{"peft_type": "LORA", "rank_pattern": null, "__proto__": {"r": 3}, "new_2030": 1}',
  );
  expect(config).toMatchObject({r: 8, lora_alpha: 8, use_rslora: false, fan_in_fan_out: false, target_modules: null});
  expect(config.unknown).toEqual(["__proto__", "new_2030"]);
  const {target_modules} = parseAdapterConfig('{"peft_type": "LORA", "target_modules": "all-linear"}');
  expect(target_modules).toBe("all-linear");
});

test("the tensors' rank counts, and a note says that the config has another", () => {
  const {modules, notes} = small({r: 8, lora_alpha: 16});
  expect(modules.get("q")).toMatchObject({r: 1, alpha: 16});
  expect(notes).toEqual([
    "ranks that differ from adapter_config.json: 1 (q has 1, not 8); those of the tensors are used",
  ]);
});

test("patterns match as Python's do", () => {
  for (const [pattern, due] of patterns.matches) {
    const matches = moduleMatcher(pattern)!;
    const came = patterns.names.map((name) => matches(name, {steps: 1e6}));
    expect([pattern, came]).toEqual([pattern, due]);
  }
  expect(patterns.matches.length).toBeGreaterThan(20);
});

test("a pattern that is not read stands for the end of a name, and a note says so", () => {
  for (const pattern of ["(?=q)q", "(q)\\1", "q)", "(q", "q**", "[z-a]", "*q", "q{2,1}", "q".repeat(257)])
    expect([pattern, moduleMatcher(pattern)]).toEqual([pattern, undefined]);
  expect(endMatcher("q")("a.q", {steps: 99})).toBe(true);
  expect(endMatcher("q")("aq", {steps: 99})).toBe(false);
  const {modules, notes} = small({r: 1, alpha_pattern: {"(?i)q": 3}});
  expect(modules.get("q")!.alpha).toBe(8);
  expect(notes).toEqual(['alpha_pattern: "(?i)q" is no pattern read here; it is taken as the end of a name']);
});

test("no pattern takes long: exponential ones are linear here, costly ones stop", () => {
  const name = "a".repeat(200);
  const budget = {steps: 1e7};
  for (const pattern of ["(a+)+b", "(a|aa)+b", "(.*)*b", "(a?){200}a{200}"]) moduleMatcher(pattern)!(name, budget);
  expect(budget.steps).toBeGreaterThan(0);
  const nested = moduleMatcher(`${"(".repeat(40)}a?${"){1000}".repeat(20)}${")".repeat(20)}`);
  expect(() => nested!(name, {steps: 1e6})).toThrow(
    "peft: the patterns and module names are too many or too intricate",
  );
});

const refused: [string, string, string][] = [
  ["no JSON", "{", "peft: adapter_config.json is not JSON: at character 1"],
  ["a field twice", '{"r": 1, "\\u0072": 2}', "peft: adapter_config.json names r twice"],
  ["a list", "[]", "peft: adapter_config.json is a list; it must be an object"],
  ["no type", "{}", 'peft: adapter_config.json has no peft_type; a LoRA adapter says "LORA" there'],
  ["another method", '{"peft_type": "IA3"}', "peft: this is an adapter of the type IA3; only LORA is read here"],
  ["a type that is no text", '{"peft_type": 1}', 'peft: peft_type is 1; it must be "LORA"'],
  ["MLX", '{"fine_tune_type": "lora"}', "peft: adapter_config.json has fine_tune_type, as MLX writes it"],
  ["r in quotes", '{"peft_type": "LORA", "r": "8"}', 'peft: r is "8"; it must be a whole number of at least 1'],
  ["r 0", '{"peft_type": "LORA", "r": 0}', "peft: r is 0; it must be a whole number of at least 1"],
  ["r 1e3", '{"peft_type": "LORA", "r": 1e3}', "peft: r is 1e3;"],
  ["alpha true", '{"peft_type": "LORA", "lora_alpha": true}', "peft: lora_alpha is true; it must be a finite number"],
  [
    "alpha 1e999",
    '{"peft_type": "LORA", "lora_alpha": 1e999}',
    "peft: lora_alpha is 1e999; it must be a finite number",
  ],
  ["a flag 1", '{"peft_type": "LORA", "use_rslora": 1}', "peft: use_rslora is 1; it must be true or false"],
  ["bias some", '{"peft_type": "LORA", "bias": "some"}', 'peft: bias is "some"; it must be none, all or lora_only'],
  [
    "patterns in a list",
    '{"peft_type": "LORA", "rank_pattern": []}',
    "peft: rank_pattern is a list; it must be an object",
  ],
  ["a rank of 1.5", '{"peft_type": "LORA", "rank_pattern": {"q": 1.5}}', "peft: rank_pattern: q is 1.5; it must be"],
  ["targets that are numbers", '{"peft_type": "LORA", "target_modules": [1]}', "peft: target_modules: an entry is 1;"],
  [
    "targets in an object",
    '{"peft_type": "LORA", "target_modules": {}}',
    "target_modules is an object; it must be a list",
  ],
  ["a base that is a list", '{"peft_type": "LORA", "base_model_name_or_path": []}', "is a list; it must be a text"],
  ["2 MiB", `{"x": "${"x".repeat(2 ** 21)}"}`, "characters; at most 1,048,576 are read"],
];

test.each(refused)("refused config: %s", (_, json, sentence) =>
  expect(() => parseAdapterConfig(json)).toThrow(sentence),
);

test("10,001 patterns are refused", () => {
  const rank_pattern = Object.fromEntries(Array.from({length: 10_001}, (_, i) => [`q${i}`, 1]));
  expect(() => small({rank_pattern})).toThrow("peft: rank_pattern has 10,001 entries; at most 10,000 are read");
});

test("a pair that does not fit is refused with both shapes", () => {
  const floats = (shape: number[], dtype: "F32" | "I32" = "F32"): Tensor => {
    const count = shape.reduce((product, size) => product * size, 1);
    return {dtype, shape, bytes: new Uint8Array(4 * count)};
  };
  const due = "they must be r × in and out × r, with r at least 1";
  expect(() => small({}, {"q.lora_A.weight": floats([2, 2])})).toThrow(`peft: q: A is 2 × 2 and B is 3 × 1; ${due}`);
  expect(() => small({}, {"q.lora_A.weight": floats([2])})).toThrow("A is 2 and B is 3 × 1");
  expect(() => small({}, {"q.lora_A.weight": floats([1, 2, 3])})).toThrow("A is 1 × 2 × 3 and B is 3 × 1");
  expect(() => small({}, {"q.lora_A.weight": floats([0, 2]), "q.lora_B.weight": floats([3, 0])})).toThrow("A is 0 × 2");
  expect(() => small({}, {"q.lora_A.weight": floats([1, 2, 3, 3]), "q.lora_B.weight": floats([3, 1, 3, 1])})).toThrow(
    "A is 1 × 2 × 3 × 3 and B is 3 × 1 × 3 × 1",
  );
  expect(() => small({}, {"q.lora_A.weight": floats([1, 2], "I32")})).toThrow(
    "peft: q.lora_A.weight is stored as I32; F64, F32, F16 and BF16 are read here",
  );
  expect(() => small({}, {"q.lora_magnitude_vector": floats([4])})).toThrow(
    "peft: q.lora_magnitude_vector is 4; it must hold 3 numbers, one a row of B",
  );
});

test("names decide what is a pair, and what else the file is", () => {
  const group = (...names: string[]) => groupByModule(names);
  expect(group("base_model.model.model.a.lora_A.weight", "base_model.model.model.a.lora_B.weight").modules).toEqual(
    new Map([
      [
        "model.a",
        {A: "base_model.model.model.a.lora_A.weight", B: "base_model.model.model.a.lora_B.weight", embedding: false},
      ],
    ]),
  );
  expect(group("unet.a.lora_A.weight", "unet.a.lora_B.weight", "x.lora_A.bias").others).toEqual(["x.lora_A.bias"]);
  expect(() => group("a.lora_A.weight")).toThrow("peft: a has a.lora_A.weight but not both lora_A and lora_B");
  expect(() => group("a.lora_magnitude_vector.default.weight")).toThrow("but not both lora_A and lora_B");
  expect(() => group("a.lora_A.weight", "base_model.model.a.lora_A.x.weight")).toThrow(
    "peft: a.lora_A.weight and base_model.model.a.lora_A.x.weight both claim A of a; a file must hold one adapter",
  );
  expect(() => group()).toThrow("peft: the file has no tensors");
  expect(() => group("wte.weight", "wpe.weight")).toThrow(
    "none of the 2 tensors is a lora_A or lora_B (the first is wte.weight)",
  );
  expect(() => group("lora_unet_a.lora_down.weight", "lora_unet_a.alpha")).toThrow("peft: this is a Kohya file");
  expect(() => group("unet.a.to_q_lora.down.weight", "unet.b.lora.down.weight")).toThrow("an older diffusers file");
  expect(() => group("lora_unet_a.hada_w1_a")).toThrow("peft: this is a LyCORIS file (LoHa or LoKr)");
  expect(() => group("model.layers.0.q_proj.lora_a", "model.layers.0.q_proj.lora_b")).toThrow("this is an MLX adapter");
});

test("what is written is read: names, ranks, alphas, and A and B to float32", () => {
  const name = fc.stringMatching(/^[a-z0-9_-]{1,4}(\.[a-z0-9_-]{1,4}){0,3}$/);
  const size = fc.integer({min: 1, max: 6});
  const lora = fc.record({
    d: size,
    k: size,
    r: size,
    alpha: fc.double({min: 1e-6, max: 1e6, noNaN: true}),
    seed: fc.integer(),
  });
  fc.assert(
    fc.property(
      fc.dictionary(name, lora, {minKeys: 1, maxKeys: 5, noNullPrototype: true}),
      fc.boolean(),
      (all, use_rslora) => {
        const modules = new Map<string, Lora>();
        for (const [key, {d, k, r, alpha, seed}] of Object.entries(all)) {
          const random = mulberry32(seed);
          modules.set(key, {A: randn(r, k, random), B: randn(d, r, random), alpha, r});
        }
        const files = writeAdapter(modules, {use_rslora});
        const read = readAdapter(files.config, readSafetensors(files.model));
        expect(new Set(read.modules.keys())).toEqual(new Set(modules.keys()));
        expect([read.notes, read.others, read.config.unknown]).toEqual([[], [], []]);
        for (const [key, {A, B, alpha, r}] of modules) {
          const back = read.modules.get(key)!;
          expect([back.A, back.B, back.r]).toEqual([rounded(A), rounded(B), r]);
          expect(Math.abs(back.alpha / alpha - 1)).toBeLessThanOrEqual(use_rslora ? 1e-14 : 0);
        }
        expect(writeAdapter(read.modules, {use_rslora})).toEqual(files);
      },
    ),
    {seed: 41},
  );
});

const rounded = (a: Matrix): Matrix => ({...a, data: a.data.map(Math.fround)});

test("the pair has PEFT's names and settings, and a base model when told", () => {
  const lora: Lora = {A: randn(2, 3, mulberry32(1)), B: zeros(4, 2), alpha: 8, r: 2};
  const modules = new Map([
    ["blocks.0.v", lora],
    ["blocks.0.q", lora],
  ]);
  const {config, model} = writeAdapter(modules, {base_model_name_or_path: "word-forge"});
  expect([...readSafetensors(model).tensors.keys()]).toEqual([
    "base_model.model.blocks.0.q.lora_A.weight",
    "base_model.model.blocks.0.q.lora_B.weight",
    "base_model.model.blocks.0.v.lora_A.weight",
    "base_model.model.blocks.0.v.lora_B.weight",
  ]);
  expect(readSafetensors(model).metadata).toEqual(new Map([["format", "pt"]]));
  expect(JSON.parse(config)).toMatchObject({
    ...{peft_type: "LORA", r: 2, lora_alpha: 8, target_modules: ["blocks.0.q", "blocks.0.v"], bias: "none"},
    ...{fan_in_fan_out: false, task_type: null, inference_mode: true, use_rslora: false, use_dora: false},
    ...{rank_pattern: {}, alpha_pattern: {}, base_model_name_or_path: "word-forge"},
  });
});

test("the writer refuses what PEFT could not load", () => {
  const lora: Lora = {A: zeros(2, 3), B: zeros(4, 2), alpha: 8, r: 2};
  const write = (name: string, changes: Partial<Lora>) => () => writeAdapter(new Map([[name, {...lora, ...changes}]]));
  expect(() => writeAdapter(new Map())).toThrow("peft: there is no module to write; an adapter has at least one");
  expect(write("a..b", {})).toThrow("peft: a..b is no module's name; it must be words joined by dots");
  expect(write("a b", {})).toThrow('peft: "a b" is no module\'s name');
  expect(write("q", {B: zeros(4, 3)})).toThrow("peft: q: A is 2×3 and B is 4×3; at r = 2 they do not fit");
  expect(write("q", {r: 0})).toThrow("lora: r is 0");
  expect(write("q", {alpha: Infinity})).toThrow("peft: q: alpha is Infinity; it must be a finite number");
  const huge: Matrix = {rows: 2, cols: 3, data: new Float64Array(6).fill(1e39)};
  expect(write("q", {A: huge})).toThrow("peft: q: A in float32: entry [0, 0] (counted from 0) is Infinity");
});

test("20,000 mutated configs: read or refused in a sentence", () => {
  const base = readFileSync(new URL("adapters/patterns/adapter_config.json", fixtures), "utf8");
  const random = mulberry32(5);
  const below = (n: number) => Math.floor(random() * n);
  const words = ['"__proto__"', "null", "1e3", "-1", "{}", "[]", "true", '"LORA"', '"("', '"r"', "1.5", ",", "\\", '"'];
  let read = 0;
  for (let i = 0; i < 20_000; i++) {
    let text = base;
    for (let change = 1 + below(2); change > 0; change--) {
      const tokens = [...text.matchAll(/"[^"]*"|[\w.-]+|[[\]{}:,]/g)];
      const token = tokens[below(tokens.length)];
      const word = below(3) === 0 ? String.fromCharCode(below(300)) : words[below(words.length)];
      text = text.slice(0, token.index) + word + text.slice(token.index + token[0].length);
    }
    try {
      parseAdapterConfig(text);
      read++;
    } catch (error) {
      if (!(error instanceof Error) || error.constructor !== Error) throw error;
      if (!error.message.startsWith("peft: ") || error.message.length > 400) expect.fail(error.message);
    }
  }
  expect(read).toBeGreaterThan(1000);
  expect(read).toBeLessThan(19_000);
});
