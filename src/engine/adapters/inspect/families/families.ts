/** The families of tensor names as data: how each program names A, B and what belongs to them. */

/** What a tensor is to its module. */
export type Part = "A" | "B" | "mid" | "alpha" | "magnitude" | "bias";

/** Names that match → a part of a module. */
export interface NameRule {
  /**
   * Has the groups `module` and, if the rule has more than one part, `which`; `adapter` where a name of the adapter may
   * come. It must be linear in the length of the name: names come from anyone.
   */
  pattern: RegExp;
  /** The part, or the part for each text that `which` can be. */
  part: Part | Readonly<Record<string, Part>>;
  /** The module is an embedding: its ΔW must be turned before it is added. */
  embedding?: true;
}

/** The families whose pairs are read. */
export type FamilyId = "peft" | "kohya" | "comfy" | "diffusers" | "old diffusers" | "xlabs" | "mlx" | "gguf";

/** A module's name → the name of one of its tensors. */
type TensorName = (module: string) => string;

/** Names that one program writes and others read. */
export interface Family {
  id: FamilyId;
  /** As it is called in a sentence: "kohya". */
  title: string;
  /** A name from such a file. */
  example: string;
  /** Programs that read such names. */
  readers: string;
  /** Where the names are described or made. */
  source: string;
  rules: readonly NameRule[];
  /** A is stored as in × r and B as r × out, the other way round from PEFT; with experts they are stored as in PEFT. */
  turned?: true;
  /** The modules whose A is turned, in a family where others are not: GGUF's embedding. */
  turnedA?: RegExp;
  /** Readers disagree on what a file without an alpha means, so one has to ask. Those of the other families take the scale 1. */
  asksForAlpha?: true;
  /**
   * The names under which a module is written; `alpha` if loaders look for one beside the pair. PEFT's files are written by
   * `writeAdapter`, and GGUF is not written here.
   */
  names?: {A: TensorName; B: TensorName; alpha?: TensorName};
  /** A module's name → PEFT's name for it, without prefix; absent where no rule leads there. */
  peftName?: TensorName;
}

/** A function from a module's name to a tensor's: the same with `.` and a suffix behind it. */
const withSuffix =
  (suffix: string): TensorName =>
  (module) =>
    `${module}.${suffix}`;

/** The names that ComfyUI and diffusers write: A and B as PEFT calls them, and an alpha for each module. */
const letterNames = {A: withSuffix("lora_A.weight"), B: withSuffix("lora_B.weight"), alpha: withSuffix("alpha")};

/** The parts by what follows `lora_` in a name. */
const A_AND_B = {A: "A", B: "B"} as const;
const DOWN_AND_UP = {down: "A", up: "B"} as const;

/** The rules for `letterNames`, behind modules that begin with `prefix`, the source of a pattern. */
const letterRules = (prefix: string): NameRule[] => [
  {
    pattern: new RegExp(
      `^(?<module>${prefix}\\..+)\\.lora_(?<which>[AB])(?:\\.(?<adapter>(?!weight$)[\\w-]+))?(?:\\.weight)?$`,
    ),
    part: A_AND_B,
  },
  {pattern: new RegExp(`^(?<module>${prefix}\\..+)\\.alpha$`), part: "alpha"},
];

/**
 * llama.cpp's convert_lora_to_gguf.py: the base's tensor name, then `lora_a` or `lora_b`. A of the token embedding is
 * turned. The rows of B for q and k of Llama's family have another order than PEFT's, which changes no singular value.
 * Without an alpha, or with 0, llama.cpp takes the scale 1 (`get_scale` in llama-adapter.h).
 */
export const gguf: Family = {
  id: "gguf",
  title: "GGUF",
  example: "blk.0.attn_q.weight.lora_a",
  readers: "llama.cpp and programs built on it",
  source: "https://github.com/ggml-org/llama.cpp/blob/master/convert_lora_to_gguf.py",
  rules: [{pattern: /^(?<module>.+)\.weight\.lora_(?<which>[ab])$/, part: {a: "A", b: "B"}}],
  turnedA: /^token_embd$/,
};

/**
 * kohya's sd-scripts and all that follow it: the module's dots have become underscores, so its own name can no longer be
 * told. `lora_mid` is LoCon's third factor; `dora_scale` the row norms of DoRA.
 */
