import {behind, downUp, type Family, lettered, letteredRules} from "./family.ts";

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
