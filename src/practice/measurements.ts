/** Published measurements of memory beside our counts, for the table of the page. */
import measured from "../../content/practice/measured.json" with {type: "json"};
import {claim, printedSource} from "./claims.ts";
import {withOurCounts} from "./ourCounts.ts";

/** Why a measurement and our count differ, by its id. */
const WHY: Readonly<Record<string, string>> = {
  "torchtune-lora":
    "We count two dropout masks that Llama does not have, and torch.compile, which was on, keeps fewer values.",
  "torchtune-a6000":
    "The table does not say what differs from the row above. The run is faster, too, as it would be without checkpointing, so that is what we count here; torch.compile keeps fewer values.",
  "torchtune-qlora":
    "What we leave out matters more here: pieces of the scores over 128 thousand tokens, and the weights of one layer while they are unpacked to 16 bits.",
  "peft-fsdp":
    "FSDP gathers whole layers, and the next ones before they are needed; the guide does not list what else was in memory. If your GPUs split the base, leave a third free.",
  "qlora-base":
    "The authors may keep parts in 32 bits that we count in 16, such as the embedding. The paper does not say.",
};

/** The measurements with our counts, their scopes and sources, and why the two differ. */
export const measurements = withOurCounts(measured).map(({id, claim: name, ...rest}) => ({
  ...rest,
  id,
  scope: claim(name).scope,
  source: printedSource(claim(name)),
  why: WHY[id] ?? "",
}));
