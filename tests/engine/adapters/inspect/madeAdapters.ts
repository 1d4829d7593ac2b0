/** Adapters as people have them, well and ill, each with a name. They are made in memory: nothing is stored. */
import type {FloatDtype} from "../../../../src/engine/adapters/dtype.ts";
import {filesOf} from "./fixture.ts";
import {configOf, fileOf, renamed, type Tensors, wave} from "./made.ts";

/** A file of a drop. */
export type MadeFile = readonly [name: string, content: Uint8Array | string];

/** What somebody drops, by what is the matter with it. */
export type Cases = Readonly<Record<string, readonly MadeFile[]>>;

const WIDTH = 64;
const LLAMA = ["q_proj", "v_proj"].flatMap((name) => [0, 1].map((layer) => `model.layers.${layer}.self_attn.${name}`));
const PREFIX = "base_model.model.";

interface Sizes {
  r?: number;
  d?: number;
  k?: number;
  /** The size of B's numbers, by its column. */
  b?: number | ((column: number) => number);
  dtype?: FloatDtype;
  seed?: number;
}

/** A pair as a trained module has it: A a little larger than PEFT starts it, B well away from 0. */
export function pair(name: string, {r = 8, d = WIDTH, k = WIDTH, b = 0.05, dtype = "F32", seed = 0}: Sizes = {}) {
  const size = Math.sqrt(2 / (3 * k));
  return {
    [`${name}.lora_A.weight`]: [[r, k], (i: number) => size * wave(i + seed), dtype],
    [`${name}.lora_B.weight`]: [
      [d, r],
      (i: number) => (typeof b === "number" ? b : b(i % r)) * wave(i + seed + 1),
      dtype,
    ],
  } satisfies Tensors;
}

const pairs = (names: readonly string[] = LLAMA, sizes: Sizes = {}, prefix = PREFIX): Tensors =>
  Object.assign({}, ...names.map((name, i) => pair(prefix + name, {seed: 100 * i, ...sizes})));

const whole = (name: string, rows: number, cols = WIDTH): Tensors => ({[name]: [[rows, cols], wave, "F16"]});
const empty = (shape: readonly number[] = [0]) => [shape, 0] as const;

const config = (fields: object = {}) =>
  configOf({
    ...{r: 8, lora_alpha: 16, target_modules: ["q_proj", "v_proj"], task_type: "CAUSAL_LM"},
    ...{base_model_name_or_path: "meta-llama/Llama-3.2-1B", ...fields},
  });

const WEIGHTS = "adapter_model.safetensors";
const drop = (tensors: Tensors, fields: object = {}): MadeFile[] => [
  [WEIGHTS, fileOf(tensors)],
  ["adapter_config.json", config(fields)],
];
const bare = (tensors: Tensors, metadata?: Map<string, string>): MadeFile[] => [
  ["weights.safetensors", fileOf(tensors, metadata)],
];
const fixture = (name: string, file = "weights.safetensors"): MadeFile[] => [[file, filesOf(name).bytes]];
const named = (of: (name: string) => string) => drop(renamed(pairs(), of));
const inside = (wrapper: string) => named((name) => name.replace("model.layers", `${wrapper}.model.layers`));
const inFront = (wrapper: string) => named((name) => `${wrapper}.${name}`);
const spoiled = (bad: number, dtype: FloatDtype = "F32") => ({
  ...pairs(LLAMA, {dtype}),
  [`${PREFIX}${LLAMA[1]}.lora_A.weight`]: [[8, WIDTH], (i: number) => (i === 3 ? bad : 0.1), dtype] as const,
});

/** `adapter.lora.alpha` of a GGUF file set to 0: the float32 behind the key and its type. */
function withoutStrength(bytes: Uint8Array): Uint8Array {
  const key = "adapter.lora.alpha";
  const changed = bytes.slice();
  const at = Buffer.from(changed.buffer).indexOf(key) + key.length + 4;
  changed.fill(0, at, at + 4);
  return changed;
}

