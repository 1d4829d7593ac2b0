import {type Claim, claims} from "./claims.ts";

/** A question on which sources disagree, and what we would do. */
export interface Disagreement {
  topic: string;
  question: string;
  we: string;
}

/** In the order of the page. Who says what is in content/practice/claims.json, under the topic. */
export const disagreements: readonly Disagreement[] = [
  {
    topic: "capacity",
    question: "Does LoRA learn as well as full fine-tuning?",
    we: "On instruction sets of the usual size, expect it to. If you teach code, mathematics or a new language from a great deal of text, compare the two.",
  },
  {
    topic: "rank",
    question: "Which rank?",
    we: "Start from the rank that your tokens suggest, and try four times as much once; for code, take 256 if memory allows. If nothing changes, go back.",
  },
  {
    topic: "alpha",
    question: "Should α follow the rank?",
    we: "Keep α fixed, so that you can keep the rate when you change r. At rank 256 try 2r as well, and for code and mathematics start with it. Whenever you change α, search the rate again.",
  },
  {
    topic: "rate",
    question: "Which rate, and how much does it matter?",
    we: "Try three rates, and trust no comparison that tried only one. Why the factor is ten in one place and one to four in another is told in chapter 9.",
  },
  {
    topic: "batch",
    question: "How large a batch?",
    we: "Start with sixteen. Before you go above thirty-two, compare with a smaller batch.",
  },
  {
    topic: "epochs",
    question: "How many passes?",
    we: "Start with three, and go on to four if the loss on examples kept aside still falls. Take the pass with the lowest.",
  },
  {
    topic: "dropout",
    question: "Does dropout help?",
    we: "Start without it. Up to 13B, compare with 0.05.",
  },
  {
    topic: "schedule",
    question: "Which schedule?",
    we: "Constant after a short warmup while you search, because runs of different lengths can then be compared.",
  },
  {
    topic: "decay",
    question: "Does weight decay help?",
    we: "We found no comparison for LoRA, so start without it.",
  },
  {
    topic: "merging",
    question: "After training on 4 bits, which weights to merge into?",
    we: "Into the same ones, expanded to 16 bits, because those are what you scored. Then try the original ones too.",
  },
];

/** Who says what on a topic: the claims of it that are marked as disputed, and our own runs. */
export const saidOn = (topic: string): Claim[] =>
  claims.filter((one) => one.topic === topic && (one.sure === "disagree" || one.sure === "ours"));
