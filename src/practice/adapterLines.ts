/** The answer's lines on the adapter itself: matrices, rank, α and rsLoRA. */
import {type LineRule, type LineText, unmeasuredLine} from "./answerLine.ts";
import type {Case} from "./cases.ts";
import {amountText, quotientText, rateText} from "./format.ts";
import {adapterBits, dataBits, isAsStudied, type LoraSettings, RANK_LIMITS, rankOfData} from "./settings.ts";

export const matricesLine: LineRule = ({task, preset}) => {
  if (preset.kind === "images") {
    const isFlux = preset.id === "flux";
    return unmeasuredLine(
      isFlux ? "attention and the MLP of the double blocks" : "the four matrices of each attention",
      "This is what the script adapts. We found no comparison of other choices for image models.",
      [isFlux ? "matrices-flux" : "matrices-sdxl"],
    );
  }
  const rewardText = task === "rl" ? " So it was in reinforcement learning on mathematics." : "";
  return {
    value: "every linear layer: all-linear",
    reason: `Three studies found attention alone worse, and two of them found most of the gain in the MLP.${rewardText} Unless you ask for the rest, PEFT adapts only queries and values in most models.`,
    scope:
      "7B and 8B models, a mixture of experts and our forge, on instructions, code and reasoning; for preferences we found no test",
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

/** What one study found on the rank for a subject. */
const SUBJECT_RANKS = {
  code: "In one study ranks 16 to 64 were not enough for code, and the authors advise 256 if memory allows.",
  mathematics: "In one study rank 64 came close to full fine-tuning on mathematics, and rank 16 stayed below.",
} as const;

/** Why this rank: what the data have and an adapter can store, or the study on the subject. */
function rankReason(run: Case, r: number): string {
  const [data, capacity] = [dataBits(run), adapterBits(run, r)];
  const capacityText = `Your ${amountText(run.examples * run.tokens)} tokens hold about ${amountText(data)} bits, and rank ${r} stores about ${amountText(capacity)}.`;
  if (capacity < data)
    return `${capacityText} So even this rank, the highest we suggest, may fill up. Expect LoRA to learn more slowly than full fine-tuning, and compare the two if you can.`;
  const leastRank = rankOfData(run);
  if (run.subject !== "other" && leastRank < r)
    return `${SUBJECT_RANKS[run.subject]} By a rough estimate rank ${leastRank} could already store all that your ${amountText(run.examples * run.tokens)} tokens hold, so if memory is short, start there and compare.`;
  if (r > RANK_LIMITS.least)
    return `${capacityText} That is what learning them by heart would take, so a quarter of this rank may be enough. Try both.`;
  return `${capacityText} By this rough estimate there is room to spare, and on instruction sets of the usual size LoRA learned as well as full fine-tuning. For code and mathematics one study needed more: choose them in the form.`;
}

function imitationRank(run: Case, {r}: LoraSettings): LineText {
  const capacityClaims = adapterBits(run, r) < dataBits(run) ? ["rank-pretraining"] : [];
  return {
    value: String(r),
    reason: rankReason(run, r),
    scope:
      run.subject === "other"
        ? "ranks 1 to 512 on 1B to 8B models; QLoRA saw no effect of the rank on Alpaca"
        : "Llama 2 7B on 110k code and 395k math instructions; “LoRA Without Regret” saw no such need on reasoning",
    sure: "disagree",
    claims: [
      "rank-tokens",
      "rank-bits",
      "rank-capacity",
      "rank-16-chat",
      "rank-256-code",
      "capacity-fullft",
      "capacity-biderman",
      "rank-no-effect",
      "rank-sft-trl",
      "rank-ours",
      ...capacityClaims,
    ],
  };
}

export const rankLine: LineRule = (run, settings) => {
  const value = String(settings.r);
  switch (run.task) {
    case "imitation":
      return imitationRank(run, settings);
    case "rl":
      return {
        value,
        reason: `Rank 1 was enough in every test that we found. A reward tells the model about one bit, so ${amountText(dataBits(run))} in all, and by a rough estimate this adapter can store ${amountText(adapterBits(run, settings.r))}. Going from rank 1 to ${value} costs next to nothing.`,
        scope: "8B models on MATH, GSM and DeepMath, 3B on OpenR1-Math; policy gradients",
        sure: "one",
        claims: ["rank-rl", "rank-rl-trl"],
      };
    case "preference":
      return unmeasuredLine(
        value,
        "This is the rank in TRL’s examples for DPO. We found no comparison of ranks for preferences.",
        ["rank-preference"],
        "an example",
      );
    case "images":
      return unmeasuredLine(
        value,
        "The scripts start here. If you do not recognize the subject in the samples, double the rank; the file doubles with it.",
        ["rank-images"],
      );
  }
};

/** The claims on α for imitation and rewards. */
const ALPHA_CLAIMS = [
  "alpha-schulman",
  "alpha-biderman",
  "alpha-qlora",
  "alpha-ours",
  "alpha-paper",
  "alpha-torchtune",
  "alpha-trl",
];

export const alphaLine: LineRule = (run, {r, alpha, rates: [, middle]}) => {
  const {task} = run;
  if (task === "images")
    return unmeasuredLine(
      `${alpha}, the same as r`,
      "Then the factor α/r is 1 at every rank. If you change one, change the other, and search the rate again.",
      ["alpha-images"],
    );
  if (task === "preference")
    return unmeasuredLine(
      String(alpha),
      `TRL’s example for DPO has rank ${r}, α = ${alpha} and a rate of ${rateText(middle)} together, so we take all three. If you change α, search the rate again. We found no comparison for preferences.`,
      ["alpha-preference"],
      "an example",
    );
  if (isAsStudied(run)) {
    const finding =
      run.subject === "code"
        ? "The study that advises this rank for code found α = 512 much better there than 32 or 256, at every rate."
        : "This rank is from a study that trained on mathematics with α = 2r as well, at the rate below.";
    return {
      value: `${alpha}, twice the rank`,
      reason: `${finding} LoRA multiplies its update by α/r. If you take a lower rank, keep α = 2r and search the rate again.`,
      scope: `Llama 2 7B on ${run.subject} instructions; “LoRA Without Regret” kept 32 up to rank 512, on other data`,
      sure: "disagree",
      claims: run.subject === "code" ? ALPHA_CLAIMS : [...ALPHA_CLAIMS, "rate-biderman-math"],
    };
  }
  const otherRule =
    r === 16
      ? "At rank 16 this is 2r as well, so the two rules agree here."
      : r === RANK_LIMITS.most
        ? `The other rule, 2r, would be ${2 * r}. One study found it much better at this rank, so try both.`
        : `The other rule, 2r, would be ${2 * r}.`;
  return {
    value: `${alpha}, at every rank`,
    reason: `With α fixed, the best rate hardly moves when you change r; with α = 2r it does, so you would have to search it again. LoRA multiplies its update by α/r. ${otherRule}`,
    scope: "imitation; fixed: Llama 3 and Qwen3 models and our forge; 2r: Llama 2 7B at rank 256",
    sure: "disagree",
    claims: ALPHA_CLAIMS,
  };
};

/** Why rsLoRA is off: the factor that it makes of α/r, and what llama.cpp makes of such an adapter. */
export const rsloraLine: LineRule = (_, {r, alpha}) => {
  const root = Math.sqrt(r);
  const factor = Number(root.toPrecision(2));
  return {
    value: "off",
    reason: `On, it multiplies the update by ${Number((alpha / root).toPrecision(2))} in place of ${quotientText(alpha / r)}, so you would search the rate again; llama.cpp does not read it. With use_rslora the factor is α/√r, which at rank ${r} is ${factor} times as large. Its author found that high ranks learn too slowly without it; with α fixed, others found one rate good from rank 4 to 512. In llama.cpp such an adapter is ${factor} times too weak.`,
    scope: "the author’s experiments; Llama 3 and Qwen3 models, ranks 1 to 512; the code of llama.cpp",
    sure: "disagree",
    claims: ["rslora-author", "rslora-llama", "alpha-schulman"],
  };
};