const HEAD = {...whole(`${PREFIX}score.weight`, 6)};
const SEQ = ["q_lin", "v_lin"].flatMap((name) =>
  [0, 1].map((i) => `distilbert.transformer.layer.${i}.attention.${name}`),
);
const SEQ_CONFIG = {
  ...{task_type: "SEQ_CLS", target_modules: ["q_lin", "v_lin"], base_model_name_or_path: "distilbert-base-uncased"},
};
const CLASSIFIER: Tensors = {
  ...whole(`${PREFIX}classifier.weight`, 6),
  [`${PREFIX}classifier.bias`]: [[6], wave, "F16"],
  ...whole(`${PREFIX}pre_classifier.weight`, WIDTH),
};

const strength: Cases = {
  "a healthy file": drop(pairs()),
  "B is 0": drop(pairs(LLAMA, {b: 0})),
  "B is 0 in one module": drop({...pairs(), ...pair(PREFIX + LLAMA[0], {b: 0})}),
  "hardly trained (GRPO, B near 1e-5)": drop(pairs(LLAMA, {b: 1.2e-5})),
  "α = 0": drop(pairs(), {lora_alpha: 0}),
  "α = 512, r = 8": drop(pairs(), {lora_alpha: 512}),
  "rsLoRA, rank 64": drop(pairs(LLAMA, {r: 64}), {r: 64, use_rslora: true}),
  "rank_pattern and alpha_pattern": drop(
    {...pairs(), ...pairs(LLAMA.slice(0, 1), {r: 4})},
    {rank_pattern: {"layers.0.self_attn.q_proj": 4}, alpha_pattern: {"layers.0.self_attn.q_proj": 8}},
  ),
  "alpha_pattern alone": drop(pairs(), {alpha_pattern: {q_proj: 64}}),
  "rank 48": drop(pairs(LLAMA, {r: 48}), {r: 48, lora_alpha: 96}),
  "rank 64, of which 2 directions count": drop(pairs(LLAMA, {r: 64, b: (column) => (column < 2 ? 1 : 0.002)}), {
    r: 64,
    lora_alpha: 64,
  }),
  "rank 1": drop(pairs(LLAMA, {r: 1}), {r: 1}),
  "no config": [[WEIGHTS, fileOf(pairs())]],
};

const names: Cases = {
  "_orig_mod. in front": inFront("_orig_mod"),
  "_fsdp_wrapped_module. in front": inFront("_fsdp_wrapped_module"),
  "_orig_mod. inside": inside("_orig_mod"),
  "_fsdp_wrapped_module. inside": inside("_fsdp_wrapped_module"),
  "_checkpoint_wrapped_module. inside": named((name) =>
    name.replace(/layers\.(\d)/, "layers.$1._checkpoint_wrapped_module"),
  ),
  "_orig_mod. in front, and the same modules without": drop({
    ...pairs(),
    ...renamed(pairs(LLAMA.slice(0, 1)), (name) => `_orig_mod.${name}`),
  }),
  "base_model.model. twice": inFront("base_model.model"),
  "module. in front (DDP)": inFront("module"),
  "the adapter's name inside (default)": named((name) => name.replace(".weight", ".default.weight")),
  "no prefix": named((name) => name.replace(PREFIX, "")),
  "some names with a wrapper, some without": drop({
    ...pairs(LLAMA.slice(0, 2)),
    ...renamed(pairs(LLAMA.slice(2)), (name) => name.replace("model.layers", "_orig_mod.model.layers")),
  }),
  "text paths, and a base that sees pictures": drop(pairs(), {base_model_name_or_path: "Qwen/Qwen2.5-VL-7B-Instruct"}),
  "model.language_model.": named((name) => name.replace("model.layers", "model.language_model.layers")),
  "language_model.model.": named((name) => name.replace("model.layers", "language_model.model.layers")),
  "names that no LoRA has": bare(
    Object.assign({}, ...[0, 1, 2].map((i) => ({[`w_a_00${i}`]: [[4, 768], wave], [`w_b_00${i}`]: [[768, 4], wave]}))),
  ),
  "a whole model": bare({...whole("model.embed.weight", 9), ...whole("model.layers.0.mlp.weight", WIDTH)}),
  "names that are formulas and scripts": drop(
    pairs(["=cmd|'/c calc'!A1.q_proj", "@x.v_proj", "<img src=x onerror=alert(1)>.q_proj", "__proto__.v_proj"]),
    {base_model_name_or_path: "<script>alert(1)</script>"},
  ),
};