export const kohya: Family = {
  id: "kohya",
  title: "kohya",
  example: "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn1_to_q.lora_down.weight",
  readers: "sd-scripts, ComfyUI, AUTOMATIC1111 and Forge, diffusers",
  source: "https://github.com/kohya-ss/sd-scripts/blob/main/networks/lora.py",
  rules: [
    {pattern: /^(?<module>[^.]+)\.lora_(?<which>down|up|mid)(?:\.weight)?$/, part: {...DOWN_AND_UP, mid: "mid"}},
    {pattern: /^(?<module>(?:lora|lycoris)_[^.]+)\.lora_(?<which>[AB])(?:\.weight)?$/, part: A_AND_B},
    {pattern: /^(?<module>[^.]+)\.alpha$/, part: "alpha"},
    {pattern: /^(?<module>[^.]+)\.dora_scale$/, part: "magnitude"},
  ],
  names: {A: withSuffix("lora_down.weight"), B: withSuffix("lora_up.weight"), alpha: withSuffix("alpha")},
};

/**
 * diffusers before it saved by PEFT (until 2023): `processor.to_q_lora.down`, `to_q.lora.down` and, in text encoders,
 * `lora_linear_layer.down`. The scale was always 1; some trainers add an alpha.
 */
export const oldDiffusers: Family = {
  id: "old diffusers",
  title: "old diffusers",
  example: "unet.down_blocks.0.attentions.0.transformer_blocks.0.attn1.processor.to_q_lora.down.weight",
  readers: "diffusers; few others",
  source: "https://github.com/huggingface/diffusers/blob/main/src/diffusers/utils/state_dict_utils.py",
  rules: [
    {pattern: /^(?<module>.+)\.lora_linear_layer\.(?<which>down|up)\.weight$/, part: DOWN_AND_UP},
    {pattern: /^(?<module>.+)\.lora\.(?<which>down|up)\.weight$/, part: DOWN_AND_UP},
    {
      pattern: /^(?<module>.+\.(?:to_|q_|k_|v_|out_)\w{1,9})_lora\.(?<which>down|up)\.weight$/,
      part: DOWN_AND_UP,
    },
    {pattern: /^(?<module>.+)\.lora\.alpha$/, part: "alpha"},
  ],
  names: {A: withSuffix("lora.down.weight"), B: withSuffix("lora.up.weight")},
  peftName: (module) =>
    module.replace(/^(?:unet|text_encoder(?:_\d)?|transformer)\./, "").replace(/\.processor\.(to_\w+)$/, ".$1"),
};

/** XLabs' adapters of Flux: two pairs beside each other in a processor, for the image stream and for the text stream. */
export const xlabs: Family = {
  id: "xlabs",
  title: "XLabs",
  example: "double_blocks.0.processor.qkv_lora1.down.weight",
  readers: "XLabs' own nodes for ComfyUI; diffusers converts them",
  source: "https://github.com/huggingface/diffusers/pull/9295",
  rules: [
    {
      pattern: /^(?<module>(?:double|single)_blocks\.\d+\.processor\.\w+_lora\d?)\.(?<which>down|up)\.weight$/,
      part: DOWN_AND_UP,
    },
  ],
  names: {A: withSuffix("down.weight"), B: withSuffix("up.weight")},
};

/**
 * mlx-lm: small letters, no `.weight`, and both factors the other way round. `m` is DoRA's vector of norms. Its config
 * has a factor, `scale` in `lora_parameters`, and no alpha; the factor is 20 in its code where the config says nothing.
 */
export const mlx: Family = {
  id: "mlx",
  title: "MLX",
  example: "model.layers.0.self_attn.q_proj.lora_a",
  readers: "mlx-lm, LM Studio on Apple's chips",
  source: "https://github.com/ml-explore/mlx-lm/blob/main/mlx_lm/tuner/lora.py",
  rules: [
    {pattern: /^(?<module>.+)\.lora_(?<which>[ab])$/, part: {a: "A", b: "B"}},
    {pattern: /^(?<module>.+)\.m$/, part: "magnitude"},
  ],
  turned: true,
  asksForAlpha: true,
  names: {A: withSuffix("lora_a"), B: withSuffix("lora_b")},
  peftName: (module) => module,
};

/**
 * The components of a diffusers pipeline. GPT-2, Falcon, MPT and ChatGLM have a `transformer` too, so that one counts only
 * before the names that diffusers has in it.
 */
