import {behind, downUp, type Family, letters} from "./family.ts";

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
