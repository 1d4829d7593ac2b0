import type {Work} from "./controls.ts";

const sentences: Readonly<Record<Work, string>> = {
  lora: "LoRA: the weight stays frozen, and two thin matrices beside it are trained.",
  adalora: "AdaLoRA sets the least important directions to zero, so that rank goes to the matrices that need it most.",
  qlora: "QLoRA keeps the frozen weight in four bits. A and B are trained on top of it, in sixteen.",
  lorafa: "LoRA-FA leaves A at its random start and trains B alone.",
  loftq: "LoftQ rounds the weight, and A and B start as a low-rank repair of that rounding.",
  vera: "VeRA draws A and B once for all layers and freezes them. Each layer trains two thin vectors.",
  slora: "S-LoRA serves many adapters beside one base: each request has its own A and B.",
  rslora: "rsLoRA changes the scale alone: it divides by √r, so a step does not shrink as r grows.",
  dora: "DoRA trains each row’s length and its direction separately.",
  loraplus: "LoRA+ turns two dials: B learns faster than A.",
  galore: "GaLore has no second path. It trains the weight itself, with Adam’s means kept for a low-rank gradient.",
  pissa: "PiSSA moves the weight’s own first directions into A and B, and freezes what is left.",
  less: "A finding rather than a method: LoRA learned less than full fine-tuning here, and forgot less.",
  illusion: "A finding rather than a method: after LoRA some strong directions resemble none of the base’s.",
  regret: "A finding rather than a method: on every layer and at its own rate, LoRA kept up with full fine-tuning.",
};

/** What a work changes, for card and dock. */
export const said = (work: Work): string => sentences[work];
