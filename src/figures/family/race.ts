/** What a reader sets, what the runs give, and what is read from them. Page and worker load it: no engine, no DOM. */
import {choice, hidden, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";

/** d and k of the layer, the same as in the train figure; and the α of every run except PiSSA and LoftQ. */
export const RACE_SIDE = 16;
export const RACE_ALPHA = 4;
export const RACE_STEPS = 60;

export const RACE_RATES = ["0.002", "0.005", "0.01", "0.02", "0.05", "0.1", "0.2"] as const;
export type Rate = (typeof RACE_RATES)[number];

export const controls = {
  learn: choice(
    ["Change to learn"],
    {fresh: "New directions", own: "W₀’s own", lengths: "Row lengths", columns: "Column lengths"},
    "fresh",
  ),
  r: range(["Rank ", symbol.r], {min: 1, max: 8, value: 4}),
  rate: choice(["Rate η"], Object.fromEntries(RACE_RATES.map((rate) => [rate, rate])) as Record<Rate, string>, "0.005"),
  optimizer: choice(["Optimizer"], {sgd: "SGD", adam: "Adam"}, "adam"),
  step: range(["Step"], {min: 0, max: RACE_STEPS, value: RACE_STEPS, clock: true}),
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
  enlarged: hidden(["one tile enlarged"], 3, (text) =>
    text === "yes"
      ? undefined
      : `“${text}” enlarges no tile: give “yes” for the chosen work’s, or nothing for all twelve.`,
  ),
};
export type FamilyParams = Params<typeof controls>;
export type Work = FamilyParams["work"];

/** The controls that the runs depend on; the others only choose what is read from them. */
export const racedBy = ["learn", "r", "optimizer", "work", "ratio", "repairs", "seed"] as const;
export type RaceSettings = Pick<FamilyParams, (typeof racedBy)[number]>;

/** The step at which a card shows the runs. */
export const stepOf = ({moment, step}: FamilyParams): number => (moment === "start" ? 0 : step);

/** What the figure can run: "lora" next to full fine-tuning, the others next to LoRA. */
const RUN = ["lora", "qlora", "lorafa", "loftq", "vera", "rslora", "dora", "loraplus", "pissa"] as const;
type Runnable = (typeof RUN)[number];
export type Who = Runnable | "full";

export const isRun = (work: Work): work is Runnable => (RUN as readonly string[]).includes(work);

/** The runs of one method, at every rate. */
export interface MethodRuns {
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
  runs: readonly MethodRuns[];
}

export interface LowestLoss {
  loss: number;
  at: number;
}

/** The least loss at a step over all rates, and its rate; undefined if every rate was too large. */
export function bestOf({losses}: MethodRuns, step: number): LowestLoss | undefined {
  return losses.reduce<LowestLoss | undefined>((best, one, at) => {
    const loss = one[step];
    return loss !== undefined && (!best || loss < best.loss) ? {loss, at} : best;
  }, undefined);
}

export const workName = (who: Who): string => (who === "full" ? "Full fine-tuning" : controls.work.options[who]);
