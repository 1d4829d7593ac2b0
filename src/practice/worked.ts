import {caseAddress, caseOf, type RawCase} from "./cases.ts";
import {fitOf, memory} from "./memory.ts";
import {loraSettings} from "./settings.ts";
import {memoryText, rate} from "./words.ts";

/** A case worked out on the page. */
interface Worked {
  title: string;
  raw: RawCase;
  why: string;
}

const CASES: readonly Worked[] = [
  {
    title: "A 7B model learns to answer in your style, on one GPU of 24 GB",
    raw: {model: "7b"},
    why: "The weights take nearly all the memory. Rank 64 would add 1.9 GB and still fit; rank 256 would add 9.6 GB and would not. In 4 bits there would be room for longer examples.",
  },
  {
    title: "A 70B model on one GPU of 48 GB, with a 4-bit base",
    raw: {model: "70b", base: "nf4", card: "48"},
    why: "QLoRA halved the rate for its large models. What we do not count may push this over the limit, so be ready to shorten the examples.",
  },
  {
    title: "A 1B model and 300 examples",
    raw: {model: "1b", examples: "300", card: "8"},
    why: "A model soon learns 300 examples by heart. Watch the loss on examples that you kept aside, and expect it to be lowest early.",
  },
  {
    title: "A style for SDXL from twenty images",
    raw: {model: "sdxl", examples: "20"},
    why: "These are the defaults of the scripts; we found no measurement. Look at samples during the run.",
  },
  {
    title: "Reinforcement learning on mathematics, with an 8B model",
    raw: {task: "rl", tokens: "2048", card: "80"},
    why: "A reward carries little information, so a small rank is enough. The answers are long, so their keys and values take memory while the model writes them.",
  },
];

/** The cases with their addresses and what they come to. */
export const worked = CASES.map(({title, raw, why}) => {
  const {one} = caseOf(raw);
  const {r, alpha, rates} = loraSettings(one);
  const racks = memory(one);
  // Of images the activations are not counted, so whether it fits is not known.
  const fit = one.task === "images" ? undefined : fitOf(one, racks);
  const without = fit ? "" : " without activations";
  const comes = `rank ${r}, α = ${alpha}, rate ${rate(rates[1])}, ${memoryText(racks.total)}${without}`;
  return {title, why, comes, fit, address: `?${caseAddress(one)}`};
});
