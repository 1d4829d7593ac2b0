import measured from "../../../content/practice/measured.json" with {type: "json"};
import {compared} from "../../answers/practice/compared.ts";
import {claim, printedSource} from "./claims.ts";

/** Why a measurement and our count differ. */
const WHY: Readonly<Record<string, string>> = {
  "torchtune-lora":
    "We count two dropout masks that Llama does not have, and torch.compile, which was on, keeps fewer values.",
  "torchtune-qlora":
    "What we leave out matters more here: pieces of the scores over 128 thousand tokens, and the weights of one layer while they are unpacked to 16 bits.",
  "qlora-base":
    "The authors may keep parts in 32 bits that we count in 16, such as the embedding. The paper does not say.",
};

/** Published measurements beside our count, each with its settings and source. */
export const measurements = compared(measured).map(({id, claim: name, ...rest}) => ({
  ...rest,
  id,
  scope: claim(name).scope,
  source: printedSource(claim(name)),
  why: WHY[id] ?? "",
}));
