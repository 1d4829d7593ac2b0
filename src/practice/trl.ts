/** The Python script for TRL, and the files that start it on several GPUs. */
import type {Case} from "./cases.ts";
import {rateText} from "./format.ts";
import {isSplit, memoryUse} from "./memory.ts";
import {DATA_TO_NAME, fileLoader, type Option, pipInstall, pythonCall, quote} from "./scriptText.ts";
import {ANSWERS, type LoraSettings, SPLIT_SEED} from "./settings.ts";

/** Whether the run trains within a chat template. */
export const isChat = ({task, data}: Case): boolean =>
  task === "preference" || (task === "imitation" && data === "messages");

/** The base's name on the hub; for dialogues and preferences the version that follows instructions. */
export const hubOf = (run: Case): string =>
  (isChat(run) && run.preset.kind === "language" && run.preset.chat) || run.preset.hub;

/** The three rates, the middle one first: the order in which a reader tries them. */
export const ratesInOrder = ({rates: [low, middle, high]}: LoraSettings): string[] => [middle, low, high].map(rateText);

/** The Python that sets how the base is quantized; empty for 16 bits. */
export function quantizationCode(run: Case, indent = 0): string {
  const {base} = run;
  if (base === "bf16") return "";
  const options: Option[] =
    base === "int8"
      ? [["load_in_8bit", "True"]]
      : [
          ["load_in_4bit", "True"],
          ["bnb_4bit_quant_type", quote("nf4")],
          ["bnb_4bit_use_double_quant", "True"],
          ["bnb_4bit_compute_dtype", "torch.bfloat16"],
          // FSDP splits only weights that are stored in a floating-point type.
          ...(isSplit(run, memoryUse(run)) ? ([["bnb_4bit_quant_storage", "torch.bfloat16"]] as Option[]) : []),
        ];
  return `quantized = ${pythonCall("BitsAndBytesConfig", options, indent)}\n`;
}

const TRAINERS = {
  imitation: {config: "SFTConfig", trainer: "SFTTrainer"},
  preference: {config: "DPOConfig", trainer: "DPOTrainer"},
  rl: {config: "GRPOConfig", trainer: "GRPOTrainer"},
} as const;

/** Whether TRL marks the assistant's turns by itself; where it cannot, the script cuts each dialogue at them. */
const marksAnswers = ({task, data, preset}: Case) =>
  task === "imitation" && data === "messages" && preset.kind === "language" && preset.marksAnswers === true;
const cutsDialogues = (run: Case) => run.task === "imitation" && run.data === "messages" && !marksAnswers(run);

/** The options that differ from trainer to trainer. */
function trainerOptions(run: Case, settings: LoraSettings): Option[] {
  const {task, tokens} = run;
  if (task === "rl")
    return [
      ["num_generations", String(ANSWERS)],
      ["max_completion_length", String(tokens)],
      ["logging_steps", "1"],
    ];
  const evaluationOptions: Option[] = ["eval", "save"].flatMap((when) =>
    settings.evaluations === 1
      ? [[`${when}_strategy`, quote("epoch")] as const]
      : [[`${when}_strategy`, quote("steps")] as const, [`${when}_steps`, String(settings.evaluationSteps)] as const],
  );
  const loss: Option = marksAnswers(run) ? ["assistant_only_loss", "True"] : ["completion_only_loss", "True"];
  return [
    ["max_length", String(tokens)],
    task === "preference" ? ["beta", String(settings.beta)] : loss,
    // The default is eight, which may not fit.
    ["per_device_eval_batch_size", String(settings.micro)],
    ...evaluationOptions,
    ["save_total_limit", "1"],
    ["load_best_model_at_end", "True"],
  ];
}

const trlArguments = (run: Case, settings: LoraSettings): string =>
  pythonCall(
    TRAINERS[run.task as keyof typeof TRAINERS].config,
    [
      ["output_dir", 'f"adapter-{rate}"'],
      ["learning_rate", "float(rate)"],
      ["per_device_train_batch_size", String(settings.micro)],
      ["gradient_accumulation_steps", String(settings.accumulate)],
      ["num_train_epochs", String(settings.epochs)],
      ["lr_scheduler_type", quote(settings.schedule)],
      // A whole number: Transformers 4 refuses a share here, and 5.15 no longer knows warmup_ratio.
      ["warmup_steps", String(settings.warmupSteps)],
      ["weight_decay", String(settings.decay)],
      ["gradient_checkpointing", "True"],
      ["bf16", "True"],
      // TRL would load the weights in 32 bits.
      ["model_init_kwargs", '{"dtype": "bfloat16"}'],
      ...trainerOptions(run, settings),
    ],
    4,
  );

