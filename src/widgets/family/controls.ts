import {choice, type Params, range} from "../../shell/controls.ts";
import {sign} from "../../shell/signs.ts";

/** d and k of the layer, that of the train figure, and α of every run that has one of its own choice. */
export const SIDE = 16;
export const ALPHA = 4;
export const STEPS = 60;
const MOST_RANK = 8;

const rates = {
  "0.002": "0.002",
  "0.005": "0.005",
  "0.01": "0.01",
  "0.02": "0.02",
  "0.05": "0.05",
  "0.1": "0.1",
  "0.2": "0.2",
} as const;
export type Rate = keyof typeof rates;
export const RATES = Object.keys(rates) as Rate[];

/** What the figure runs; "lora" is run beside full fine-tuning, the others beside LoRA. */
const RUN = ["lora", "qlora", "lorafa", "loftq", "vera", "rslora", "dora", "loraplus", "pissa"] as const;
export type Runnable = (typeof RUN)[number];
export type Who = Runnable | "full";

export const controls = {
  learn: choice(
    ["To be learned"],
    {fresh: "New directions", own: "W₀’s own directions", lengths: "Lengths of columns"},
    "fresh",
  ),
  r: range(["Rank ", sign.r], {min: 1, max: MOST_RANK, value: 4}),
  rate: choice(["Rate η"], rates, "0.005"),
  optimizer: choice(["Optimizer"], {sgd: "SGD", adam: "Adam"}, "adam"),
  step: range(["Step"], {min: 0, max: STEPS, value: STEPS, clock: true}),
  work: choice(
    ["Work"],
    {
      lora: "LoRA",
      adalora: "AdaLoRA",
      qlora: "QLoRA",
      lorafa: "LoRA-FA",
      loftq: "LoftQ",
      vera: "VeRA",
      slora: "S-LoRA",
      rslora: "rsLoRA",
      dora: "DoRA",
      loraplus: "LoRA+",
      galore: "GaLore",
      pissa: "PiSSA",
      less: "Learns less, forgets less",
      illusion: "Illusion of equivalence",
      regret: "LoRA without regret",
    },
    "loraplus",
    true,
  ),
  ratio: {...choice(["η of B over η of A"], {"2": "2", "4": "4", "16": "16"}, "16", true), when: {work: ["loraplus"]}},
  repairs: {...range(["Repairs"], {min: 1, max: 5, value: 1, more: true}), when: {work: ["loftq"]}},
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true}),
};
export type FamilyParams = Params<typeof controls>;
export type Work = FamilyParams["work"];

export const isRun = (work: Work): work is Runnable => (RUN as readonly string[]).includes(work);

/** One way to learn, at every rate. */
export interface Run {
  who: Who;
  /** Numbers it trains. */
  trained: number;
  /** ‖W′ − W₀‖_F before the first step. */
  offset: number;
  /** The least loss that its pair can have; undefined where no formula gives it. */
  floor?: number;
  /** By rate, then by step; a run ends before the step at which its loss is over twice its first. */
  losses: readonly (readonly number[])[];
}

/** LoRA first; then the successor, or full fine-tuning where the work is LoRA; for LoftQ, QLoRA between them. */
export interface FamilyResult {
  runs: readonly Run[];
}
