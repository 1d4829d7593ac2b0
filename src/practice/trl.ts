/** The script for TRL: the reader puts in the data, and for reinforcement learning the reward. */
import type {Case} from "./cases.ts";
import {call, installed, type Option, quoted} from "./configText.ts";
import {isSplit, memory} from "./memory.ts";
import {ANSWERS, type LoraSettings, SPLIT_SEED} from "./settings.ts";
import {rate} from "./words.ts";

export function loraConfig({preset}: Case, {r, alpha, dropout}: LoraSettings): string {
  const images = preset.kind === "images";
  return call("LoraConfig", [
    ["r", String(r)],
    ["lora_alpha", String(alpha)],
    ["lora_dropout", String(dropout)],
    ["target_modules", images ? `[${preset.targets.map(quoted).join(", ")}]` : quoted("all-linear")],
    ["bias", quoted("none")],
    ...(images ? [] : ([["task_type", quoted("CAUSAL_LM")]] as Option[])),
  ]);
}

/** How the base is stored, where that is not in 16 bits. */
export function quantized(one: Case): string {
  const {base} = one;
  if (base === "bf16") return "";
  const options: Option[] =
    base === "int8"
      ? [["load_in_8bit", "True"]]
      : [
          ["load_in_4bit", "True"],
          ["bnb_4bit_quant_type", quoted("nf4")],
          ["bnb_4bit_use_double_quant", "True"],
          ["bnb_4bit_compute_dtype", "torch.bfloat16"],
          // FSDP splits only what is stored in a type of floats.
          ...(isSplit(one, memory(one)) ? ([["bnb_4bit_quant_storage", "torch.bfloat16"]] as Option[]) : []),
        ];
  return `quantization_config = ${call("BitsAndBytesConfig", options)}\n\n`;
}

const TRAINERS = {
  imitation: {config: "SFTConfig", trainer: "SFTTrainer"},
  preference: {config: "DPOConfig", trainer: "DPOTrainer"},
  rl: {config: "GRPOConfig", trainer: "GRPOTrainer"},
} as const;

function trlArguments({task, tokens}: Case, settings: LoraSettings): string {
  const {rates, micro, accumulate, epochs, schedule, warmupSteps, decay} = settings;
  // Few examples: the best moment may lie within a pass.
  const look: Option[] = ["eval", "save"].flatMap((when) =>
    settings.looks === 1
      ? [[`${when}_strategy`, quoted("epoch")] as const]
      : [[`${when}_strategy`, quoted("steps")] as const, [`${when}_steps`, String(settings.every)] as const],
  );
  const own: Option[] =
    task === "rl"
      ? [
          ["num_generations", String(ANSWERS)],
          ["max_completion_length", String(tokens)],
          ["# use_vllm", "True"],
        ]
      : [
          ["max_length", String(tokens)],
          // TRL's default for these columns, said so that one sees it.
          ...(task === "imitation" ? ([["completion_only_loss", "True"]] as const) : []),
          // Transformers would take eight, which may not fit.
          ["per_device_eval_batch_size", String(settings.micro)],
          ...look,
          ["load_best_model_at_end", "True"],
        ];
  return call(TRAINERS[task as keyof typeof TRAINERS].config, [
    ["output_dir", quoted("adapter")],
    ["learning_rate", rate(rates[1])],
    ["per_device_train_batch_size", String(micro)],
    ["gradient_accumulation_steps", String(accumulate)],
    ["num_train_epochs", String(epochs)],
    ["lr_scheduler_type", quoted(schedule)],
    // A whole number: Transformers 4 refuses a share here, and 5.15 no longer knows warmup_ratio.
    ["warmup_steps", String(warmupSteps)],
    ["weight_decay", String(decay)],
    ["gradient_checkpointing", "True"],
    ["bf16", "True"],
    // TRL would load the weights in 32 bits.
    ["model_init_kwargs", '{"dtype": "bfloat16"}'],
    ...own,
  ]);
}

/**
 * What the data have to look like for each trainer, on what the loss is taken, and what becomes of long examples. Claims
 * data-completion and data-assistant-only say why imitation has two columns: with these every model of the page runs.
 */