const EXPERTS = [0, 1].flatMap((i) => [0, 1].map((e) => `model.layers.${i}.mlp.experts.${e}.down_proj`));
const withGateAndUp = (down: string) =>
  ["gate_proj", "up_proj", "down_proj"].map((name) => down.replace("down_proj", name));
const STACKED = [0, 1].map((i) => `model.layers.${i}.mlp.experts`);
const MOE = "Qwen/Qwen3-30B-A3B";

const halves: Cases = {
  "half a pair": drop(
    Object.fromEntries(Object.entries(pairs()).filter(([name]) => name !== `${PREFIX}${LLAMA[1]}.lora_B.weight`)),
  ),
  "ZeRO-3, all tensors empty": drop(Object.fromEntries(Object.keys(pairs()).map((name) => [name, empty()]))),
  "ZeRO-3, half of them empty": drop(
    Object.fromEntries(Object.entries(pairs()).map(([name, one]) => [name, /lora_B/.test(name) ? empty() : one])),
  ),
  "ZeRO-3, shapes of 0 × k": drop(Object.fromEntries(Object.keys(pairs()).map((name) => [name, empty([0, WIDTH])]))),
  "ZeRO-3, with a head": drop(
    {
      ...Object.fromEntries(Object.keys(pairs()).map((name) => [name, empty()])),
      [`${PREFIX}score.weight`]: empty(),
    },
    {task_type: "SEQ_CLS"},
  ),
  "NaN in one tensor": drop(spoiled(Number.NaN)),
  "NaN everywhere": drop(pairs(LLAMA, {b: Number.NaN})),
  "infinity in F16": drop(spoiled(Number.POSITIVE_INFINITY, "F16")),
  "A and B of different ranks": drop({...pairs(), [`${PREFIX}${LLAMA[1]}.lora_B.weight`]: [[WIDTH, 4], wave]}),
  "cut short": [[WEIGHTS, fileOf(pairs()).subarray(0, -1000)]],
  "an empty file": [[WEIGHTS, new Uint8Array()]],
};

const configs: Cases = {
  "a config of another rank": drop(pairs(), {r: 16}),
  "target_modules of another model": drop(pairs(), {target_modules: ["c_attn", "c_proj"]}),
  "no base named": drop(pairs(), {base_model_name_or_path: null}),
  "a base by local path": drop(pairs(), {base_model_name_or_path: "/home/me/runs/checkpoint-1500"}),
  "a base in 4 bits": drop(pairs(), {base_model_name_or_path: "unsloth/Llama-3.2-1B-bnb-4bit"}),
  inference_mode: drop(pairs(), {inference_mode: true}),
  "an unknown field": drop(pairs(), {a_field_of_2027: true}),
  DoRA: drop(
    {
      ...pairs(),
      ...Object.fromEntries(LLAMA.map((name) => [`${PREFIX}${name}.lora_magnitude_vector`, [[WIDTH], wave] as const])),
    },
    {use_dora: true},
  ),
  lora_bias: drop(
    {
      ...pairs(),
      ...Object.fromEntries(LLAMA.map((name) => [`${PREFIX}${name}.lora_B.bias`, [[WIDTH], wave] as const])),
    },
    {lora_bias: true},
  ),
  "bias = all": drop({...pairs(), [`${PREFIX}${LLAMA[0]}.base_layer.bias`]: [[WIDTH], wave]}, {bias: "all"}),
  "bias = all, without base_layer": drop({...pairs(), [`${PREFIX}${LLAMA[0]}.bias`]: [[WIDTH], wave]}, {bias: "all"}),
  EVA: drop(pairs(), {init_lora_weights: "eva", eva_config: {rho: 2}}),
  LoftQ: drop(pairs(), {init_lora_weights: "loftq", loftq_config: {loftq_bits: 4, loftq_iter: 1}}),
  CorDA: drop(pairs(), {init_lora_weights: "corda", corda_config: {corda_method: "kpm"}}),
  "LoRA-GA": drop(pairs(), {init_lora_weights: "lora_ga", lora_ga_config: {direction: "ArB2r"}}),
  PiSSA: drop(pairs(), {init_lora_weights: "pissa"}),
  "PiSSA by a random SVD": drop(pairs(), {init_lora_weights: "pissa_niter_4"}),
  "PiSSA, converted": drop(pairs(LLAMA, {r: 16}), {init_lora_weights: true, r: 16, lora_alpha: 32}),
  OLoRA: drop(pairs(), {init_lora_weights: "olora"}),
  "weights tied": drop(pairs(), {ensure_weight_tying: true}),
  Megatron: drop(pairs(), {megatron_config: {tensor_model_parallel_size: 2}}),
  use_bdlora: drop(pairs(), {use_bdlora: {nblocks: 2, match_strict: false}}),
  kasa: drop(pairs(), {kasa_config: {svd: true}}),
  "not JSON": [
    [WEIGHTS, fileOf(pairs())],
    ["adapter_config.json", '{"r": NaN}'],
  ],
  "IA³'s config": [
    [WEIGHTS, fileOf(pairs())],
    ["adapter_config.json", '{"peft_type": "IA3"}'],
  ],
  "r is 8.0": [
    [WEIGHTS, fileOf(pairs())],
    ["adapter_config.json", config().replace('"r":8', '"r":8.0')],
  ],
};