/** Python that makes an example of each answer, for models for which TRL has no template that marks answers. */
const CUT_DIALOGUES = `

def cut(rows):
    # Each answer becomes an example, with what came before it.
    pairs = [(turns[:i], [turn]) for turns in rows["messages"]
             for i, turn in enumerate(turns)
             if i > 0 and turn["role"] == "assistant"]
    return {"prompt": [before for before, _ in pairs],
            "completion": [answer for _, answer in pairs]}


data = data.map(cut, batched=True,
                remove_columns=data["train"].column_names)
`;

/** Python with an example of a reward: whether a text ends in the answer. */
const REWARD = `

def reward(completions, answer, **columns):
    # An example, to be replaced with yours: 1 for a text that
    # ends in the answer, 0 for any other.
    return [float(text.strip().endswith(right))
            for text, right in zip(completions, answer)]
`;

/** A comment on the columns that the data need, and on examples that are too long: claims data-completion and data-assistant-only. */
function columnsComment(run: Case): string {
  const {task, data} = run;
  if (task === "rl") return "# Columns: prompt and answer, both as text.\n";
  const lengthComment = marksAnswers(run)
    ? "# max_length cuts off the end of what is longer.\n"
    : "# max_length cuts off the end of what is longer, and drops a\n# prompt that alone is that long.\n";
  if (task === "preference")
    return `# Columns: prompt, chosen and rejected, each a list of
# {"role": ..., "content": ...}. Plain text would be learned
# without the model's chat template.\n${lengthComment}`;
  return data === "pair"
    ? `# Columns: prompt and completion, both as text.\n${lengthComment}`
    : `# A column messages: lists of {"role": ..., "content": ...}.\n${lengthComment}`;
}

function dataText(run: Case): string {
  const set = run.set || DATA_TO_NAME;
  const loader = fileLoader(set);
  const sourceArguments = loader ? `"${loader}", data_files="${set}"` : `"${set}"`;
  const loadCode = `data = load_dataset(${sourceArguments}, split="train")\n`;
  if (run.task === "rl") return `${columnsComment(run)}${loadCode}${REWARD}`;
  const splitCode = `# A tenth is kept aside: by the seed the same for every rate,
# and on every GPU.
data = data.train_test_split(test_size=0.1, seed=${SPLIT_SEED})
`;
  return `${columnsComment(run)}${loadCode}${splitCode}${cutsDialogues(run) ? CUT_DIALOGUES : ""}`;
}

/** The Python that scores a rate: the loss on held-out examples, or the mean reward of the last steps. */
function scoreCode({task, cards}: Case): string {
  const value =
    task === "rl"
      ? `    logs = trainer.state.log_history
    rewards = [log["reward"] for log in logs if "reward" in log]
    best = sum(rewards[-10:]) / len(rewards[-10:])
`
      : "    best = trainer.state.best_metric\n";
  return cards === 1
    ? `${value}    return best\n`
    : `${value}    if trainer.is_world_process_zero():\n        print(rate, best)\n`;
}

function trainText(run: Case, settings: LoraSettings): string {
  const {trainer} = TRAINERS[run.task as keyof typeof TRAINERS];
  const isQuantized = run.base !== "bf16";
  const options: Option[] = [
    ["model", quote(hubOf(run))],
    ["args", "args"],
    ...((run.task === "rl"
      ? [
          ["train_dataset", "data"],
          ["reward_funcs", "reward"],
        ]
      : [
          ["train_dataset", 'data["train"]'],
          ["eval_dataset", 'data["test"]'],
        ]) as Option[]),
    ...(isQuantized ? ([["quantization_config", "quantized"]] as Option[]) : []),
    ["peft_config", "lora"],
  ];
  const lora: Option[] = [
    ["r", String(settings.r)],
    ["lora_alpha", String(settings.alpha)],
    ["lora_dropout", String(settings.dropout)],
    ["target_modules", quote("all-linear")],
    ["task_type", quote("CAUSAL_LM")],
  ];
  // With FSDP the adapter would be saved in parts.
  const fullStateCode = isSplit(run, memoryUse(run))
    ? '    plugin = trainer.accelerator.state.fsdp_plugin\n    plugin.set_state_dict_type("FULL_STATE_DICT")\n'
    : "";
  return `def train(rate):
    lora = ${pythonCall("LoraConfig", lora, 4)}
    args = ${trlArguments(run, settings)}
${isQuantized ? `    ${quantizationCode(run, 4)}` : ""}    trainer = ${pythonCall(trainer, options, 4)}
    trainer.train()
${fullStateCode}    trainer.save_model()
${scoreCode(run)}`;
}

