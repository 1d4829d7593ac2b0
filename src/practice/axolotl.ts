/** Axolotl's configuration, for imitation and preference. */
import type {Case} from "./cases.ts";
import {isSplit, memoryUse} from "./memory.ts";
import {DATA_TO_NAME, fileLoader, VERSIONS} from "./scriptText.ts";
import {type LoraSettings, SPLIT_SEED} from "./settings.ts";
import {hubOf, ratesInOrder} from "./trl.ts";

/** The lines with which GPUs split the base. Axolotl cannot load a quantized base on one GPU and send it to the others. */
function fsdpLines({preset, base}: Case): string {
  const block = preset.kind === "language" && preset.block;
  const options = [
    "auto_wrap_policy: TRANSFORMER_BASED_WRAP",
    block
      ? `transformer_layer_cls_to_wrap: ${block}`
      : "# transformer_layer_cls_to_wrap: the class of a layer of your model",
    `cpu_ram_efficient_loading: ${base === "bf16"}`,
    "offload_params: false",
    "reshard_after_forward: true",
    "state_dict_type: FULL_STATE_DICT",
  ];
  return `# The GPUs split the base model.\nfsdp_version: 2\nfsdp_config:\n${options.map((option) => `  ${option}\n`).join("")}`;
}

/** Whether there is a file for Axolotl: for imitation and preference, unless FSDP 2 would have to split a quantized base for DPO. */
export const hasAxolotl = (run: Case): boolean =>
  run.task === "imitation" || (run.task === "preference" && !(run.base !== "bf16" && isSplit(run, memoryUse(run))));

const CHAT_TEMPLATE = `# ChatML is for models without a chat template of their own.
chat_template: tokenizer_default_fallback_chatml
`;

/** How the data set is described, by what an example is. */
const DATA_FORMATS: Readonly<Record<"preference" | Case["data"], {columns: string; type: string; template?: string}>> =
  {
    preference: {
      columns: `# Columns: prompt, chosen and rejected, each a list of messages.
# Examples whose prompt alone is as long as sequence_len are
# dropped.`,
      type: " chat_template.default\n    field_messages: prompt",
    },
    messages: {columns: "# A column messages. The loss is taken on the answers.", type: " chat_template"},
    pair: {
      columns: "# Columns: prompt and completion, both as text.",
      type: `
      field_instruction: prompt
      field_output: completion
      format: "{instruction}"
      no_input_format: "{instruction}"`,
      template: "",
    },
  };

export function axolotlText(run: Case, settings: LoraSettings): string {
  const {task, base, tokens} = run;
  const {r, alpha, dropout, rates, micro, accumulate, epochs, schedule, warmup, decay, evaluations} = settings;
  const isPreference = task === "preference";
  const dataSet = run.set || DATA_TO_NAME;
  const loader = fileLoader(dataSet);
  const {columns, type, template = CHAT_TEMPLATE} = DATA_FORMATS[isPreference ? "preference" : run.data];
  const options: readonly (readonly [string, string | number | boolean])[] = [
    ["adapter", base === "nf4" ? "qlora" : "lora"],
    ...(base === "nf4" ? ([["load_in_4bit", true]] as const) : []),
    ...(base === "int8" ? ([["load_in_8bit", true]] as const) : []),
    ["lora_r", r],
    ["lora_alpha", alpha],
    ["lora_dropout", dropout],
    ["lora_target_linear", true],
    ...(isPreference
      ? ([
          ["rl", "dpo"],
          ["rl_beta", settings.beta],
        ] as const)
      : []),
    ["sequence_len", tokens],
    ["excess_length_strategy", "truncate"],
    ["val_set_size", 0.1],
    ["seed", SPLIT_SEED],
    ["output_dir", "./adapter"],
    ["micro_batch_size", micro],
    ["gradient_accumulation_steps", accumulate],
    ["num_epochs", epochs],
    ["evals_per_epoch", evaluations],
    ["saves_per_epoch", evaluations],
    // Axolotl ignores this option for preferences. With FSDP 2 the accelerate that it pins brings back only the first GPU's part of
    // the best adapter (accelerate 4206).
    ...(isPreference || isSplit(run, memoryUse(run)) ? [] : ([["load_best_model_at_end", true]] as const)),
    ["optimizer", "adamw_torch_fused"],
    ["learning_rate", rates[1]],
    ["lr_scheduler", schedule],
    ["warmup_ratio", warmup],
    ["weight_decay", decay],
    ["bf16", "auto"],
    ["gradient_checkpointing", true],
  ];
  const optionLines = options.map(([name, value]) => `${name}: ${value}\n`).join("");
  return `# Axolotl ${VERSIONS.axolotl}, one rate after the other:
# for rate in ${ratesInOrder(settings).join(" ")}; do
#   axolotl train axolotl.yaml --learning-rate $rate --output-dir ./adapter-$rate
# done
base_model: ${hubOf(run)}
${columns}
datasets:
  - path: ${dataSet}
${loader ? `    ds_type: ${loader}\n` : ""}    type:${type}
${template}# Examples longer than sequence_len lose their end.
${optionLines}${isSplit(run, memoryUse(run)) ? fsdpLines(run) : ""}`;
}
