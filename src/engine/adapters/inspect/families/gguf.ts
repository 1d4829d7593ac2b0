import type {Family} from "./family.ts";

/** The name of a part: GGUF keeps `.weight` in the middle. */
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