/** The Python that trains with each rate. On several GPUs run.sh starts the script once for each. */
function loopCode(run: Case, settings: LoraSettings): string {
  if (run.cards > 1) return "train(sys.argv[1])\n";
  const best = run.task === "rl" ? "highest reward" : "lowest loss";
  return `# Three rates, three adapters: keep that of the ${best}.
for rate in (${ratesInOrder(settings).map(quote).join(", ")}):
    print(rate, train(rate))
    gc.collect()
    torch.cuda.empty_cache()
`;
}

/** The script in parts, which are the cells of its notebook, and the pip command that it needs. */
export function trlParts(run: Case, settings: LoraSettings): {install: string; parts: string[]} {
  const {config, trainer} = TRAINERS[run.task as keyof typeof TRAINERS];
  const isQuantized = run.base !== "bf16";
  const isAlone = run.cards === 1;
  const imports = [
    isAlone ? "import gc" : "import sys",
    "",
    ...(isAlone || run.base === "nf4" ? ["import torch"] : []),
    "from datasets import load_dataset",
    "from peft import LoraConfig",
    ...(isQuantized ? ["from transformers import BitsAndBytesConfig"] : []),
    `from trl import ${config}, ${trainer}`,
    "",
  ].join("\n");
  return {
    install: pipInstall(["trl", "peft", "transformers"], isQuantized ? ["bitsandbytes"] : []),
    parts: [`${imports}\n${dataText(run)}`, trainText(run, settings), loopCode(run, settings)],
  };
}

/** The shell script that starts the Python script once for each rate, so that each run begins on empty GPUs. */
export function launchText(run: Case, settings: LoraSettings): string {
  const launchOptions = isSplit(run, memoryUse(run)) ? "--config_file fsdp.yaml" : `--num_processes ${run.cards}`;
  const best = run.task === "rl" ? "its reward; keep the highest" : "its lowest loss; keep the lowest";
  return `# One rate for each launch: every run starts on empty GPUs.
set -e
for rate in ${ratesInOrder(settings).join(" ")}; do
    accelerate launch ${launchOptions} train.py $rate
done
# Each run prints its rate and ${best}.
`;
}

/**
 * The configuration of accelerate for FSDP, after fsdp_config.yaml or fsdp_config_qlora.yaml in examples/sft/configs of PEFT
 * v0.20.0: claim memory-fsdp-file. For a 4-bit base PEFT's file also offloads parameters to the CPU, which takes less of the GPU
 * and is slower.
 */
export function fsdpText({base, cards}: Case): string {
  const isQuantized = base === "nf4";
  const offload = isQuantized ? "\n  # true needs less of the GPU, and is slower: PEFT's file has it." : "";
  return `# After PEFT v0.20.0: examples/sft/configs/fsdp_config${isQuantized ? "_qlora" : ""}.yaml
compute_environment: LOCAL_MACHINE
debug: false
distributed_type: FSDP
downcast_bf16: 'no'
fsdp_config:
  fsdp_auto_wrap_policy: TRANSFORMER_BASED_WRAP
  fsdp_backward_prefetch: BACKWARD_PRE
  fsdp_cpu_ram_efficient_loading: true
  fsdp_forward_prefetch: false${offload}
  fsdp_offload_params: false
  fsdp_sharding_strategy: FULL_SHARD
  fsdp_state_dict_type: SHARDED_STATE_DICT
  fsdp_sync_module_states: true
  fsdp_use_orig_params: false
machine_rank: 0
main_training_function: main
mixed_precision: ${isQuantized ? "'no'" : "bf16"}
num_machines: 1
num_processes: ${cards}
rdzv_backend: static
same_network: true
use_cpu: false
`;
}
