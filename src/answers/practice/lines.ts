/** What we answer for a case, line by line, each with its reason and the claims that it rests on. */
import type {Case} from "./cases.ts";
import {fitOf, memory, type Racks} from "./memory.ts";
import {adapterBits, dataBits, RANKS, type Settings, settingsOf} from "./settings.ts";
import type {Sureness} from "./sureness.ts";
import {amount, rate, size} from "./words.ts";

export interface Line {
  topic: string;
  title: string;
  value: string;
  reason: string;
  /** On what it was seen. */
  scope: string;
  sure: Sureness;
  /** Ids of content/practice/claims.json. */
  claims: readonly string[];
}

type Rule = (one: Case, settings: Settings) => Omit<Line, "topic" | "title">;

const matrices: Rule = ({task, preset}) => {
  if (preset.kind === "images") {
    const flux = preset.id === "flux";
    return {
      value: flux ? "attention and the MLP of the double blocks" : "the four matrices of each attention",
      reason: "This is what the script adapts. Nobody that we found has compared places for images.",
      scope: "a default, without a measurement",
      sure: "default",
      claims: [flux ? "matrices-flux" : "matrices-sdxl"],
    };
  }
  const rl = task === "rl" ? " In reinforcement learning on mathematics attention alone was worse, too." : "";
  return {
    value: "every linear layer: all-linear",
    reason: `Three studies found attention alone worse, and most of the gain in the MLP.${rl} PEFT’s default is queries and values, so ask for all.`,
    scope: "7B to 8B models and smaller, on instructions, code and reasoning; for preferences we know of no test",
    sure: "several",
    claims: [
      "matrices-qlora",
      "matrices-schulman",
      "matrices-biderman",
      "matrices-ours",
      "matrices-paper",
      "matrices-peft",
    ],
  };
};

function imitationRank(one: Case, {r}: Settings): Omit<Line, "topic" | "title"> {
  const [data, held] = [dataBits(one), adapterBits(one, r)];
  const holds = `Your ${amount(one.examples * one.tokens)} tokens hold at most about ${amount(data)} bits, and an adapter of rank ${r} holds about ${amount(held)}.`;
  const reason =
    held < data
      ? `${holds} So even the highest rank that was tested may fill up: expect LoRA to learn more slowly than full fine-tuning, and compare the two if you can.`
      : r > RANKS.least
        ? `${holds} The bound is for learning by heart, so a quarter of this rank may do as well: try both.`
        : `${holds} There is room to spare. If the task is code or mathematics, try 64 as well.`;
  const more = held < data ? ["rank-pretraining"] : [];
  return {
    value: String(r),
    reason,
    scope: "ranks 1 to 512 on 1B to 8B models; QLoRA saw no effect of the rank on one set",
    sure: "disagree",
    claims: [
      "rank-tokens",
      "rank-bits",
      "rank-capacity",
      "rank-16-chat",
      "rank-256-code",
      "rank-no-effect",
      "rank-sft-trl",
      "rank-ours",
      ...more,
    ],
  };
}

const rank: Rule = (one, settings) => {
  const value = String(settings.r);
  switch (one.task) {
    case "imitation":
      return imitationRank(one, settings);
    case "rl":
      return {
        value,
        reason: `Rank 1 was enough in every test, because a reward says about one bit: ${amount(dataBits(one))} bits in all, where this adapter holds ${amount(adapterBits(one, settings.r))}. A few more ranks cost next to nothing.`,
        scope: "8B models on MATH, GSM and DeepMath, 3B on OpenR1-Math; policy gradients",
        sure: "one",
        claims: ["rank-rl", "rank-rl-trl"],
      };
    case "preference":
      return {
        value,
        reason: "The rank of TRL’s examples. We know of no comparison for preferences.",
        scope: "an example, without a measurement",
        sure: "default",
        claims: ["rank-preference"],
      };
    case "images":
      return {
        value,
        reason: "Where the scripts start. If the subject is not recognizable, double it; the file doubles too.",
        scope: "a default, without a measurement",
        sure: "default",
        claims: ["rank-images"],
      };
  }
};

