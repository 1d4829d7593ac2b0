/** What we answer about the adapter itself: its matrices, its rank and its α. */
import type {Case} from "./cases.ts";
import type {Line, Rule} from "./line.ts";
import {adapterBits, dataBits, RANKS, type Settings} from "./settings.ts";
import {amount} from "./words.ts";

export const matrices: Rule = ({task, preset}) => {
  if (preset.kind === "images") {
    const flux = preset.id === "flux";
    return {
      value: flux ? "attention and the MLP of the double blocks" : "the four matrices of each attention",
      reason: "This is what the script adapts. We found no comparison of other choices for image models.",
      scope: "a default, without a measurement",
      sure: "default",
      claims: [flux ? "matrices-flux" : "matrices-sdxl"],
    };
  }
  const rl = task === "rl" ? " So it was in reinforcement learning on mathematics." : "";
  return {
    value: "every linear layer: all-linear",
    reason: `Three studies found attention alone worse, and two of them found most of the gain in the MLP.${rl} PEFT adapts only queries and values unless you ask for the rest.`,
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

function imitationRank(one: Case, {r}: Settings): Omit<Line, "topic" | "title"> {
  const [data, held] = [dataBits(one), adapterBits(one, r)];
  const holds = `By a rough estimate, your ${amount(one.examples * one.tokens)} tokens hold at most ${amount(data)} bits, and an adapter of rank ${r} can store ${amount(held)}.`;
  const reason =
    held < data
      ? `${holds} So even this rank, the highest we suggest, may fill up. Expect LoRA to learn more slowly than full fine-tuning, and compare the two if you can.`
      : r > RANKS.least
        ? `${holds} That is what learning them by heart would take, so a quarter of this rank may be enough. Try both.`
        : `${holds} That leaves room to spare. One study still needed rank 256 for code and 64 for mathematics, so for those try more.`;
  const more = held < data ? ["rank-pretraining"] : [];
  return {
    value: String(r),
    reason,
    scope: "ranks 1 to 512 on 1B to 8B models; QLoRA saw no effect of the rank on Alpaca",
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

export const rank: Rule = (one, settings) => {
  const value = String(settings.r);
  switch (one.task) {
    case "imitation":
      return imitationRank(one, settings);
    case "rl":
      return {
        value,
        reason: `Rank 1 was enough in every test that we found. A reward tells the model about one bit, so ${amount(dataBits(one))} in all, and by a rough estimate this adapter can store ${amount(adapterBits(one, settings.r))}. Going from rank 1 to ${value} costs next to nothing.`,
        scope: "8B models on MATH, GSM and DeepMath, 3B on OpenR1-Math; policy gradients",
        sure: "one",
        claims: ["rank-rl", "rank-rl-trl"],
      };
    case "preference":
      return {
        value,
        reason: "This is the rank in TRL’s examples for DPO. We found no comparison of ranks for preferences.",
        scope: "an example, without a measurement",
        sure: "default",
        claims: ["rank-preference"],
      };
    case "images":
      return {
        value,
        reason:
          "The scripts start here. If you do not recognize the subject in the samples, double the rank; the file doubles with it.",
        scope: "a default, without a measurement",
        sure: "default",
        claims: ["rank-images"],
      };
  }
};

export const alpha: Rule = ({task}, {r, alpha}) => {
  if (task === "images")
    return {
      value: `${alpha}, the same as r`,
      reason: "Then the factor α/r is 1 at every rank. If you change one, change the other, and search the rate again.",
      scope: "a default, without a measurement",
      sure: "default",
      claims: ["alpha-images"],
    };
  const double =
    r === 16
      ? "At rank 16 this is 2r as well, so the two rules agree here."
      : r === RANKS.most
        ? `The other rule, 2r, would be ${2 * r}. One study found it much better at this rank, so try both.`
        : `The other rule, 2r, would be ${2 * r}.${task === "preference" ? " TRL’s examples for DPO have 16." : ""}`;
  return {
    value: `${alpha}, at every rank`,
    reason: `LoRA multiplies its update by α/r. With α fixed, the best rate hardly moves when you change r; with α = 2r it does, so you would have to search it again. ${double}`,
    scope: "imitation; fixed: Llama 3 and Qwen3 models and our forge; 2r: Llama 2 7B at rank 256",
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
