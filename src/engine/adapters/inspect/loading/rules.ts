/** What three programs do with an adapter's files, as data: each rule with the source file it was read in, and when. */

/** The day on which every rule below was last compared with its source. */
export const READ_ON = "2026-12-02";

/** When the rules are older than this many days, the page says so and no release is made. */
export const MAX_RULE_DAYS = 180;

/** The readers, in the order in which they are named. */
export const READERS = ["PEFT", "vLLM", "llama.cpp"] as const;

/** A program that loads an adapter. */
export type Reader = (typeof READERS)[number];

/** The versions whose sources were read. vLLM’s tags and llama.cpp’s could not be had, so these are commits. */
export const VERSIONS: Readonly<Record<Reader, {short: string; long: string}>> = {
  PEFT: {short: "0.20", long: "PEFT 0.20.0"},
  vLLM: {short: "0.28", long: "vLLM’s main after 0.28"},
  "llama.cpp": {short: "converter", long: "llama.cpp’s converter at 0b03adaa"},
};

/** One rule: what the program does, and where that is written. */
export interface Rule {
  /** A whole sentence, without its full stop. */
  says: string;
  /** The file in the program’s repository, and the function where one holds the rule. */
  source: string;
  version: string;
}

const peft = (says: string, source: string): Rule => ({says, source, version: "v0.20.0"});
const vllm = (says: string, source: string, version: string): Rule => ({
  says,
  source: `vllm/lora/${source}`,
  version,
});
const llama = (says: string, source = "convert_lora_to_gguf.py", version = "0b03adaa"): Rule => ({
  says,
  source,
  version,
});

/** The rules by a short name. */
export const RULES = {
  peftConfig: peft("PEFT needs adapter_config.json with a peft_type", "src/peft/config.py"),
  peftNames: peft(
    "PEFT puts the adapter’s name behind lora_A and looks each name up whole; for those it does not find it warns “Found missing adapter keys” and keeps B = 0",
    "src/peft/utils/save_and_load.py, src/peft/peft_model.py",
  ),
  peftScale: peft(
    "PEFT multiplies by α / r of the module, or α / √r under use_rslora; rank_pattern and alpha_pattern come first",
    "src/peft/tuners/lora/layer.py",
  ),
  peftShapes: peft(
    "PEFT stops with “size mismatch” where the config’s rank is not the tensor’s",
    "src/peft/utils/save_and_load.py",
  ),
  peftSaved: peft(
    "PEFT looks every module of modules_to_save up in the file and stops with a KeyError if it is not there; for SEQ_CLS, TOKEN_CLS and QUESTION_ANS it adds the heads to modules_to_save itself",
    "src/peft/utils/save_and_load.py, src/peft/peft_model.py",
  ),
  peftTargets: peft(
    "PEFT puts A and B at the modules that target_modules names, and stops with “Target modules … not found in the base model” where it finds none",
    "src/peft/tuners/tuners_utils.py",
  ),
  peftStarts: peft(
    "PEFT makes the start of pissa, olora and loftq again when it loads an adapter, and changes the base by it; that of pissa_niter is random, that of lora_ga is left out, and for corda it stops",
    "src/peft/tuners/lora/layer.py, update_layer",
  ),
  vllmConfig: vllm(
    "vLLM needs r, lora_alpha and target_modules, and drops every field that it does not know",
    "peft_helper.py, from_dict",
    "main after 0.28",
  ),
  vllmScale: vllm(
    "vLLM multiplies every module by the config’s lora_alpha / r, or lora_alpha / √r under use_rslora; it reads no patterns",
    "peft_helper.py, __post_init__",
    "main after 0.28",
  ),
  vllmFeatures: vllm(
    "vLLM refuses modules_to_save, use_dora and bias other than none, and r above --max-lora-rank; from pull request 53555 on it takes the heads classifier and score",
    "peft_helper.py, validate_legal",
    "main after 0.28",
  ),
  vllmTokens: vllm(
    "vLLM takes trainable_token_indices only with pull request 55796, up to --max-lora-trainable-tokens",
    "peft_helper.py, validate_legal",
    "the branch of that pull request",
  ),
  vllmTensors: vllm(
    "vLLM refuses a tensor that is not lora_A.weight, lora_B.weight, lora_embedding_A or lora_embedding_B: “is unsupported LoRA weight”",
    "utils.py, parse_fine_tuned_lora_name",
    "0.22.1 and main at 0306474e",
  ),
  vllmPaths: vllm(
    "vLLM compares the last word of a module’s name when it loads; a path that no module has is skipped without a word (issues 34186 and 55193; from pull request 55310 on, one line at the level of debug)",
    "lora_model.py, model_manager.py",
    "0.22.1 and main at 0306474e",
  ),
  vllmRanks: {
    says: "vLLM takes 1, 8, 16, 32, 64, 128, 256, 320 or 512 as --max-lora-rank; without it, 16",
    source: "vllm/config/lora.py",
    version: "0.22.1 and 0.26",
  },
  llamaConfig: llama("The converter needs lora_alpha, and config.json of the base, from the Hub or with --base"),
  llamaTensors: llama(
    "The converter stops at a tensor that is neither A nor B; it skips base_layer.weight and keeps layer norms",
  ),
  llamaPaths: llama(
    "The converter removes every base_model.model. and model.language_model., and stops at a name that the base does not have: “Can not map tensor”",
  ),
  llamaExperts: llama(
    "For experts one by one the converter waits for gate, up and down of every expert: “Unprocessed experts”",
    "convert_hf_to_gguf.py, Qwen2MoeModel",
    "2a030356",
  ),
  llamaNorms: llama(
    "The converter keeps layer norms, and llama.cpp skips them when it loads the adapter",
    "src/llama-adapter.cpp, llama_adapter_lora_init_impl",
    "2a030356",
  ),
  llamaHead: llama("The converter, or llama.cpp itself, stops at lm_head if the base has no tensor of its own for it"),
  llamaScale: llama(
    "llama.cpp multiplies by α over the rank of the module’s own tensor, and takes 1 if α is 0; it reads no rsLoRA and no patterns",
    "src/llama-adapter.h, get_scale",
    "215841fc",
  ),
} as const satisfies Readonly<Record<string, Rule>>;

