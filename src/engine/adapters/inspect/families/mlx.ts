import {behind, type Family} from "./family.ts";

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
