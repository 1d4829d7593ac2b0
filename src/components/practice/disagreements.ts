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
    we: "Expect it to on instructions of the usual amount. If you teach code, mathematics or a new language with very much text, compare the two.",
  },
  {
    topic: "rank",
    question: "How much rank?",
    we: "Reckon from the tokens, start there, and try four times as much once. If nothing changes, go back.",
  },
  {
    topic: "alpha",
    question: "Should α follow the rank?",
    we: "Keep it fixed, so that the rate can stay when you change r. Whatever you do, search the rate again after you change α.",
  },
  {
    topic: "rate",
    question: "Which rate, and how much does it matter?",
    we: "Try three rates and believe no comparison that had only one.",
  },
  {
    topic: "batch",
    question: "How large a batch?",
    we: "Sixteen, and not beyond about thirty-two without a look at a smaller one.",
  },
  {
    topic: "epochs",
    question: "How many passes?",
    we: "Up to three, with unseen examples aside, and keep the best.",
  },
  {
    topic: "dropout",
    question: "Dropout?",
    we: "None at first.",
  },
  {
    topic: "schedule",
    question: "Which schedule?",
    we: "Constant after a short warmup while you search, because runs of different lengths can then be compared.",
  },
  {
    topic: "decay",
    question: "Weight decay?",
    we: "None.",
  },
];

/** Who says what on a topic: the claims of it that are marked as disputed, and our own runs. */
export const saidOn = (topic: string): Claim[] =>
  claims.filter((one) => one.topic === topic && (one.sure === "disagree" || one.sure === "ours"));
