/** What a reader sets, and which works can be run. Both the page and the worker load this file: it has no engine and no DOM. */
import {choice, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";

/** d and k of the layer. */
export const FAMILY_SIDE = 16;
/** The α of every run except PiSSA's and LoftQ's, which have α = r. */
export const FAMILY_ALPHA = 4;
/** Steps of a run. */
export const FAMILY_STEPS = 60;

/** The rates η to choose from. Every method is run at each of them. */
export const FAMILY_RATES = ["0.002", "0.005", "0.01", "0.02", "0.05", "0.1", "0.2"] as const;

export const controls = {
  learn: choice(
    ["Change to learn"],
    {fresh: "New directions", own: "W₀’s own", lengths: "Row lengths", columns: "Column lengths"},
    "fresh",
  ),
  r: range(["Rank ", symbol.r], {min: 1, max: 8, value: 4}),
  rate: choice(
    ["Rate η"],
    Object.fromEntries(FAMILY_RATES.map((rate) => [rate, rate])) as Record<(typeof FAMILY_RATES)[number], string>,
    "0.005",
  ),
  optimizer: choice(["Optimizer"], {sgd: "SGD", adam: "Adam"}, "adam"),
  step: range(["Step"], {min: 0, max: FAMILY_STEPS, value: FAMILY_STEPS, clock: true}),
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
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true, group: "chance"}),
};
export type FamilyParams = Params<typeof controls>;
export type Work = FamilyParams["work"];

/** The controls that the runs depend on. The others, rate and step, only choose what is shown: each run has every rate and step. */
export const familyRunBy = ["learn", "r", "optimizer", "work", "seed"] as const;
export type FamilySettings = Pick<FamilyParams, (typeof familyRunBy)[number]>;

/** The works that the figure can run: "lora" beside full fine-tuning, the others beside LoRA. */
const RUNNABLE = ["lora", "qlora", "lorafa", "loftq", "vera", "rslora", "dora", "loraplus", "pissa"] as const;
type Runnable = (typeof RUNNABLE)[number];
export type FamilyMethod = Runnable | "full";

export const isRunnable = (work: Work): work is Runnable => (RUNNABLE as readonly string[]).includes(work);

export const workName = (method: FamilyMethod): string =>
  method === "full" ? "Full fine-tuning" : controls.work.options[method];
