/** The answer for a case: a line for each setting, with its reason and the claims that it rests on. adapterLines.ts has those on the adapter. */
import {counted} from "../figure/plot/text/format.ts";
import {alphaLine, matricesLine, rankLine, rsloraLine} from "./adapterLines.ts";
import {type LineRule, type LineText, type SettingLine, unmeasuredLine} from "./answerLine.ts";
import {type Case, OWN_ID} from "./cases.ts";
import {aboutCounted, quotientText, rateText} from "./format.ts";
import {maxSequences, memoryUse} from "./memory.ts";
import {ANSWERS, FEW_EXAMPLES, isAsStudied, isLarge, type LoraSettings, loraSettings} from "./settings.ts";

/** The α/r of this run and of the runs whose rates we repeat, since a rate means little without it. */
function scalingNote({task}: Case, {alpha, r, rates}: LoraSettings): string {
  const scalingText = quotientText(alpha / r);
  if (task === "rl")
    return `LoRA’s steps grow with α/r. Here it is ${scalingText}; in TRL’s example at 1e-5 it is 1/2, and in TRL’s own run at that rate, with rank 1, it is 32. So search around the first rate.`;
  const lowerRateText = alpha / r > 0.5 ? `, so if your loss jumps, take ${rateText(rates[0])}` : "";
  return `LoRA’s steps grow with α/r, which is ${scalingText} here. QLoRA’s rate went with 1/4 and TRL’s with 1/2${lowerRateText}.`;
}

/** What there is to say of the rate where rank, α and rate are those of the one study on the subject. */
const studiedRate = ({subject}: Case): Omit<LineText, "value"> =>
  subject === "code"
    ? {
        reason:
          "The study that advises this rank trained on code at 1e-4, because its runs at 2e-4 were unstable. It used another optimizer, so try all three.",
        scope: "Llama 2 7B on 110k code instructions, with LionW",
        sure: "one",
        claims: ["rate-biderman-256", "rate-biderman", "rate-ten", "rate-sensitive", "rate-ours"],
      }
    : {
        reason:
          "Rank and α are from a study that trained on mathematics at 1e-4. It used another optimizer, so try all three.",
        scope: "Llama 2 7B on 395k math instructions, with LionW",
        sure: "one",
        claims: ["rate-biderman-math", "rate-biderman", "rate-ten", "rate-sensitive", "rate-ours"],
      };

/** The best rates that Tinker found for models of these sizes: claim rate-tinker. */
const TINKER_RATES: Readonly<Record<string, number>> = {"1b": 1e-3, "3b": 1e-3, "8b": 3e-4, "32b": 3e-4, "70b": 3e-4};

/** What there is to say of the rate for any other imitation. */
function imitationRate(run: Case, settings: LoraSettings): Omit<LineText, "value"> {
  const {steps, rates} = settings;
  const tinkerRate = TINKER_RATES[run.preset.id] ?? 0;
  const isTinkerHigher = tinkerRate > rates[2];
  const tinkerText = `Tinker’s best for a model of this size was ${rateText(tinkerRate)}`;
  const shortRunText =
    steps <= 100
      ? ` Your run has only ${aboutCounted(steps, "step")}; there are first signs that such short runs want half as much again.`
      : "";
  const isHalved = isLarge(run);
  const tenTimes = "about ten times a usual rate for full fine-tuning";
  const first = isHalved
    ? `QLoRA halved its rate for 33B and 65B${isTinkerHigher ? `; ${tinkerText}, with a batch of 128` : ""}. Its paper doubled the batch as well; its scripts did not. LoRA’s best rate is ${tenTimes}.`
    : `This is ${tenTimes}${isTinkerHigher ? `; ${tinkerText}` : ""}, here with α/r = ${quotientText(settings.alpha / settings.r)}.`;
  return {
    reason: `${first} Try all three: the best is often the highest that stays stable. ${scalingNote(run, settings)}${shortRunText}`,
    scope: "14 Llama and Qwen models for the factor; LLaMA 7B to 65B for the numbers",
    sure: isTinkerHigher ? "disagree" : "several",
    claims: [
      "rate-ten",
      "rate-biderman",
      isHalved ? "rate-qlora-large" : "rate-qlora-small",
      "rate-trl-sft",
      "rate-unsloth",
      ...(isTinkerHigher ? ["rate-tinker", "rate-tinker-width"] : []),
      "rate-sensitive",
      "rate-ours",
      "rate-ours-factor",
      ...(shortRunText ? ["rate-short"] : []),
    ],
  };
}

