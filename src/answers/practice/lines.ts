/** What we answer for a case, line by line, each with its reason and the claims that it rests on. */
import {alpha, matrices, rank} from "./adapterLines.ts";
import type {Case} from "./cases.ts";
import type {Line, Rule} from "./line.ts";
import {fitOf, memory, type Racks} from "./memory.ts";
import {settingsOf} from "./settings.ts";
import {rate, size} from "./words.ts";

const rates: Rule = (one, {rates: [low, middle, high], steps}) => {
  const value = `${rate(middle)}; try ${rate(low)} and ${rate(high)}`;
  if (one.task === "images")
    return {
      value,
      reason: "The scripts start at the first; the others are about three times lower and higher.",
      scope: "a default, without a measurement",
      sure: "default",
      claims: ["rate-images"],
    };
  if (one.task === "preference")
    return {
      value,
      reason: "TRL and Unsloth both recommend it. TRL’s is ten times its own rate for full fine-tuning.",
      scope: "recommendations, without a measurement",
      sure: "several",
      claims: ["rate-dpo", "rate-dpo-unsloth", "rate-ten"],
    };
  if (one.task === "rl")
    return {
      value,
      reason:
        "Unsloth recommends 5e-6, TRL recommends 1e-5, and one of TRL’s examples has 5e-5. In one study LoRA’s best rate was ten times that of full fine-tuning, and more rates around it were good.",
      scope: "the factor: 8B models on mathematics; the numbers: recommendations",
      sure: "disagree",
      claims: ["rate-grpo", "rate-dpo-unsloth", "rate-grpo-example", "rate-rl-wide", "rate-ten"],
    };
  const short =
    steps <= 100
      ? ` Your run has only about ${steps} steps; there are first signs that such short runs want half as much again.`
      : "";
  const large = middle < 2e-4 ? " QLoRA halved its rate for 33B and 65B, and doubled the batch." : "";
  return {
    value,
    reason: `This is about ten times a usual rate for full fine-tuning. Try all three: the best is often the highest that stays stable.${large}${short}`,
    scope: "14 Llama and Qwen models for the factor; LLaMA 7B to 65B for the numbers",
    sure: "several",
    claims: [
      "rate-ten",
      "rate-biderman",
      ...(large ? ["rate-qlora-large"] : ["rate-qlora-small"]),
      "rate-trl-sft",
      "rate-unsloth",
      "rate-sensitive",
      "rate-ours",
      ...(short ? ["rate-short"] : []),
    ],
  };
};

const batch: Rule = ({task, cards}, {micro, accumulate, batch}) => {
  const made = `${micro} on ${cards === 1 ? "the GPU" : "each GPU"}, ${accumulate} accumulated${cards > 1 ? `, ${cards} GPUs` : ""}`;
  if (task === "images")
    return {
      value: `${batch}: ${made}`,
      reason: "As in Diffusers’ guide for FLUX.1.",
      scope: "an example, without a measurement",
      sure: "default",
      claims: ["batch-images"],
    };
  if (task === "rl")
    return {
      value: `${batch} answers: ${made}`,
      reason:
        "Eight answers to each question, TRL’s default. We found no test of large batches with LoRA in reinforcement learning.",
      scope: "defaults, without a measurement",
      sure: "default",
      claims: ["batch-grpo", "batch-schulman"],
    };
  const many = batch > 32 ? " Your GPUs make more than that even with one sequence each." : "";
  return {
    value: `${batch}: ${made}`,
    reason: `In one study large batches cost LoRA more than full fine-tuning, and a higher rank did not help. At 32 the gap was small, so stay there or below.${many}`,
    scope: "imitation on 10,000 examples of OpenThoughts3; another study took 192 and compared no other",
    sure: "one",
    claims: ["batch-schulman", "batch-trl", "batch-qlora", "batch-biderman"],
  };
};

const epochs: Rule = ({task, examples}, {epochs, steps}) => {
  const value = task === "images" ? `${steps} steps` : `${epochs}, about ${steps.toLocaleString("en-US")} steps`;
  if (task === "images")
    return {
      value,
      reason: "This is for a handful of images. Look at samples during the run and keep the best checkpoint.",
      scope: "an example with about five images, without a measurement",
      sure: "default",
      claims: ["epochs-images"],
    };
  if (task === "rl")
    return {
      value,
      reason: "Once through the questions, as in TRL’s example.",
      scope: "an example, without a measurement",
      sure: "default",
      claims: ["epochs-grpo"],
    };
  if (task === "preference")
    return {
      value,
      reason: "Start with one pass. The default of Transformers is three, and we found no comparison.",
      scope: "a default, without a measurement",
      sure: "default",
      claims: ["epochs-dpo"],
    };
  const few =
    examples < 1000
      ? " With so few examples the best moment may come within the first pass, so measure more often than the script does."
      : "";
  return {
    value,
    reason: `Keep a tenth of the examples aside, measure the loss on them after each pass, and keep the best checkpoint. In one study LoRA was best after four passes on code and eight on mathematics; more passes also forget more.${few}`,
    scope: "Llama 2 7B on 110k code and 395k math instructions",
    sure: "disagree",
    claims: [
      "epochs-biderman",
      "epochs-unsloth",
      "epochs-schulman",
      "epochs-forgetting",
      ...(few ? ["epochs-ours"] : []),
    ],
  };
};

