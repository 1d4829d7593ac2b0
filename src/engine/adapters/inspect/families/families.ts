/** The families of tensor names as data: how each program names A, B and what belongs to them. */
import {PREFIX} from "../../peftNames.ts";
import {behind, downUp, type Family, type FamilyId, lettered, letteredRules, letters} from "./family.ts";

/** The name of a part in GGUF, which keeps `.weight` in the middle. */
const behindWeight = (part: string) => (module: string) => `${module}.weight.${part}`;

/**
 * llama.cpp's convert_lora_to_gguf.py: the base's tensor name, then `lora_a` or `lora_b`. A of the token embedding is
 * turned. The rows of B for q and k of Llama's family stand in another order than PEFT's, which changes no singular value.
 * Without an alpha, or with 0, llama.cpp takes the scale 1 (`get_scale` in llama-adapter.h).
 */
export const gguf: Family = {
  id: "gguf",
  title: "GGUF",
  example: "blk.0.attn_q.weight.lora_a",
  readers: "llama.cpp and programs built on it",
  source: "https://github.com/ggml-org/llama.cpp/blob/master/convert_lora_to_gguf.py",
  rules: [{pattern: /^(?<module>.+)\.weight\.lora_(?<which>[ab])$/, part: {a: "A", b: "B"}}],
  turned: false,
  turnedA: /^token_embd$/,
  withoutAlpha: 1,
  names: {
    A: behindWeight("lora_a"),
    B: behindWeight("lora_b"),
    alpha: behindWeight("alpha"),
    magnitude: behindWeight("magnitude"),
    bias: behindWeight("bias"),
  },
  peftName: () => undefined,
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
    {pattern: /^(?<module>[^.]+)\.lora_(?<which>down|up|mid)(?:\.weight)?$/, part: {...downUp, mid: "mid"}},
    {pattern: /^(?<module>(?:lora|lycoris)_[^.]+)\.lora_(?<which>[AB])(?:\.weight)?$/, part: letters},
    {pattern: /^(?<module>[^.]+)\.alpha$/, part: "alpha"},
    {pattern: /^(?<module>[^.]+)\.dora_scale$/, part: "magnitude"},
  ],
  turned: false,
  withoutAlpha: 1,
  names: {
    A: behind("lora_down.weight"),
    B: behind("lora_up.weight"),
    alpha: behind("alpha"),
    magnitude: behind("dora_scale"),
    bias: behind("bias"),
  },
  peftName: () => undefined,
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
    {pattern: /^(?<module>.+)\.lora_linear_layer\.(?<which>down|up)\.weight$/, part: downUp},
    {pattern: /^(?<module>.+)\.lora\.(?<which>down|up)\.weight$/, part: downUp},
    {pattern: /^(?<module>.+\.(?:to_|q_|k_|v_|out_)\w{1,9})_lora\.(?<which>down|up)\.weight$/, part: downUp},
    {pattern: /^(?<module>.+)\.lora\.alpha$/, part: "alpha"},
  ],
  turned: false,
  withoutAlpha: 1,
  names: {
    A: behind("lora.down.weight"),
    B: behind("lora.up.weight"),
    alpha: behind("lora.alpha"),
    magnitude: behind("lora_magnitude_vector"),
    bias: behind("lora.bias"),
  },
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
      part: downUp,
    },
  ],
  turned: false,
  withoutAlpha: 1,
  names: {
    A: behind("down.weight"),
    B: behind("up.weight"),
    alpha: behind("alpha"),
    magnitude: behind("magnitude"),
    bias: behind("bias"),
  },
  peftName: () => undefined,
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
  withoutAlpha: "ask",
  names: {
    A: behind("lora_a"),
    B: behind("lora_b"),
    alpha: behind("alpha"),
    magnitude: behind("m"),
    bias: behind("bias"),
  },
  peftName: (module) => module,
};

/**
 * A pipeline's components. GPT-2, Falcon, MPT and ChatGLM have a `transformer` of their own, with other names in it.
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
    ...letteredRules(COMPONENT),
    {pattern: new RegExp(`^(?<module>${COMPONENT}\\..+)\\.lora_(?<which>down|up)\\.weight$`), part: downUp},
    {pattern: new RegExp(`^(?<module>${COMPONENT}\\..+)\\.lora_magnitude_vector(?:\\.weight)?$`), part: "magnitude"},
    {pattern: new RegExp(`^(?<module>${COMPONENT}\\..+)\\.lora_B\\.bias$`), part: "bias"},
  ],
  turned: false,
  withoutAlpha: 1,
  names: {...lettered, magnitude: behind("lora_magnitude_vector"), bias: behind("lora_B.bias")},
  peftName: (module) => module.replace(/^[\w]+?\./, ""),
};

/** The model's own names under ComfyUI's prefixes; `lora_down` and `lora_up` with any dotted name. */
const COMFY_PREFIX =
  "(?:(?:model\\.)?diffusion_model|text_encoders|text_model|clip_[lgh]|conditioner|first_stage_model)";

/** ComfyUI, ai-toolkit and musubi-tuner: dotted names of the model itself. */
export const comfy: Family = {
  id: "comfy",
  title: "ComfyUI",
  example: "diffusion_model.double_blocks.0.img_attn.qkv.lora_A.weight",
  readers: "ComfyUI, ai-toolkit; diffusers for some models",
  source: "https://github.com/comfyanonymous/ComfyUI/blob/master/comfy/lora.py",
  rules: [
    ...letteredRules(COMFY_PREFIX),
    {pattern: /^(?<module>.+)\.lora_(?<which>down|up|mid)(?:\.weight)?$/, part: {...downUp, mid: "mid"}},
    {pattern: new RegExp(`^(?<module>${COMFY_PREFIX}\\..+)\\.dora_scale$`), part: "magnitude"},
  ],
  turned: false,
  withoutAlpha: 1,
  names: {...lettered, magnitude: behind("dora_scale"), bias: behind("bias")},
  peftName: () => undefined,
};

/** The name of a part, with PEFT's prefix. */
const behindPrefixed = (part: string) => (module: string) => `${PREFIX}${module}.${part}`;

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
      part: letters,
    },
    {
      pattern: /^(?:base_model\.model\.)?(?<module>.+)\.lora_embedding_(?<which>[AB])(?:\.(?<adapter>[\w-]+))?$/,
      part: letters,
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
  turned: false,
  withoutAlpha: "ask",
  names: {
    A: behindPrefixed("lora_A.weight"),
    B: behindPrefixed("lora_B.weight"),
    alpha: behindPrefixed("alpha"),
    magnitude: behindPrefixed("lora_magnitude_vector"),
    bias: behindPrefixed("lora_B.bias"),
  },
  peftName: (module) => module,
};

/** All families, the narrow ones first: the first whose rule matches a name has it. */
export const FAMILIES: readonly Family[] = [gguf, kohya, oldDiffusers, xlabs, mlx, diffusers, comfy, peft];

/** The family of an id. */
export const familyOf = (id: FamilyId): Family => FAMILIES.find((family) => family.id === id)!;