const COMPONENT =
  "(?:unet|text_encoder(?:_\\d)?|prior|image_encoder|controlnet|transformer_2|transformer(?=\\.(?:transformer_|single_transformer_|temporal_transformer_|joint_transformer_|(?:noise_|context_)?(?:refiner|layers)\\.|blocks\\.\\d+\\.(?:attn1|attn2|ffn|ff)\\b|(?:x|context|time_text|pos|caption|patch)_embed|proj_out|norm_out)))";

/** diffusers since it saves by PEFT: the component of the pipeline, then the module. */
export const diffusers: Family = {
  id: "diffusers",
  title: "diffusers",
  example: "unet.down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q.lora_A.weight",
  readers: "diffusers; ComfyUI for most models",
  source: "https://github.com/huggingface/diffusers/blob/main/src/diffusers/loaders/lora_base.py",
  rules: [
    ...letterRules(COMPONENT),
    {pattern: new RegExp(`^(?<module>${COMPONENT}\\..+)\\.lora_(?<which>down|up)\\.weight$`), part: DOWN_AND_UP},
    {pattern: new RegExp(`^(?<module>${COMPONENT}\\..+)\\.lora_magnitude_vector(?:\\.weight)?$`), part: "magnitude"},
    {pattern: new RegExp(`^(?<module>${COMPONENT}\\..+)\\.lora_B\\.bias$`), part: "bias"},
  ],
  names: letterNames,
  peftName: (module) => module.replace(/^[\w]+?\./, ""),
};

/** What ComfyUI puts before the model's own names. */
const COMFY_PREFIX =
  "(?:(?:model\\.)?diffusion_model|text_encoders|text_model|clip_[lgh]|conditioner|first_stage_model)";

/**
 * ComfyUI, ai-toolkit and musubi-tuner: `lora_A` and `lora_B` behind dotted names of the model itself, with ComfyUI's prefix;
 * `lora_down` and `lora_up` behind any dotted name.
 */
export const comfy: Family = {
  id: "comfy",
  title: "ComfyUI",
  example: "diffusion_model.double_blocks.0.img_attn.qkv.lora_A.weight",
  readers: "ComfyUI, ai-toolkit; diffusers for some models",
  source: "https://github.com/comfyanonymous/ComfyUI/blob/master/comfy/lora.py",
  rules: [
    ...letterRules(COMFY_PREFIX),
    {pattern: /^(?<module>.+)\.lora_(?<which>down|up|mid)(?:\.weight)?$/, part: {...DOWN_AND_UP, mid: "mid"}},
    {pattern: new RegExp(`^(?<module>${COMFY_PREFIX}\\..+)\\.dora_scale$`), part: "magnitude"},
  ],
  names: letterNames,
};

/**
 * PEFT: `base_model.model.` before the module's name, which may be missing; the adapter's name behind `lora_A` where a
 * file was written by hand; bare `lora_A` as some trainers of video models write it.
 */
export const peft: Family = {
  id: "peft",
  title: "PEFT",
  example: "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight",
  readers: "PEFT, Transformers, vLLM, llama.cpp's converter",
  source: "https://huggingface.co/docs/peft/developer_guides/checkpoint",
  rules: [
    {
      pattern:
        /^(?:base_model\.model\.)?(?<module>.+)\.lora_(?<which>[AB])(?:\.(?<adapter>(?!weight$|bias$)[\w-]+))?(?:\.weight)?$/,
      part: A_AND_B,
    },
    {
      pattern: /^(?:base_model\.model\.)?(?<module>.+)\.lora_embedding_(?<which>[AB])(?:\.(?<adapter>[\w-]+))?$/,
      part: A_AND_B,
      embedding: true,
    },
    {
      pattern:
        /^(?:base_model\.model\.)?(?<module>.+)\.lora_magnitude_vector(?:\.(?<adapter>(?!weight$)[\w-]+))?(?:\.weight)?$/,
      part: "magnitude",
    },
    {
      pattern: /^(?:base_model\.model\.)?(?<module>.+)\.lora_B(?:\.(?<adapter>[\w-]+))?\.bias$/,
      part: "bias",
    },
    {pattern: /^(?:base_model\.model\.)?(?<module>.+)\.alpha$/, part: "alpha"},
  ],
  asksForAlpha: true,
  peftName: (module) => module,
};

/** All families, the narrow ones first: the first whose rule matches a name has it. */
export const FAMILIES: readonly Family[] = [gguf, kohya, oldDiffusers, xlabs, mlx, diffusers, comfy, peft];

/** The family with an id. */
export const familyOf = (id: FamilyId): Family => FAMILIES.find((family) => family.id === id)!;