const dropout: Rule = ({task}) =>
  task === "images"
    ? {
        value: "0",
        reason: "Both scripts train without it.",
        scope: "a default, without a measurement",
        sure: "default",
        claims: ["dropout-flux", "dropout-peft"],
      }
    : {
        value: "0",
        reason:
          "Most libraries start at 0. QLoRA found 0.05 useful at 7B and 13B, though not at 33B and 65B, so try it if the loss on unseen examples turns up.",
        scope: "a remark in QLoRA’s appendix; the rest are settings and defaults",
        sure: "disagree",
        claims: [
          "dropout-qlora-finding",
          "dropout-peft",
          "dropout-torchtune",
          "dropout-trl",
          "dropout-qlora",
          "dropout-qlora-65b",
        ],
      };

const schedule: Rule = ({task}) =>
  task === "images"
    ? {
        value: "constant, no warmup",
        reason: "As in Diffusers’ guide for FLUX.1.",
        scope: "an example, without a measurement",
        sure: "default",
        claims: ["schedule-images"],
      }
    : {
        value: "constant, after a warmup over 3% of the steps",
        reason:
          "While you search, a constant rate lets you compare runs of different lengths. A cosine down to zero is the common alternative.",
        scope: "settings of authors, without a comparison",
        sure: "disagree",
        claims: ["schedule-schulman", "schedule-qlora", "schedule-biderman", "schedule-axolotl"],
      };

const decay: Rule = ({preset}) =>
  preset.kind === "images"
    ? {
        value: preset.id === "flux" ? "0.0001" : "0.01",
        reason: "This is the script’s default.",
        scope: "a default, without a measurement",
        sure: "default",
        claims: [preset.id === "flux" ? "decay-flux" : "decay-sdxl"],
      }
    : {
        value: "0",
        reason:
          "Two studies trained without it. On code, LoRA by itself kept more old skills than full fine-tuning with weight decay.",
        scope: "Llama 2 7B on code and mathematics",
        sure: "disagree",
        claims: ["decay-biderman", "decay-qlora", "decay-torchtune", "decay-forgetting"],
      };

const FIT = {
  fits: ({cards}: Case) => (cards === 1 ? "It fits." : "It fits on each GPU."),
  tight: () => "It may just fit, but little is left for what we do not count.",
  split: ({cards}: Case) => `It fits only if the ${cards} GPUs split the base model among them (FSDP, ZeRO-3).`,
  no: ({base}: Case) =>
    `It does not fit. ${base === "nf4" ? "Take shorter examples, more GPUs that split the base model, or a smaller model." : "Take a 4-bit base, shorter examples or more GPUs."}`,
};

function memoryLine(one: Case, racks: Racks): Omit<Line, "topic" | "title"> {
  const fit = FIT[fitOf(one, racks)](one);
  if (one.preset.kind === "images")
    return {
      value: `${size(racks.total)} and the activations`,
      reason:
        "This counts weights, adapter, gradients and optimizer states. We have no formula for the activations of image models, so we cannot say whether it fits; the sources tell what others saw.",
      scope: "arithmetic; the reports are for other settings",
      sure: "one",
      claims: [one.preset.id === "flux" ? "memory-flux" : "memory-sdxl", "memory-precision"],
    };
  const answers = one.task === "rl" ? " The answers that the model writes need more memory." : "";
  return {
    value: `${size(racks.total)} of ${one.card} GB`,
    reason: `${fit} We count gradient checkpointing and attention that stores no scores, and leave a tenth of the GPU for what we do not count.${answers}`,
    scope: "our formulas, compared with two measurements of an 8B model",
    sure: "one",
    claims: [
      "memory-checkpointing",
      "memory-precision",
      "memory-torchtune-lora",
      "memory-torchtune-qlora",
      "memory-qlora",
      "memory-float32",
      one.task === "imitation" ? "memory-chunked" : "memory-logits",
      ...(one.base === "nf4" ? ["precision-qlora"] : []),
    ],
  };
}

const RULES: readonly [topic: string, title: string, rule: Rule][] = [
  ["matrices", "Matrices", matrices],
  ["rank", "Rank r", rank],
  ["alpha", "α", alpha],
  ["rate", "Learning rate", rates],
  ["batch", "Batch", batch],
  ["epochs", "Passes", epochs],
  ["dropout", "Dropout", dropout],
  ["schedule", "Schedule", schedule],
  ["decay", "Weight decay", decay],
];

/** Every line of the answer, in the order in which it is shown. */
export function answer(one: Case): Line[] {
  const settings = settingsOf(one);
  const lines = RULES.map(([topic, title, rule]) => ({topic, title, ...rule(one, settings)}));
  return [...lines, {topic: "memory", title: "Memory", ...memoryLine(one, memory(one))}];
}
