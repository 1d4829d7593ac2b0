import {grounds} from "../../figures/grounds.ts";
import {bytes, count, counted, percent, whole} from "../../figures/text/format.ts";
import {widget} from "../../shell/widget.ts";
import {racks, tasksShelf} from "./bills.ts";
import {groundsOf} from "./grounds.ts";
import {bounds, type Cost, type CostParams, type CostResult, compute, controls} from "./model.ts";
import {against, FULL, instead, modelName, PARTS, SUMS, shortName, trainer} from "./names.ts";
import {legendOf, memoryBars, sidesOf, storageBars} from "./panels.ts";
import {paperComparison} from "./paperComparison.ts";

/** Memory of one card in bytes, for the challenge. */
const CARD = 40e9;

/** A remark that part of the saving comes from rounding, if frozen weights are rounded. */
const rounded = ({bits}: CostResult): string =>
  bits.weights < bits.trained
    ? `; full fine-tuning keeps ${bits.trained} bits, so part of the saving comes from rounding`
    : "";

export default widget({
  title: "What does it cost to fine-tune this model?",
  guide:
    "Choose a model and a method; the rest is under More. Formulas and assumptions says what each word means and how it is counted.",
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
  draw(picture, result, params, act, room) {
    if (room.size !== "full") {
      racks(picture, result, params, room);
      if (room.size === "card") tasksShelf(picture, result, params, act, room);
      return;
    }
    memoryBars(picture, result, params, room);
    storageBars(picture, result, params, room);
    legendOf(picture, result, params);
    paperComparison(picture, result);
    grounds(picture, "Formulas and assumptions", groundsOf(result, params));
  },
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
  summary(result, params) {
    const {full, chosen, parameters} = result;
    const tasks = `${counted(params.tasks, "task")} ${params.tasks === 1 ? "takes" : "take"}`;
    const load = `${counted(params.batch, "sequence")} of ${counted(params.tokens, "token")}`;
    if (chosen)
      return `${trainer(params)} trains ${whole(chosen.trained)} of the ${whole(parameters)} parameters of ${modelName(result, params)}: weights, gradients and optimizer states take ${bytes(chosen.memory.total)}${instead(full.memory.total, chosen.memory.total)} in full fine-tuning, and ${tasks} ${bytes(chosen.storage)} of disk${instead(full.storage, chosen.storage)} in full copies${rounded(result)}. Activations come on top: ${bytes(chosen.activations)} for ${load}${instead(full.activations, chosen.activations)}.`;
    const nothing =
      params.method === "full" ? "" : `${result.model.name} has no biases, so BitFit has nothing to train. `;
    return `${nothing}${FULL} trains all ${whole(parameters)} parameters of ${modelName(result, params)}: weights, gradients and optimizer states take ${bytes(full.memory.total)}, and ${tasks} ${bytes(full.storage)} of disk${nothing ? `; activations add ${bytes(full.activations)}.` : `. Activations, ${bytes(full.activations)} for ${load}, come on top.`}`;
  },
  readouts({full, chosen, parameters}, {tasks}) {
    const {trained, memory, activations, checkpoint, storage} = chosen ?? full;
    return [
      {
        label: ["Trained parameters"],
        value: whole(trained),
        note: `${percent(trained / parameters)} of ${count(parameters)}`,
      },
      {
        label: ["Memory without activations"],
        value: bytes(memory.total),
        note: chosen && against(full.memory.total, memory.total),
      },
      {
        label: [SUMS.with],
        value: bytes(memory.total + activations),
        note: chosen && against(full.memory.total + full.activations, memory.total + activations),
      },
      {label: ["Checkpoint of a task"], value: bytes(checkpoint), note: counted(checkpoint, "byte")},
      {
        label: [`Storage of ${counted(tasks, "task")}`],
        value: bytes(storage),
        note: chosen && against(full.storage, storage),
      },
    ];
  },
  table(result, params) {
    const sides = sidesOf(result, params);
    const row = (what: string, of: (cost: Cost) => number, shown = bytes) => [
      what,
      ...sides.flatMap(([, cost]) => [shown(of(cost)), whole(of(cost))]),
    ];
    return {
      caption: `Cost of fine-tuning ${modelName(result, params)}, and of ${counted(params.tasks, "task")}`,
      columns: ["Cost", ...sides.flatMap(([name]) => [name, "exactly"])],
      rows: [
        row("Trained parameters", ({trained}) => trained, count),
        ...PARTS.map(([part, what]) => row(what, ({memory}) => memory[part])),
        row(SUMS.without, ({memory}) => memory.total),
        row("Activations", ({activations}) => activations),
        row(SUMS.with, ({memory, activations}) => memory.total + activations),
        row("Checkpoint", ({checkpoint}) => checkpoint),
        row("Storage", ({storage}) => storage),
      ],
    };
  },
  provenance: () => ({kind: "estimate", text: "from published shapes"}),
  challenge: {
    text: "bring Llama 2 70B with activations down to 40 GB, one card: under More, give frozen weights fewer bits, then shorten the sequences.",
    met: ({chosen}: CostResult, {model}: CostParams) =>
      model === "llama2-70b" && !!chosen && chosen.memory.total + chosen.activations <= CARD,
  },
});