const more: Cases = {
  "a classifier (SEQ_CLS, in modules_to_save)": drop(
    {...pairs(SEQ), ...CLASSIFIER},
    {...SEQ_CONFIG, modules_to_save: ["pre_classifier", "classifier", "score"]},
  ),
  "a head that modules_to_save does not name (SEQ_CLS)": drop({...pairs(), ...HEAD}, {task_type: "SEQ_CLS"}),
  "no head, though the task has one (SEQ_CLS)": drop(pairs(), {task_type: "SEQ_CLS"}),
  "a head of tokens (TOKEN_CLS)": drop(
    {...pairs(), ...whole(`${PREFIX}classifier.weight`, 9)},
    {task_type: "TOKEN_CLS", modules_to_save: ["classifier"]},
  ),
  "modules_to_save without a tensor": drop(pairs(), {task_type: "SEQ_CLS", modules_to_save: ["score"]}),
  "embed_tokens and lm_head whole": drop({
    ...pairs(),
    ...whole(`${PREFIX}model.embed_tokens.weight`, 2048),
    ...whole(`${PREFIX}lm_head.weight`, 2048),
  }),
  "embed_tokens of 2,051 rows, in modules_to_save": drop(
    {...pairs(), ...whole(`${PREFIX}model.embed_tokens.weight`, 2051)},
    {modules_to_save: ["embed_tokens"]},
  ),
  "LoRA of lm_head on a tied base": drop(
    {...pairs(), ...pair(`${PREFIX}lm_head`, {d: 512})},
    {base_model_name_or_path: "Qwen/Qwen2.5-0.5B", target_modules: ["q_proj", "v_proj", "lm_head"]},
  ),
  "lm_head.base_layer besides": drop(
    {...pairs(), ...pair(`${PREFIX}lm_head`, {d: 512}), ...whole(`${PREFIX}lm_head.base_layer.weight`, 512)},
    {target_modules: ["q_proj", "v_proj", "lm_head"]},
  ),
  "a tensor of no kind": drop({...pairs(), [`${PREFIX}model.norm.weight`]: [[WIDTH], wave]}),
  "experts one by one": drop(pairs(EXPERTS), {target_modules: ["down_proj"], base_model_name_or_path: MOE}),
  "experts one by one, gate, up and down of all": drop(pairs(EXPERTS.flatMap(withGateAndUp)), {
    ...{target_modules: ["gate_proj", "up_proj", "down_proj"], base_model_name_or_path: MOE},
  }),
  "experts in one, with target_parameters": drop(pairs(STACKED, {r: 32}), {
    ...{target_modules: [], target_parameters: ["mlp.experts.down_proj"], base_model_name_or_path: MOE},
  }),
  "experts in one, with a rank of their own": drop(pairs(STACKED, {r: 16}), {
    ...{target_modules: [], target_parameters: ["mlp.experts.down_proj"], rank_pattern: {"experts.down_proj": 4}},
  }),
  "experts in one, config without target_parameters": drop(pairs(STACKED, {r: 32}), {
    ...{target_modules: ["experts"], base_model_name_or_path: MOE},
  }),
  "a base with experts, none adapted": drop(pairs(), {base_model_name_or_path: MOE}),
};

