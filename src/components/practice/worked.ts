import {addressOf, caseOf, type Raw} from "../../answers/practice/cases.ts";
import {fitOf, memory} from "../../answers/practice/memory.ts";
import {settingsOf} from "../../answers/practice/settings.ts";
import {rate, size} from "../../answers/practice/words.ts";

/** A case worked out on the page. */
interface Worked {
  title: string;
  raw: Raw;
  why: string;
}

const CASES: readonly Worked[] = [
  {
    title: "A 7B model learns to answer in your style, on one card of 24 GB",
    raw: {model: "7b"},
    why: "The weights take nearly all the memory, so the rank hardly matters for it. A 16-bit base fits, and a 4-bit one would leave room for longer examples.",
  },
  {
    title: "A 70B model on one card of 48 GB, with a 4-bit base",
    raw: {model: "70b", base: "nf4", card: "48"},
    why: "Large models get half the rate. It is a tight fit: what we do not count may push it over, so have shorter examples ready.",
  },
  {
    title: "A 1B model and 300 examples",
    raw: {model: "1b", examples: "300", card: "8"},
    why: "So few examples are learned by heart soon. Watch the loss on examples kept aside, and expect the best moment early.",
  },
  {
    title: "A style for SDXL from twenty images",
    raw: {model: "sdxl", examples: "20"},
    why: "Here the advice is what the scripts start with; we found no measurement. Look at samples on the way.",
  },
  {
    title: "Reinforcement learning on mathematics, with an 8B model",
    raw: {task: "rl", tokens: "2048", card: "80"},
    why: "A reward says little, so a small rank is plenty. The answers are long, and writing them takes memory that we do not count.",
  },
];

/** The cases with their addresses and what they come to. */
export const worked = CASES.map(({title, raw, why}) => {
  const {one} = caseOf(raw);
  const {r, alpha, rates} = settingsOf(one);
  const racks = memory(one);
  // Of images the activations are not counted, so whether it fits is not known.
  const fit = one.task === "images" ? undefined : fitOf(one, racks);
  const without = fit ? "" : " without activations";
  const comes = `rank ${r}, α = ${alpha}, rate ${rate(rates[1])}, ${size(racks.total)}${without}`;
  return {title, why, comes, fit, address: `?${addressOf(one)}`};
});
