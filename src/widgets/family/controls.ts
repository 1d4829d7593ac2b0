import {choice, type Params, range} from "../../shell/controls.ts";
import {sign} from "../../shell/signs.ts";

/** d and k of the layer, the same as in the train figure; and the α of every run except PiSSA and LoftQ. */
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

/** What the figure can run: "lora" next to full fine-tuning, the others next to LoRA. */
const RUN = ["lora", "qlora", "lorafa", "loftq", "vera", "rslora", "dora", "loraplus", "pissa"] as const;
export type Runnable = (typeof RUN)[number];
export type Who = Runnable | "full";

export const controls = {
  learn: choice(
    ["Change to learn"],
    {fresh: "New directions", own: "W₀’s own", lengths: "Row lengths", columns: "Column lengths"},
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
  moment: choice(["Moment"], {start: "Start of training", end: "End"}, "end", true),
  ratio: {...choice(["η of B over η of A"], {"2": "2", "4": "4", "16": "16"}, "16", true), when: {work: ["loraplus"]}},
  repairs: {...range(["Repairs"], {min: 1, max: 5, value: 1, more: true}), when: {work: ["loftq"]}},
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true, group: "chance"}),
};
export type FamilyParams = Params<typeof controls>;
export type Work = FamilyParams["work"];

export const isRun = (work: Work): work is Runnable => (RUN as readonly string[]).includes(work);

/** The runs of one method, at every rate. */
export interface Run {
  who: Who;
  /** How many parameters it trains. */
  trained: number;
  /** ‖W′ − W₀‖_F before the first step. */
  offset: number;
  /** The least loss that it can reach; undefined if there is no formula for it. */
  floor?: number;
  /** By rate, then by step. A run ends before its loss is over twice its first. */
  losses: readonly (readonly number[])[];
}

/** LoRA first, then the successor, or full fine-tuning if the work is LoRA; for LoftQ, QLoRA comes between them. */
export interface FamilyResult {
  runs: readonly Run[];
}
