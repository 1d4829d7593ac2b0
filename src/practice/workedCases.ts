/** Example cases with their answers in short. */
import {caseAddress, caseOf, type RawCase} from "./cases.ts";
import {rateText} from "./format.ts";
import {memoryUse} from "./memory.ts";
import {memoryAnswer} from "./memoryAnswer.ts";
import {loraSettings} from "./settings.ts";

/** Cases to start from. */
const CASES: readonly {title: string; raw: RawCase}[] = [
  {
    title: "Qwen2.5 7B learns from 3,000 dialogues, on one GPU of 24 GB",
    raw: {model: "qwen2.5-7b", examples: "3000", tokens: "1500"},
  },
  {
    title: "A 70B model learns from preferences, on eight GPUs of 80 GB",
    raw: {model: "70b", task: "preference", card: "80", cards: "8"},
  },
  {
    title: "A 7B model learns to answer in your style, on one GPU of 24 GB",
    raw: {model: "7b"},
  },
  {
    title: "A 70B model on one GPU of 48 GB, with a 4-bit base",
    raw: {model: "70b", base: "nf4", card: "48"},
  },
  {
    title: "A 1B model and 300 examples",
    raw: {model: "1b", examples: "300", card: "8"},
  },
  {
    title: "A style for SDXL from twenty images",
    raw: {model: "sdxl", examples: "20"},
  },
  {
    title: "Reinforcement learning on mathematics, with an 8B model",
    raw: {task: "rl", tokens: "2048", card: "80"},
  },
];

/** The cases with their addresses and results. */
export const workedCases = CASES.map(({title, raw}) => {
  const {run} = caseOf(raw);
  const {r, alpha, rates} = loraSettings(run);
  const {headline} = memoryAnswer(run, memoryUse(run));
  return {
    title,
    result: `rank ${r}, α = ${alpha}, rate ${rateText(rates[1])}; ${headline}`,
    address: `?${caseAddress(run)}`,
  };
});
