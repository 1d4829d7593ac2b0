/**
 * How three programs scale B·A, each by its own arithmetic, without the engine: PEFT 0.20 (LoraModel, patterns first), vLLM
 * after 0.28 (peft_helper.py: r, lora_alpha and use_rslora of the config alone), llama.cpp (llama-adapter.h: α over the
 * tensor's own rank; α = 0 means 1).
 */

/** The scales of one module. */
export interface Scales {
  /** Undefined where PEFT stops with a size mismatch: the config's rank is not the tensor's. */
  peft: number | undefined;
  vllm: number;
  llama: number;
}

const A = /^(?:base_model\.model\.)?(.+)\.lora_(?:A\.weight|embedding_A)$/;

/** The text of adapter_config.json and each tensor's shape → what each program puts in front of B·A, by module. */
export function readersScales(
  configText: string,
  tensors: Iterable<readonly [name: string, {readonly shape: readonly number[]}]>,
): Map<string, Scales> {
  const config = {rank_pattern: {}, alpha_pattern: {}, use_rslora: false, ...JSON.parse(configText)};
  const {r, lora_alpha, use_rslora} = config;
  const by = (alpha: number, rank: number) => alpha / (use_rslora ? Math.sqrt(rank) : rank);
  const found = new Map<string, Scales>();
  for (const [name, {shape}] of tensors) {
    const module = A.exec(name)?.[1];
    if (module === undefined) continue;
    const own = (patterns: Record<string, number>) =>
      Object.entries(patterns).find(([pattern]) => new RegExp(`^(?:.*\\.)?(?:${pattern})$`).test(module))?.[1];
    const rank = own(config.rank_pattern) ?? r;
    found.set(module, {
      peft: rank === shape[0] ? by(own(config.alpha_pattern) ?? lora_alpha, rank) : undefined,
      vllm: by(lora_alpha, r),
      llama: lora_alpha === 0 ? 1 : lora_alpha / shape[0]!,
    });
  }
  return found;
}