const ratesLine: LineRule = (run, settings) => {
  const [low, middle, high] = settings.rates;
  const value = `${rateText(middle)}; try ${rateText(low)} and ${rateText(high)}`;
  switch (run.task) {
    case "images":
      return unmeasuredLine(
        value,
        "The scripts start at the first; the others are about three times lower and higher.",
        ["rate-images"],
      );
    case "preference":
      return {
        value,
        reason: "TRL and Unsloth both recommend it. TRL’s is ten times its own rate for full fine-tuning.",
        scope: "recommendations, without a measurement",
        sure: "several",
        claims: ["rate-dpo", "rate-dpo-unsloth", "rate-ten"],
      };
    case "rl":
      return {
        value,
        reason: `Unsloth recommends 5e-6, TRL recommends 1e-5, and one of TRL’s examples has 5e-5. In one study LoRA’s best rate was ten times that of full fine-tuning, and more rates around it were good. ${scalingNote(run, settings)}`,
        scope: "the factor: 8B models on mathematics; the numbers: recommendations",
        sure: "disagree",
        claims: ["rate-grpo", "rate-dpo-unsloth", "rate-grpo-example", "rate-rl-wide", "rate-ten"],
      };
    case "imitation":
      return {value, ...(isAsStudied(run) ? studiedRate(run) : imitationRate(run, settings))};
  }
};

/** Where there is room for more sequences at once, a sentence that says so. */
function roomNote(run: Case): string {
  const n = maxSequences(run, memoryUse(run));
  return n > run.micro
    ? ` There is room for about ${n} at once, which is sooner done: choose it in the form, and the batch stays.`
    : "";
}

const batchLine: LineRule = (run, {micro, accumulate, batch}) => {
  const {task, cards} = run;
  const batchText = `${micro} on ${cards === 1 ? "the GPU" : "each GPU"}, ${accumulate} accumulated${cards > 1 ? `, ${cards.toLocaleString("en-US")} GPUs` : ""}`;
  if (task === "images")
    return unmeasuredLine(
      `${batch}: ${batchText}`,
      "As in Diffusers’ guide for FLUX.1.",
      ["batch-images"],
      "an example",
    );
  if (task === "rl")
    return unmeasuredLine(
      `${batch} answers: ${batchText}`,
      `Eight answers to each question, TRL’s default, so a step takes ${counted(batch / ANSWERS, "question")}. We found no test of large batches with LoRA in reinforcement learning.${roomNote(run)}`,
      ["batch-grpo", "batch-schulman"],
      "defaults",
    );
  const manyGpusText = batch > 32 ? " Your GPUs make more than that even so." : "";
  return {
    value: `${batch}: ${batchText}`,
    reason: `In one study large batches sometimes cost LoRA more than full fine-tuning, and then a higher rank did not help. At 32 the gap was smaller, so stay there or below.${manyGpusText}${roomNote(run)}`,
    scope: "imitation on 10,000 examples of OpenThoughts3; another study took 192 and compared no other",
    sure: "one",
    claims: ["batch-schulman", "batch-trl", "batch-qlora", "batch-biderman"],
  };
};

/** How often the run shows each image. */
function imagePasses({examples}: Case, {steps, batch, evaluationSteps}: LoraSettings): string {
  const times = (steps * batch) / examples;
  const passesText =
    times >= 1
      ? `They show each of your images ${aboutCounted(Math.round(times), "time")}; the guide’s example has about five images.`
      : `They do not get through your images even once; that takes ${aboutCounted(Math.ceil(examples / batch), "step")}. The guide’s example has about five.`;
  return `${passesText} Look at the samples, which the script makes about every ${evaluationSteps} steps, and keep the best checkpoint.`;
}

