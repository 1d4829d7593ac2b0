import {behind, downUp, type Family} from "./family.ts";

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
