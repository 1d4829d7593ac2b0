import type {FamilyParams, Work} from "./controls.ts";
import {raceLossAt} from "./losses.ts";
import {type FamilyResult, isRun, RACE_RATES} from "./race.ts";

const sentences: Readonly<Record<Work, string>> = {
  lora: "LoRA: the weight stays frozen, and two thin matrices beside it are trained.",
  adalora: "AdaLoRA sets the least important directions to zero, so that rank goes to the matrices that need it most.",
  qlora: "QLoRA keeps the frozen weight in four bits; A and B are trained on top, in sixteen.",
  lorafa: "LoRA-FA leaves A at its random start and trains B alone.",
  loftq: "LoftQ rounds the weight, and A and B start as a low-rank repair of that rounding.",
  vera: "VeRA freezes A and B, drawn once for all layers; each layer trains two thin vectors.",
  slora: "S-LoRA serves many adapters beside one base: each request has its own A and B.",
  rslora: "rsLoRA changes the scale alone: it divides by √r, so a step does not shrink as r grows.",
  dora: "DoRA trains each row’s length and its direction separately.",
  loraplus: "LoRA+ turns two dials: B learns faster than A.",
  galore: "GaLore has no second path. It trains the weight itself, with Adam’s means kept for a low-rank gradient.",
  pissa: "PiSSA moves the weight’s own first directions into A and B, and freezes what is left.",
  less: "A finding rather than a method: on code and mathematics LoRA learned less than full fine-tuning, and forgot less.",
  illusion: "A finding rather than a method: after LoRA some strong directions resemble none of the base’s.",
  regret:
    "A finding rather than a method: on every layer, at its own rate and while the data fit, LoRA kept up with full fine-tuning.",
};

/** What a work changes, for card and dock; and of one that is run, how far it and LoRA came. */
export function says({runs}: FamilyResult, {work, moment, rate, step}: FamilyParams): string {
  if (!isRun(work)) return sentences[work];
  const now = moment === "start" ? 0 : step;
  const [lora, other] = [runs[0]!, runs.at(-1)!].map(({losses}) => raceLossAt(losses[RACE_RATES.indexOf(rate)]!, now));
  const losses = work === "lora" ? `${lora}; full fine-tuning’s ${other}` : `${other}; LoRA’s ${lora}`;
  return `${sentences[work]} Loss at step ${now}: ${losses}.`;
}
