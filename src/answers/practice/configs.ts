/** Configurations to copy. Every option in them is in content/practice/options.json; a test compares. */
import type {Case} from "./cases.ts";
import {ANSWERS, IMAGE_STEPS, type Settings, settingsOf} from "./settings.ts";
import {rate} from "./words.ts";

export interface Config {
  name: string;
  language: "python" | "yaml" | "sh";
  text: string;
}

/** Options of a call, one a line. */
const call = (name: string, options: readonly [name: string, value: string][]) =>
  `${name}(\n${options.map(([option, value]) => `    ${option}=${value},\n`).join("")})`;

const quoted = (text: string) => `"${text}"`;

function loraConfig({preset}: Case, {r, alpha, dropout}: Settings): string {
  const images = preset.kind === "images";
  return call("LoraConfig", [
    ["r", String(r)],
    ["lora_alpha", String(alpha)],
    ["lora_dropout", String(dropout)],
    ["target_modules", images ? `[${preset.targets.map(quoted).join(", ")}]` : quoted("all-linear")],
    ["bias", quoted("none")],
    ...(images ? [] : ([["task_type", quoted("CAUSAL_LM")]] as [string, string][])),
  ]);
}

function quantized({base}: Case): string {
  if (base === "bf16") return "";
  const options: [string, string][] =
    base === "int8"
      ? [["load_in_8bit", "True"]]
      : [
          ["load_in_4bit", "True"],
          ["bnb_4bit_quant_type", quoted("nf4")],
          ["bnb_4bit_use_double_quant", "True"],
          ["bnb_4bit_compute_dtype", "torch.bfloat16"],
        ];
  return `quantization_config = ${call("BitsAndBytesConfig", options)}\n\n`;
}

const TRAINERS = {
  imitation: {config: "SFTConfig", trainer: "SFTTrainer"},
  preference: {config: "DPOConfig", trainer: "DPOTrainer"},
  rl: {config: "GRPOConfig", trainer: "GRPOTrainer"},
} as const;

function trlArguments({task, tokens}: Case, settings: Settings): string {
  const {rates, micro, accumulate, epochs, schedule, warmup, decay} = settings;
  const own: [string, string][] =
    task === "rl"
      ? [
          ["num_generations", String(ANSWERS)],
          ["max_completion_length", String(tokens)],
        ]
      : [
          ["max_length", String(tokens)],
          ["eval_strategy", quoted("epoch")],
          ["save_strategy", quoted("epoch")],
          ["load_best_model_at_end", "True"],
        ];
  return call(TRAINERS[task as keyof typeof TRAINERS].config, [
    ["output_dir", quoted("adapter")],
    ["learning_rate", rate(rates[1])],
    ["per_device_train_batch_size", String(micro)],
    ["gradient_accumulation_steps", String(accumulate)],
    ["num_train_epochs", String(epochs)],
    ["lr_scheduler_type", quoted(schedule)],
    ["warmup_steps", `${warmup}`],
    ["weight_decay", String(decay)],
    ["gradient_checkpointing", "True"],
    ["bf16", "True"],
    // TRL would load the weights in 32 bits.
    ["model_init_kwargs", '{"dtype": "bfloat16"}'],
    ...own,
  ]);
}

/** A script for TRL: the reader puts in the data, and for reinforcement learning the reward. */
function trlScript(one: Case, settings: Settings): string {
  const {config, trainer} = TRAINERS[one.task as keyof typeof TRAINERS];
  const isQuantized = one.base !== "bf16";
  const imports = [
    ...(one.base === "nf4" ? ["import torch"] : []),
    "from datasets import load_dataset",
    "from peft import LoraConfig",
    ...(isQuantized ? ["from transformers import BitsAndBytesConfig"] : []),
    `from trl import ${config}, ${trainer}`,
  ];
  const options: [string, string][] = [
    ["model", quoted(one.preset.hub)],
    ["args", "args"],
    ...((one.task === "rl"
      ? [
          ["train_dataset", "dataset"],
          ["reward_funcs", "reward"],
        ]
      : [
          ["train_dataset", 'dataset["train"]'],
          ["eval_dataset", 'dataset["test"]'],
        ]) as [string, string][]),
    ...(isQuantized ? ([["quantization_config", "quantization_config"]] as [string, string][]) : []),
    ["peft_config", "peft_config"],
  ];
  // A tenth is kept aside, to choose the best pass by.
  const split = one.task === "rl" ? "" : ".train_test_split(test_size=0.1)";
  const reward =
    one.task === "rl" ? "\n\n\ndef reward(completions, **columns):\n    ...  # a number for each answer\n" : "";
  return `${imports.join("\n")}

dataset = load_dataset("your/data", split="train")${split}${reward}

peft_config = ${loraConfig(one, settings)}

args = ${trlArguments(one, settings)}

${quantized(one)}trainer = ${call(trainer, options)}
trainer.train()
`;
}