const families: Cases = {
  "kohya, α beside each pair": fixture("kohya"),
  "kohya without α": fixture("kohya-no-alpha"),
  diffusers: fixture("diffusers"),
  "diffusers of 2023": fixture("old-diffusers"),
  XLabs: fixture("xlabs"),
  ComfyUI: fixture("comfy"),
  "MLX with its config": [...fixture("mlx"), ["adapter_config.json", filesOf("mlx").config!]],
  GGUF: fixture("gguf-f32", "lora.gguf"),
  "GGUF beside the config it was made with": [
    ...fixture("gguf-f32", "lora.gguf"),
    ["adapter_config.json", config({r: 4, target_modules: ["q_proj"]})],
  ],
  "GGUF without α": fixture("gguf-no-alpha", "lora.gguf"),
  "GGUF, α = 0": [["lora.gguf", withoutStrength(filesOf("gguf-f32").bytes)]],
  LoHa: bare(Object.fromEntries(["w1_a", "w1_b", "w2_a", "w2_b"].map((part) => [`a.hada_${part}`, [[8, 8], wave]]))),
};

const PICKLE = Uint8Array.from([0x50, 0x4b, 3, 4, ...new Array(60).fill(0)]);
const SHARDS = [1, 2].map(
  (i): MadeFile => [`run/adapter_model-0000${i}-of-00002.safetensors`, fileOf(pairs(LLAMA.slice(2 * i - 2, 2 * i)))],
);
const INDEX: MadeFile = [
  "run/adapter_model.safetensors.index.json",
  JSON.stringify({metadata: {total_size: 1}, weight_map: {}}),
];

const drops: Cases = {
  "adapter_model.bin and its config": [
    ["run/adapter_model.bin", PICKLE],
    ["run/adapter_config.json", config()],
  ],
  "adapter_model.bin alone": [["adapter_model.bin", PICKLE]],
  "a .pt and a config": [
    ["run/lora.pt", PICKLE],
    ["run/adapter_config.json", config()],
  ],
  "a config alone": [["adapter_config.json", config()]],
  "a tokenizer alone": [["tokenizer.json", '{"version": "1.0", "model": {}}']],
  "two parts of one adapter": [...SHARDS, INDEX, ["run/adapter_config.json", config()]],
  "the list of a file in parts, alone": [INDEX],
};

/** All of them by subject, in the order of the page that shows what is said of each. */
export const MADE: Readonly<Record<string, Cases>> = {
  "How strong it is": strength,
  "What its tensors are called": names,
  "Numbers that are missing or damaged": halves,
  "What its config says": configs,
  "What else is in the file": more,
  "Files of other programs": families,
  "What is dropped": drops,
};

/** Two adapters that somebody would merge. */
export const TWO: Readonly<Record<string, readonly [readonly MadeFile[], readonly MadeFile[]]>> = {
  "two seeds of one run": [drop(pairs()), drop(pairs(LLAMA, {b: 0.0503}))],
  "the second has lm_head too": [
    drop(pairs()),
    drop(
      {...pairs(LLAMA, {seed: 7}), ...pair(`${PREFIX}lm_head`, {d: 512})},
      {target_modules: ["q_proj", "v_proj", "lm_head"]},
    ),
  ],
  "equal shapes, other bases": [
    drop(pairs(), {base_model_name_or_path: "Qwen/Qwen2.5-0.5B-Instruct"}),
    drop(pairs(LLAMA, {seed: 7}), {base_model_name_or_path: "/home/me/runs/checkpoint-1500"}),
  ],
  "names of a text model and of one that sees pictures": [
    drop(pairs()),
    named((name) => name.replace("model.layers", "model.language_model.layers")),
  ],
};
