import {derivation} from "../../figure/plot/derivation.ts";
import {bytes, count, counted, percent, whole} from "../../figure/plot/text/format.ts";
import {full as rest} from "../../figure/widget.ts";
import {drawCard} from "./bills.ts";
import {costDerivation} from "./derivation.ts";
import type {Cost, CostResult, controls} from "./model.ts";
import {against, FULL, instead, modelName, PARTS, SUMS, sidesOf, trainer} from "./names.ts";
import {legendOf, memoryBars, storageBars} from "./panels.ts";
import {paperComparison} from "./paperComparison.ts";

/** A remark that part of the saving comes from rounding, if frozen weights are rounded. */
const rounded = ({bits}: CostResult): string =>
  bits.weights < bits.trained
    ? `; full fine-tuning keeps ${bits.trained} bits, so part of the saving comes from rounding`
    : "";

export default rest<typeof controls, CostResult>({
  draw(picture, result, params, act, room) {
    if (room.size !== "full") return drawCard(picture, result, params, act, room);
    memoryBars(picture, result, params, room);
    storageBars(picture, result, params, room);
    legendOf(picture, result, params);
    paperComparison(picture, result);
    derivation(picture, "Formulas and assumptions", costDerivation(result, params));
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
});