/** Passes over the examples, or for images steps. */
const epochsLine: LineRule = (run, settings) => {
  const {task, examples} = run;
  const {epochs, steps, evaluations} = settings;
  const value = task === "images" ? `${steps} steps` : `${epochs}, ${aboutCounted(steps, "step")}`;
  if (task === "images")
    return unmeasuredLine(value, imagePasses(run, settings), ["epochs-images"], "an example with about five images");
  if (task === "rl")
    return unmeasuredLine(
      value,
      "Once through the questions, as in TRL’s example in Python. TRL’s commands stop after 200 steps, and the run that it reports after 500, so look early. This page cannot say how long a step takes: writing the answers is often the slowest part, and TRL can leave it to vLLM.",
      ["epochs-grpo", "epochs-vllm"],
      "an example",
    );
  const fewText =
    examples < FEW_EXAMPLES
      ? ` With so few examples the best moment may come within ${task === "preference" ? "the" : "the first"} pass, so the script measures ${counted(evaluations, "time")} in each.`
      : "";
  if (task === "preference")
    return {
      value,
      reason: `Start with one pass. The default of Transformers is three, and we found no comparison.${fewText}`,
      scope: "a default, without a measurement",
      sure: "default",
      claims: ["epochs-dpo", ...(fewText ? ["epochs-ours"] : [])],
    };
  return {
    value,
    reason: `Keep a tenth of the examples aside, measure the loss on them after each pass, and keep the best checkpoint. In one study LoRA was best after about four passes, on code, on mathematics and on a mixture, so go on to four if that loss still falls. More passes also forget more.${fewText}`,
    scope: "Llama 2 7B on 110k code, 395k math and 326k mixed instructions",
    sure: "disagree",
    claims: [
      "epochs-biderman",
      "epochs-mixture",
      "epochs-unsloth",
      "epochs-schulman",
      "epochs-forgetting",
      "data-seed",
      "data-seed-axolotl",
      ...(fewText ? ["epochs-ours"] : []),
    ],
  };
};

const dropoutLine: LineRule = (run) => {
  const value = "0";
  if (run.task === "images")
    return unmeasuredLine(value, "Both scripts train without it.", ["dropout-flux", "dropout-peft"]);
  if (run.task === "preference")
    return unmeasuredLine(value, "TRL switches all dropout off for DPO unless you tell it otherwise.", ["dropout-dpo"]);
  if (run.task === "rl")
    return {
      value,
      reason: "TRL’s run on mathematics was without it. We found no comparison.",
      scope: "one run, without a comparison",
      sure: "one",
      claims: ["dropout-rl", "dropout-peft"],
    };
  const finding = isLarge(run)
    ? "The one finding that we know of is QLoRA’s: 0.05 did not help at 33B and 65B."
    : "The one finding that we know of is QLoRA’s: 0.05 helped at 7B and 13B and not above. The paper prints no numbers for it, so compare the two.";
  return {
    value: isLarge(run) ? value : `${value}; try 0.05`,
    reason: `${finding} PEFT and torchtune start at 0, TRL’s scripts and another study at 0.05.`,
    scope: "a remark in QLoRA’s appendix; the rest are settings and defaults",
    sure: "disagree",
    claims: [
      "dropout-qlora-finding",
      "dropout-peft",
      "dropout-torchtune",
      "dropout-trl",
      "dropout-qlora",
      "dropout-qlora-65b",
      "dropout-biderman",
    ],
  };
};

const scheduleLine: LineRule = ({task}) =>
  task === "images"
    ? unmeasuredLine("constant, no warmup", "As in Diffusers’ guide for FLUX.1.", ["schedule-images"], "an example")
    : {
        value: "constant, after a warmup over 3% of the steps",
        reason:
          "While you search, a constant rate lets you compare runs of different lengths. The two sources that train at one do so without a warmup; a short one costs little. A cosine after a longer warmup is the common alternative.",
        scope: "settings of authors, without a comparison",
        sure: "disagree",
        claims: ["schedule-schulman", "schedule-qlora", "schedule-biderman", "schedule-axolotl"],
      };

