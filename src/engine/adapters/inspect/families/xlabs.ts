import {behind, downUp, type Family} from "./family.ts";

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