const COLUMNS = {
  imitation: `# Columns: prompt and completion, as text or as lists of messages. The loss is taken on the completion.
# With a single column, messages, it would be taken on the whole conversation. So make one example of each answer:
# in prompt the messages before it, and in completion a list of that answer alone.
# assistant_only_loss=True would stop for Llama 2, 3.1 and 3.2: TRL has no chat template that marks their answers.
# Messages need a chat template, so take the version of the model that is made for chat.
# max_length cuts off the end of longer examples, and drops those whose prompt alone is that long.`,
  preference: `# Columns: prompt, chosen and rejected. Start from a model that follows instructions already.
# Messages need a chat template, so take the version of the model that is made for chat.
# max_length cuts off the end of longer examples, and drops those whose prompt alone is that long.`,
  rl: `# Columns: prompt and answer, both as text. use_vllm=True in GRPOConfig lets vLLM write the answers
# (pip install "trl[vllm]"); it takes memory of its own. max_completion_length cuts longer ones.`,
} as const;

/** Says of the examples that are kept aside, to choose the best pass by, that every run keeps the same. */
const ASIDE =
  "# A tenth is kept aside. The seed makes it the same tenth for every rate that you try, and on every GPU.\n";

/** A reward that can be run, to be replaced: the whole text has to end in what the column says. */
const REWARD = `

def reward(completions, answer, **columns):
    # An example, to be replaced with yours: 1 for a text that ends in the answer, 0 for any other.
    return [float(text.strip().endswith(right)) for text, right in zip(completions, answer)]
`;

/** Files for accelerate in which FSDP leaves no parameter whole on a card: claim memory-fsdp-file. */
const SPLITTING = {
  bf16: {file: "fsdp_config.yaml", note: ""},
  nf4: {
    file: "fsdp_config_qlora.yaml",
    note: "\n# It also keeps in the computer's memory what a GPU does not need yet. With fsdp_offload_params: false it does not.",
  },
} as const;

/** How a script for Transformers is started. */
function started(one: Case): string {
  if (one.cards === 1) return "# python train.py";
  const launch = `accelerate launch --num_processes ${one.cards}`;
  if (!isSplit(one, memory(one))) return `# ${launch} train.py`;
  const {file, note} = SPLITTING[one.base as keyof typeof SPLITTING];
  return `# The GPUs split the base model. PEFT has a file for that: examples/sft/configs/${file} in
# github.com/huggingface/peft at v0.20.0.${note}
# ${launch} --config_file ${file} train.py`;
}

/** Trains and saves. A base that is split is saved in parts, unless one asks for the whole adapter in one file. */
function run(one: Case): string {
  const whole = isSplit(one, memory(one))
    ? 'if trainer.is_fsdp_enabled:\n    trainer.accelerator.state.fsdp_plugin.set_state_dict_type("FULL_STATE_DICT")\n'
    : "";
  const best = one.task === "rl" ? "" : "  # as it was when the loss on the examples kept aside was lowest";
  return `trainer.train()\n${whole}trainer.save_model()${best}\n`;
}

export function trlScript(one: Case, settings: LoraSettings): string {
  const {config, trainer} = TRAINERS[one.task as keyof typeof TRAINERS];
  const isQuantized = one.base !== "bf16";
  const imports = [
    ...(one.base === "nf4" ? ["import torch"] : []),
    "from datasets import load_dataset",
    "from peft import LoraConfig",
    ...(isQuantized ? ["from transformers import BitsAndBytesConfig"] : []),
    `from trl import ${config}, ${trainer}`,
  ];
  const options: Option[] = [
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
        ]) as Option[]),
    ...(isQuantized ? ([["quantization_config", "quantization_config"]] as Option[]) : []),
    ["peft_config", "peft_config"],
  ];
  const split = one.task === "rl" ? "" : `.train_test_split(test_size=0.1, seed=${SPLIT_SEED})`;
  const aside = one.task === "rl" ? "" : ASIDE;
  const reward = one.task === "rl" ? `\n${REWARD}` : "";
  const install = installed(["trl", "peft", "transformers"], isQuantized ? ["bitsandbytes"] : []);
  return `${install}
${started(one)}
${imports.join("\n")}

${COLUMNS[one.task as keyof typeof COLUMNS]}
${aside}dataset = load_dataset("your/data", split="train")${split}${reward}

peft_config = ${loraConfig(one, settings)}

args = ${trlArguments(one, settings)}

${quantized(one)}trainer = ${call(trainer, options)}
${run(one)}`;
}