const decayLine: LineRule = ({preset}) =>
  preset.kind === "images"
    ? unmeasuredLine(preset.id === "flux" ? "0.0001" : "0.01", "This is the script’s default.", [
        preset.id === "flux" ? "decay-flux" : "decay-sdxl",
      ])
    : {
        value: "0",
        reason:
          "Two studies trained without it. On code, LoRA by itself kept more old skills than full fine-tuning with weight decay.",
        scope: "Llama 2 7B on code and mathematics",
        sure: "disagree",
        claims: ["decay-biderman", "decay-qlora", "decay-torchtune", "decay-forgetting"],
      };

/** The tokens that the loss is taken on. TRL can mark the answers of some models; for others the script cuts dialogues at them. */
const lossLine: LineRule = ({task, data, preset}) => {
  if (task === "imitation" && data === "pair")
    return {
      value: "the answer",
      reason: "This is TRL’s default for the columns prompt and completion.",
      scope: "TRL’s default, without a measurement",
      sure: "one",
      claims: ["data-completion"],
    };
  const hasTemplate = preset.kind === "language" && preset.marksAnswers;
  const isOwn = preset.id === OWN_ID;
  const template = `${isOwn ? "We do not know whether TRL has a" : "TRL has no"} template for ${preset.name} that marks its answers`;
  return {
    value: "the assistant’s turns",
    reason: hasTemplate
      ? "Without assistant_only_loss=True the run would also learn to write your users’ turns. TRL puts in a chat template that marks the answers; it has one for this model."
      : `${template}, so the script cuts each dialogue at them. Each answer becomes an example of its own with all that came before it as its prompt, so there are more examples and steps than the form counts.${isOwn ? "" : " With assistant_only_loss=True TRL would stop."}`,
    scope: "the code of TRL 1.9.0, read and not run",
    sure: "one",
    claims: ["data-assistant-only", "data-completion"],
  };
};

const betaLine: LineRule = (_, settings) => ({
  value: `${settings.beta}; try 0.01`,
  reason:
    "It holds the run to the model that it starts from; with a lower one the run moves further. Change it first after the rate. The losses of two β are on different scales, so compare eval_rewards/accuracies, and read a few answers.",
  scope: "a default, and one recipe for Zephyr 7B with a 4-bit base, without a comparison",
  sure: "disagree",
  claims: ["beta-trl", "beta-handbook"],
});

/** Which weights to merge an adapter into that was trained on a quantized base. */
const mergingLine: LineRule = () => ({
  value: "into the base as trained, expanded to 16 bits",
  reason:
    "These are the weights that you scored; the original ones differ from them by the rounding. after.py loads the base as in training, scores it, expands it and merges. Unsloth calls the original weights the better ones for most models and found one that they ruined: score both, and keep the better.",
  scope: "code and opinions; measured on Falcon-H1 only",
  sure: "disagree",
  claims: ["merge-axolotl", "merge-peft", "merge-unsloth", "precision-qlora"],
});

/** The lines in the order in which they are shown; `has` tells which cases have the line, if not all have it. */
const RULES: readonly [topic: string, title: string, rule: LineRule, has?: (run: Case) => boolean][] = [
  ["rate", "Learning rate", ratesLine],
  ["beta", "β", betaLine, ({task}) => task === "preference"],
  ["rank", "Rank r", rankLine],
  ["alpha", "α", alphaLine],
  ["rslora", "rsLoRA", rsloraLine, ({task}) => task !== "images"],
  ["matrices", "Matrices", matricesLine],
  ["batch", "Batch", batchLine],
  ["epochs", "Passes", epochsLine],
  ["data", "Loss on", lossLine, ({task}) => task === "imitation"],
  ["dropout", "Dropout", dropoutLine],
  ["schedule", "Schedule", scheduleLine],
  ["decay", "Weight decay", decayLine],
  ["merging", "Merging", mergingLine, ({base}) => base !== "bf16"],
];

/** Every line of the answer, in the order in which it is shown. */
export function answerLines(run: Case): SettingLine[] {
  const settings = loraSettings(run);
  return RULES.filter(([, , , has]) => has?.(run) ?? true).map(([topic, title, rule]) => ({
    topic,
    title,
    ...rule(run, settings),
  }));
}
