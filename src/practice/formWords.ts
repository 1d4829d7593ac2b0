/** What the form calls its choices; a refusal calls them the same. */
import type {Base, PracticeTask, Subject} from "./cases.ts";

export const TASK_WORDS: Readonly<Record<PracticeTask, string>> = {
  imitation: "answer like examples (SFT)",
  preference: "prefer better answers (DPO)",
  rl: "earn a reward (RL, GRPO)",
  images: "draw a style or a subject",
};

export const SUBJECT_WORDS: Readonly<Record<Subject, string>> = {
  other: "something else",
  code: "code",
  mathematics: "mathematics",
};

export const BASE_WORDS: Readonly<Record<Base, string>> = {
  bf16: "16 bits (bf16)",
  int8: "8 bits (int8)",
  nf4: "4 bits (NF4)",
};
