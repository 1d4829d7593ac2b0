import {choice, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";
import {RACE_RATES, RACE_STEPS, type Rate} from "./race.ts";

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
};
export type FamilyParams = Params<typeof controls>;
export type Work = FamilyParams["work"];