const alpha: Rule = ({task}, {r, alpha}) => {
  if (task === "images")
    return {
      value: `${alpha}, the same as r`,
      reason: "Then the factor α/r is 1 at any rank. Change the two together, and the rate again after that.",
      scope: "a default, without a measurement",
      sure: "default",
      claims: ["alpha-images"],
    };
  const double =
    r === 16
      ? "At rank 16 this is 2r as well, so the two rules agree here."
      : `The other habit, 2r, would be ${2 * r}.`;
  return {
    value: `${alpha}, at every rank`,
    reason: `With α fixed and the factor α/r, the best rate stays nearly where it is when you change r. With α = 2r the factor stays and the best rate moves, so search it again. ${double}`,
    scope: "fixed: 14 models and our forge; 2r: Llama 2 7B at rank 256",
    sure: "disagree",
    claims: [
      "alpha-schulman",
      "alpha-biderman",
      "alpha-ours",
      "alpha-rslora",
      "alpha-paper",
      "alpha-torchtune",
      "alpha-qlora",
    ],
  };
};

const rates: Rule = (one, {rates: [low, middle, high], steps}) => {
  const value = `${rate(middle)}; try ${rate(low)} and ${rate(high)}`;
  if (one.task === "images")
    return {
      value,
      reason: "Where the scripts start, and about three times up and down.",
      scope: "a default, without a measurement",
      sure: "default",
      claims: ["rate-images"],
    };
  if (one.task === "preference")
    return {
      value,
      reason: "Two libraries start there; one says ten times the rate of full fine-tuning.",
      scope: "recommendations, without a measurement",
      sure: "several",
      claims: ["rate-dpo", "rate-dpo-unsloth", "rate-ten"],
    };
  if (one.task === "rl")
    return {
      value,
      reason:
        "The three rates that libraries print. LoRA had a wider range of good rates than full fine-tuning, and ten times its best.",
      scope: "the factor: 8B models on mathematics; the numbers: recommendations",
      sure: "disagree",
      claims: ["rate-grpo", "rate-dpo-unsloth", "rate-grpo-example", "rate-rl-wide", "rate-ten"],
    };
  const short = steps <= 100 ? ` Your run has about ${steps} steps, and short runs wanted half as much again.` : "";
  const large = middle < 2e-4 ? " For 33B and 65B QLoRA halved the rate." : "";
  return {
    value,
    reason: `About ten times the rate of full fine-tuning. Keep the highest that stays stable.${large}${short}`,
    scope: "1B to 8B models for the factor; LLaMA 7B to 65B for the numbers",
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
  const made = `${micro} on ${cards === 1 ? "the card" : "each card"}, ${accumulate} summed${cards > 1 ? `, ${cards} cards` : ""}`;
  if (task === "images")
    return {
      value: `${batch}: ${made}`,
      reason: "As in the guide.",
      scope: "an example, without a measurement",
      sure: "default",
      claims: ["batch-images"],
    };
  if (task === "rl")
    return {
      value: `${batch} answers: ${made}`,
      reason: "Eight answers to each question. How LoRA bears large batches here, nobody that we found has tested.",
      scope: "defaults, without a measurement",
      sure: "default",
      claims: ["batch-grpo", "batch-schulman"],
    };
  const many = batch > 32 ? " Your cards make more than that at one sequence each." : "";
  return {
    value: `${batch}: ${made}`,
    reason: `Large batches cost LoRA more than full fine-tuning, and a higher rank does not help. Stay below about 32.${many}`,
    scope: "10,000 examples of OpenThoughts3; another study did well with 192",
    sure: "disagree",
    claims: ["batch-schulman", "batch-trl", "batch-qlora", "batch-biderman"],
  };
};

const epochs: Rule = ({task, examples}, {epochs, steps}) => {
  const value = task === "images" ? `${steps} steps` : `${epochs}, about ${steps.toLocaleString("en-US")} steps`;
  if (task === "images")
    return {
      value,
      reason: "For a handful of images. Look at samples on the way and keep the best.",
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
      reason: "One pass to start with. The library’s default is three.",
      scope: "a default, without a measurement",
      sure: "default",
      claims: ["epochs-dpo"],
    };
  const few =
    examples < 1000
      ? " With so few examples the best moment may come within the first pass, so measure more often."
      : "";
  return {
    value,
    reason: `Keep a tenth of the examples aside, measure after each pass, and keep the best. LoRA was best after four passes on one set; more passes also forget more.${few}`,
    scope: "Llama 2 7B on 110k code instructions",
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
        reason: "Both scripts leave it out.",
        scope: "a default, without a measurement",
        sure: "default",
        claims: ["dropout-flux", "dropout-peft"],
      }
    : {
        value: "0",
        reason:
          "Sources run from 0 to 0.1. Try 0.05 if the loss on unseen examples turns up and you have no more data.",
        scope: "settings of authors and defaults; no comparison that we could read",
        sure: "disagree",
        claims: ["dropout-peft", "dropout-torchtune", "dropout-trl", "dropout-qlora", "dropout-qlora-65b"],
      };

const schedule: Rule = ({task}) =>
  task === "images"
    ? {
        value: "constant, no warmup",
        reason: "As in the guide.",
        scope: "an example, without a measurement",
        sure: "default",
        claims: ["schedule-images"],
      }
    : {
        value: "constant after a warmup over 3 % of the steps",
        reason:
          "A constant rate makes runs of different lengths comparable while you search. A cosine to zero is the common alternative.",
        scope: "settings of authors, without a comparison",
        sure: "disagree",
        claims: ["schedule-schulman", "schedule-qlora", "schedule-biderman", "schedule-axolotl"],
      };

const decay: Rule = ({preset}) =>
  preset.kind === "images"
    ? {
        value: preset.id === "flux" ? "0.0001" : "0.01",
        reason: "As the script has it.",
        scope: "a default, without a measurement",
        sure: "default",
        claims: [preset.id === "flux" ? "decay-flux" : "decay-sdxl"],
      }
    : {
        value: "0",
        reason: "Two studies had none. LoRA by itself kept more of the old skills than weight decay did.",
        scope: "Llama 2 7B on code and mathematics",
        sure: "disagree",
        claims: ["decay-biderman", "decay-qlora", "decay-torchtune", "decay-forgetting"],
      };

const FIT = {
  fits: () => "It fits on each card.",
  tight: () => "It may just fit: little is left for what is not counted.",
  split: ({cards}: Case) => `It fits only if the ${cards} cards split the base among them (FSDP, ZeRO-3).`,
  no: ({base}: Case) =>
    `It does not fit. ${base === "nf4" ? "Take shorter examples, more cards that split the base, or a smaller model." : "Take a 4-bit base, shorter examples or more cards."}`,
};

function memoryLine(one: Case, racks: Racks): Omit<Line, "topic" | "title"> {
  const fit = FIT[fitOf(one, racks)](one);
  if (one.preset.kind === "images")
    return {
      value: `${size(racks.total)} and the activations`,
      reason:
        "Weights, adapter, gradients and moments. For the activations of image models we have no formula, so whether it fits we cannot say; see what others report.",
      scope: "arithmetic; the reports are for other settings",
      sure: "one",
      claims: [one.preset.id === "flux" ? "memory-flux" : "memory-sdxl", "memory-precision"],
    };
  const answers = one.task === "rl" ? " The answers that the model writes need room besides." : "";
  return {
    value: `${size(racks.total)} of ${one.card} GB`,
    reason: `${fit} Counted with checkpointing and without stored attention scores; a tenth of the card is left for what is not counted.${answers}`,
    scope: "our formulas; beside two measurements of an 8B model",
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
