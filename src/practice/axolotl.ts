/** Axolotl's configuration, for imitation and preference. */
import type {Case} from "./cases.ts";
import {VERSIONS} from "./configText.ts";
import {isSplit, memory} from "./memory.ts";
import type {ModelPreset} from "./models.ts";
import {type LoraSettings, SPLIT_SEED} from "./settings.ts";

/** The class of a layer, by which FSDP cuts the model in pieces; undefined for a model that we do not know. */
function layerClass({hub}: ModelPreset): string | undefined {
  if (hub.startsWith("Qwen/")) return "Qwen2DecoderLayer";
  return hub.startsWith("meta-llama/") ? "LlamaDecoderLayer" : undefined;
}

/** The lines that make the cards split the base. Axolotl cannot load a quantized base on one card and send it to the others. */
function split({preset, base}: Case): string {
  const layer = layerClass(preset);
  const options = [
    "auto_wrap_policy: TRANSFORMER_BASED_WRAP",
    layer
      ? `transformer_layer_cls_to_wrap: ${layer}`
      : "# transformer_layer_cls_to_wrap: the class of a layer of your model",
    `cpu_ram_efficient_loading: ${base === "bf16"}`,
    "offload_params: false",
    "reshard_after_forward: true",
    "state_dict_type: FULL_STATE_DICT",
  ];
  return `# The GPUs split the base model.\nfsdp_version: 2\nfsdp_config:\n${options.map((one) => `  ${one}\n`).join("")}`;
}

const NO_SPLIT = `# Axolotl cannot split a quantized base for preferences with FSDP 2. Take the script for TRL.\n`;

const HEAD = `# Axolotl ${VERSIONS.axolotl}: axolotl train config.yaml
# Examples longer than sequence_len lose their end; without excess_length_strategy they would be dropped.
`;

export function axolotlText(one: Case, settings: LoraSettings): string {
  const {preset, task, base, tokens} = one;
  const {r, alpha, dropout, rates, micro, accumulate, epochs, schedule, warmup, decay, looks} = settings;
  const isPreference = task === "preference";
  const shared = isSplit(one, memory(one));
  if (shared && isPreference && base !== "bf16") return NO_SPLIT;
  const lines: readonly (readonly [string, string | number | boolean])[] = [
    ["adapter", base === "nf4" ? "qlora" : "lora"],
    ...(base === "nf4" ? ([["load_in_4bit", true]] as const) : []),
    ...(base === "int8" ? ([["load_in_8bit", true]] as const) : []),
    ["lora_r", r],
    ["lora_alpha", alpha],
    ["lora_dropout", dropout],
    ["lora_target_linear", true],
    ...(isPreference ? ([["rl", "dpo"]] as const) : []),
    ["sequence_len", tokens],
    ["excess_length_strategy", "truncate"],
    ["val_set_size", 0.1],
    ["seed", SPLIT_SEED],
    ["output_dir", "./adapter"],
    ["micro_batch_size", micro],
    ["gradient_accumulation_steps", accumulate],
    ["num_epochs", epochs],
    ["evals_per_epoch", looks],
    ["saves_per_epoch", looks],
    // Axolotl does not look at this one for preferences.
    ...(isPreference ? [] : ([["load_best_model_at_end", true]] as const)),
    ["optimizer", "adamw_torch_fused"],
    ["learning_rate", rates[1]],
    ["lr_scheduler", schedule],
    ["warmup_ratio", warmup],
    ["weight_decay", decay],
    ["bf16", "auto"],
    ["gradient_checkpointing", true],
  ];
  const type = isPreference ? "chat_template.default" : "chat_template";
  const data = isPreference
    ? "# Columns: messages, chosen and rejected. Start from a model that follows instructions already.\n# Examples whose prompt alone is as long as sequence_len are dropped anyway."
    : "# One column, messages. The loss is taken on the answers.";
  const rest = lines.map(([name, value]) => `${name}: ${value}\n`).join("");
  return `${HEAD}base_model: ${preset.hub}
${data}
datasets:
  - path: your/data
    type: ${type}
# ChatML is for models without a chat template of their own.
chat_template: tokenizer_default_fallback_chatml
${rest}${shared ? split(one) : ""}`;
}