/** Axolotl's configuration, for imitation and preference. */
function axolotl({preset, task, base, tokens}: Case, settings: Settings): string {
  const {r, alpha, dropout, rates, micro, accumulate, epochs, schedule, warmup, decay} = settings;
  const lines: [string, string | number | boolean][] = [
    ["base_model", preset.hub],
    ["adapter", base === "nf4" ? "qlora" : "lora"],
    ...(base === "nf4" ? ([["load_in_4bit", true]] as [string, boolean][]) : []),
    ...(base === "int8" ? ([["load_in_8bit", true]] as [string, boolean][]) : []),
    ["lora_r", r],
    ["lora_alpha", alpha],
    ["lora_dropout", dropout],
    ["lora_target_linear", true],
    ...(task === "preference" ? ([["rl", "dpo"]] as [string, string][]) : []),
    ["sequence_len", tokens],
    ["val_set_size", 0.1],
    ["output_dir", "./adapter"],
    ["micro_batch_size", micro],
    ["gradient_accumulation_steps", accumulate],
    ["num_epochs", epochs],
    ["evals_per_epoch", 1],
    ["saves_per_epoch", 1],
    ["optimizer", base === "nf4" ? "paged_adamw_32bit" : "adamw_torch_fused"],
    ["learning_rate", rates[1]],
    ["lr_scheduler", schedule],
    ["warmup_ratio", warmup],
    ["weight_decay", decay],
    ["bf16", "auto"],
    ["gradient_checkpointing", true],
  ];
  const [first, ...rest] = lines.map(([name, value]) => `${name}: ${value}`);
  return `${first}\ndatasets:\n  - path: your/data\n    type: ${task === "preference" ? "chat_template.default" : "chat_template"}\n${rest.join("\n")}\n`;
}

/** The command for the script of Diffusers. */
function diffusers({preset}: Case, {r, alpha, rates, micro, accumulate, schedule}: Settings): string {
  const flux = preset.id === "flux";
  const script = flux ? "train_dreambooth_lora_flux.py" : "train_text_to_image_lora_sdxl.py";
  const options = [
    `--pretrained_model_name_or_path=${preset.hub}`,
    ...(flux ? ["--instance_data_dir=images", '--instance_prompt="a photo of sks dog"'] : ["--train_data_dir=images"]),
    `--rank=${r}`,
    ...(flux ? [`--lora_alpha=${alpha}`] : []),
    `--learning_rate=${rate(rates[1])}`,
    `--train_batch_size=${micro}`,
    `--gradient_accumulation_steps=${accumulate}`,
    `--max_train_steps=${IMAGE_STEPS}`,
    `--lr_scheduler=${schedule}`,
    "--lr_warmup_steps=0",
    "--gradient_checkpointing",
    "--mixed_precision=bf16",
    "--output_dir=adapter",
  ];
  return `accelerate launch ${script} \\\n  ${options.join(" \\\n  ")}\n`;
}

/** The configurations of a case. */
export function configs(one: Case): Config[] {
  const settings = settingsOf(one);
  const peft: Config = {
    name: "PEFT",
    language: "python",
    text: `from peft import LoraConfig\n\nconfig = ${loraConfig(one, settings)}\n`,
  };
  if (one.task === "images") return [{name: "Diffusers", language: "sh", text: diffusers(one, settings)}, peft];
  const trl: Config = {name: "TRL", language: "python", text: trlScript(one, settings)};
  if (one.task === "rl") return [trl, peft];
  return [trl, peft, {name: "Axolotl", language: "yaml", text: axolotl(one, settings)}];
}
