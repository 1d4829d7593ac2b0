import measured from "../../../content/practice/measured.json" with {type: "json"};
import {compared} from "../../answers/practice/compared.ts";
import {claim, printedSource} from "./claims.ts";

/** Why a measurement and our count differ. */
const WHY: Readonly<Record<string, string>> = {
  "torchtune-lora":
    "We count two masks of dropout that Llama does not have, and the compiler that was used keeps fewer values; it did not have to hold an adapter on keys.",
  "torchtune-qlora":
    "What we leave out weighs more here: pieces of the scores over a vocabulary of 128 thousand, and the weights of a layer while they are in 16 bits.",
  "qlora-base": "They may hold parts in 32 bits that we count in 16, such as the embedding. The paper does not say.",
};

/** Published measurements beside our count, each with its settings and source. */
export const measurements = compared(measured).map(({id, claim: name, ...rest}) => ({
  ...rest,
  id,
  scope: claim(name).scope,
  source: printedSource(claim(name)),
  why: WHY[id] ?? "",
}));
