import {bytes, counted} from "../../figure/plot/text/format.ts";
import {card} from "../../figure/widget.ts";
import {drawCard} from "./bills.ts";
import {bounds, type Cost, type CostParams, type CostResult, compute, controls} from "./model.ts";
import {shortName} from "./names.ts";

/** Memory of one card in bytes, for the challenge. */
const CARD = 40e9;

export default card({
  title: "What does it cost to fine-tune this model?",
  guide:
    "Choose a model and a method; the other settings are under More. “Formulas and assumptions” says what each word means and how it is counted.",
  sources: [
    "Hu et al. 2021, §4.2, §5.1 and Table 4",
    "Korthikanti et al. 2022, §4.1",
    "Dao et al. 2022",
    "Dettmers et al. 2023, §3",
  ],
  controls,
  bounds,
  compute,
  main: ["optimizer", "batch"],
  draw: drawCard,
  full: () => import("./full.ts"),
  says(result, params) {
    const {full, chosen, model} = result;
    const name = params.model === "custom" ? "this GPT" : model.name;
    const memory = ({memory, activations}: Cost) => bytes(memory.total + activations);
    const tasks = `${counted(params.tasks, "task")} ${params.tasks === 1 ? "takes" : "take"}`;
    if (!chosen)
      return `Training all of ${name} takes ${memory(full)} of memory, and ${tasks} ${bytes(full.storage)} on disk.`;
    const method = shortName(params).replace(" = ", "\u00a0=\u00a0");
    return `Training ${name} takes ${memory(full)} of memory, or ${memory(chosen)} with ${method}. On disk, ${tasks} ${bytes(full.storage)}, or ${bytes(chosen.storage)}.`;
  },
  provenance: () => ({kind: "estimate", text: "from published shapes"}),
  challenge: {
    text: "fit Llama 2 70B with its activations into the 40 GB of one card. Under More, give the frozen weights fewer bits, then shorten the sequences.",
    met: ({chosen}: CostResult, {model}: CostParams) =>
      model === "llama2-70b" && !!chosen && chosen.memory.total + chosen.activations <= CARD,
  },
});
