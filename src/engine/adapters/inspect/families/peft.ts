import {type Family, letters} from "./family.ts";

/** The name of a part, with PEFT's prefix. */
const dotted = (part: string) => (module: string) => `base_model.model.${module}.${part}`;

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
    A: dotted("lora_A.weight"),
    B: dotted("lora_B.weight"),
    alpha: dotted("alpha"),
    magnitude: dotted("lora_magnitude_vector"),
    bias: dotted("lora_B.bias"),
  },
  peftName: (module) => module,
};