/** The name of a rule. */
export type RuleName = keyof typeof RULES;

/** What vLLM takes as `--max-lora-rank`. */
export const VLLM_RANKS = [1, 8, 16, 32, 64, 128, 256, 320, 512] as const;
/** What vLLM takes as `--max-lora-rank` where none is given. */
export const VLLM_DEFAULT_RANK = 16;

/** Fields of a config that vLLM cannot do without. */
export const VLLM_FIELDS = ["r", "lora_alpha", "target_modules"] as const;

/** The tensors that vLLM takes as A or B, and those that it skips; any other stops it. */
export const VLLM_PAIR = /\.lora_(?:[AB]\.weight|embedding_[AB])$/;
export const VLLM_SKIPPED = /\.(?:embed_tokens|lm_head)\.base_layer\.weight$/;
/** The tensors that llama.cpp's converter takes as A or B, and those that it skips or keeps; any other stops it. */
export const LLAMA_PAIR = /\.lora_(?:[AB]\.weight|embedding_[AB])/;
export const LLAMA_SKIPPED = /\.base_layer\.weight|_layernorm|\.norm/;
/** Layer norms, which the converter keeps and which llama.cpp then skips. */
export const LLAMA_NORM = /^(?!.*\.base_layer\.weight).*(?:_layernorm|\.norm)/;

/** Names of bases that see pictures: a hint by the usual words, never a reason to refuse. */
export const SEES_PICTURES =
  /-VL\b|Qwen3\.5|gemma-3-(?:4|12|27)b|gemma-4|Mistral-Small-3|Ministral-3|pixtral|Llama-4|llava|InternVL|paligemma/i;

/** How many days ago the rules were read. */
export const daysSince = (today: Date): number => Math.floor((today.getTime() - Date.parse(READ_ON)) / 86_400_000);

/** A sentence for rules that are too old to be trusted; undefined as long as they are not. */
export function oldRules(today: Date): string | undefined {
  const days = daysSince(today);
  return days > MAX_RULE_DAYS
    ? `These rules were read ${days} days ago, on ${READ_ON}, and such rules change from month to month`
    : undefined;
}
