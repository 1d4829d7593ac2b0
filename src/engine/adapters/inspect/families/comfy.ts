import {behind, downUp, type Family, lettered, letteredRules} from "./family.ts";

/** The model's own names under ComfyUI's prefixes; `lora_down` and `lora_up` with any dotted name. */
const PREFIX = "(?:(?:model\\.)?diffusion_model|text_encoders|text_model|clip_[lgh]|conditioner|first_stage_model)";

/** ComfyUI, ai-toolkit and musubi-tuner: dotted names of the model itself. */
export const comfy: Family = {
  id: "comfy",
  title: "ComfyUI",
  example: "diffusion_model.double_blocks.0.img_attn.qkv.lora_A.weight",
  readers: "ComfyUI, ai-toolkit; diffusers for some models",
  source: "https://github.com/comfyanonymous/ComfyUI/blob/master/comfy/lora.py",
  rules: [
    ...letteredRules(PREFIX),
    {pattern: /^(?<module>.+)\.lora_(?<which>down|up|mid)(?:\.weight)?$/, part: {...downUp, mid: "mid"}},
    {pattern: new RegExp(`^(?<module>${PREFIX}\\..+)\\.dora_scale$`), part: "magnitude"},
  ],
  turned: false,
  withoutAlpha: 1,
  names: {...lettered, magnitude: behind("dora_scale"), bias: behind("bias")},
  peftName: () => undefined,
};
