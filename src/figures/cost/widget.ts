/** What fine-tuning costs in memory and on disk: the picture, its words and its numbers. */
import {figure} from "../../figure/declare.ts";
import {derivation} from "../../figure/plot/derivation.ts";
import type {Box, Drawing} from "../../figure/plot/picture.ts";
import {bytesText, counted, countText, percent, significant, whole} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {costDerivation} from "./derivation.ts";
import {bookshelf} from "./drawing/bookshelf.ts";
import {type Segment, type Strip, strips} from "./drawing/strips.ts";
import {
  bounds,
  boxesOf,
  CARD_BYTES,
  type Cost,
  type CostParams,
  type CostResult,
  compute,
  controls,
  sumOf,
} from "./model.ts";
import {
  comparisonText,
  FULL_NAME,
  insteadOf,
  methodSubject,
  modelName,
  PARTS,
  SUMS,
  shortName,
  sidesOf,
} from "./names.ts";
import {paperComparison} from "./paperComparison.ts";

/** Memory of one card in bytes, for the challenge. */
const SMALL_CARD_BYTES = 40e9;

/** What training keeps in memory: from the weights, which stay, to the activations, which change with each batch. */
function segmentsOf({memory, activations}: Cost, isFull: boolean): Segment[] {
  const {weights, added, gradients, moments} = memory;
  const one = (name: string, value: number, look: Segment["look"]) => ({name, value, look, size: bytesText(value)});
  return [
    one("weights", weights, {tone: "w0"}),
    ...(isFull
      ? [one("gradients", gradients, {tone: "dw"}), one("Adam’s two means", moments, {tone: "dw", strength: "1"})]
      : [one("trained", added + gradients + moments, {tone: "dw"})]),
    one("activations", activations, {tone: "x", strength: "1"}),
  ];
}

/** The drawing of the memory that full fine-tuning and the chosen method fill, one above the other. */
function memoryStrips(result: CostResult, params: CostParams): Drawing {
  const {paper, full} = result;
  const {box, places} = boxesOf(params);
  const marks =
    params.optimizer === "adam" && paper
      ? [paper["vram-ft"], params.method === "lora" ? paper["vram-lora"] : undefined]
      : [];
  const all = sidesOf(result, params).map(([name, cost], i): Strip => {
    const mark = marks[i];
    const sum = sumOf(cost);
    const n = Math.ceil(sum / box);
    const isLess = i > 0 && sum < sumOf(full);
    return {
      name,
      sumText: `${box === CARD_BYTES ? counted(n, "card") : `${whole(n)} box${n === 1 ? "" : "es"}`}, ${bytesText(sum)}`,
      segments: segmentsOf(cost, !i),
      ...(mark && {
        mark: {value: mark.printed, label: `paper: ${bytesText(mark.printed)}`},
      }),
      ...(isLess && {answer: [`${significant(sumOf(full) / sum, 2)}×`, "less"]}),
    };
  });
  const label = `Memory while training, in ${box === CARD_BYTES ? `${bytesText(CARD_BYTES)} cards` : `boxes of ${bytesText(box)}`}`;
  return {
    name: "memory-strips",
    label: [label],
    alt: `${label}. ${all.map(({name, sumText}) => `${name}: ${sumText}`).join("; ")}.`,
    height: {narrow: 276, mid: 292, wide: 320},
    isElastic: true,
    draw: (g, sheet) => strips(g, all, {piece: box, count: places}, sheet),
  };
}

/** The drawing of the disk space of all tasks: tuned copies as books on a shelf, and below them one base with a slip of paper for each task. */
function tasksShelf({full, chosen, paper}: CostResult, {tasks, method}: CostParams, act: Act): Drawing {
  const isPrinted = paper && tasks === 100;
  const copies = `${counted(tasks, "tuned copy").replace("copys", "copies")}: ${bytesText(full.storage)}${isPrinted ? ` (paper: ${bytesText(paper["hundred-models-ft"].printed)})` : ""}`;
  const slips = chosen
    ? `One base and ${counted(tasks, "slip")}: ${bytesText(chosen.storage)}${isPrinted && method === "lora" ? ` (paper: ${bytesText(paper["hundred-models-lora"].printed)})` : ""}`
    : "";
  const isLess = chosen && full.storage > 1.05 * chosen.storage;
  return {
    name: "tasks-shelf",
    label: [`${counted(tasks, "task")} to scale: drag across the copies. Violet is what training changed.`],
    alt: [copies, slips].filter(Boolean).join(". "),
    height: {narrow: 270, mid: 290, wide: 330},
    isElastic: true,
    draw: (g, sheet) =>
      bookshelf(
        g,
        {
          tasks,
          copy: full.checkpoint,
          base: chosen?.base ?? 0,
          slip: chosen?.checkpoint ?? 0,
          words: [copies, slips],
          slipsInBook: chosen ? whole(Number((chosen.base / chosen.checkpoint).toPrecision(2))) : "",
          ...(isLess && {
            answer: [`${significant(full.storage / chosen.storage, 2)}×`, "less"],
          }),
          onDrag: (tasks) => act.set({tasks}),
        },
        sheet,
      ),
  };
}

/** How our numbers are computed; for GPT-3 also the paper's numbers beside ours. */
const foundations = (result: CostResult, params: CostParams): Box[] => {
  const {paper, counts, parameters} = result;
  const compared: Box[] =
    paper && counts ? [{name: "compared", html: (box) => paperComparison(box, paper, counts, parameters)}] : [];
  const list = costDerivation(result, params);
  return [...compared, {name: "formulas", html: (box) => derivation(box, "Formulas and assumptions", list)}];
};

/** The card's sentence: what the picture shows. */
function cardSentence(result: CostResult, params: CostParams): string {
  const {full, chosen} = result;
  const {tasks, show, method} = params;
  const name = params.model === "custom" ? "this GPT" : result.model.name;
  const chosenName = shortName(params).replace(" = ", "\u00a0=\u00a0");
  const nothingToTrain = method === "bitfit" && !chosen ? "; it has no biases, so BitFit has nothing to train" : "";
  if (show === "disk") {
    const copies = `On disk, ${counted(tasks, "task")} ${tasks === 1 ? "takes" : "take"} ${bytesText(full.storage)} as ${tasks === 1 ? "a copy" : "copies"} of ${name}`;
    return chosen
      ? `${copies}, or ${bytesText(chosen.storage)} as one base and a file of ${bytesText(chosen.checkpoint)} each.`
      : `${copies}${nothingToTrain}.`;
  }
  const needs = `Training ${chosen ? "" : "all of "}${name} takes ${bytesText(sumOf(full))} of memory`;
  if (!chosen) return `${needs}${nothingToTrain}.`;
  const share = chosen.activations / sumOf(chosen);
  return share < 0.5
    ? `${needs}, or ${bytesText(sumOf(chosen))} with ${chosenName}.`
    : `${needs}, and still ${bytesText(sumOf(chosen))} with ${chosenName}: ${percent(share)} of that is activations.`;
}

/** The remark that part of the saving comes from rounding; empty if frozen weights are not rounded. */
const roundingRemark = ({bits}: CostResult): string =>
  bits.weights < bits.trained
    ? `; full fine-tuning keeps ${bits.trained} bits, so part of the saving comes from rounding`
    : "";

/** What the full size adds: what memory and disk take. */
function furtherSentence(result: CostResult, params: CostParams): string {
  const {full, chosen, parameters} = result;
  const tasks = `${counted(params.tasks, "task")} ${params.tasks === 1 ? "takes" : "take"}`;
  const load = `${counted(params.batch, "text")} of ${counted(params.tokens, "token")}`;
  if (chosen)
    return `${methodSubject(params)} trains ${whole(chosen.trained)} of the ${whole(parameters)} parameters of ${modelName(result, params)}: weights, gradients and optimizer states take ${bytesText(chosen.memory.total)}${insteadOf(full.memory.total, chosen.memory.total)} in full fine-tuning, and ${tasks} ${bytesText(chosen.storage)} of disk${insteadOf(full.storage, chosen.storage)} in full copies${roundingRemark(result)}; activations come on top: ${bytesText(chosen.activations)} for ${load}${insteadOf(full.activations, chosen.activations)}.`;
  return `${FULL_NAME} trains all ${whole(parameters)} parameters of ${modelName(result, params)}: weights, gradients and optimizer states take ${bytesText(full.memory.total)}, and ${tasks} ${bytesText(full.storage)} of disk; activations, ${bytesText(full.activations)} for ${load}, come on top.`;
}

export default figure<typeof controls, CostResult>({
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
  main: ["optimizer", "batch", "tasks"],
  picture(result, params, act, size) {
    const part = params.show === "memory" ? memoryStrips(result, params) : tasksShelf(result, params, act);
    return {parts: [part, ...(size === "full" ? foundations(result, params) : [])]};
  },
  says: (result, params) => [cardSentence(result, params), furtherSentence(result, params)],
  readouts({full, chosen, parameters}, {tasks}) {
    const {trained, memory, activations, checkpoint, storage} = chosen ?? full;
    return [
      {
        label: ["Trained parameters"],
        value: whole(trained),
        note: `${percent(trained / parameters)} of ${countText(parameters)}`,
      },
      {
        label: ["Memory without activations"],
        value: bytesText(memory.total),
        note: chosen && comparisonText(full.memory.total, memory.total),
      },
      {
        label: [SUMS.with],
        value: bytesText(memory.total + activations),
        note: chosen && comparisonText(full.memory.total + full.activations, memory.total + activations),
      },
      {label: ["Checkpoint of a task"], value: bytesText(checkpoint), note: counted(checkpoint, "byte")},
      {
        label: [`Storage of ${counted(tasks, "task")}`],
        value: bytesText(storage),
        note: chosen && comparisonText(full.storage, storage),
      },
    ];
  },
  table(result, params) {
    const sides = sidesOf(result, params);
    const row = (what: string, of: (cost: Cost) => number, shown = bytesText) => [
      what,
      ...sides.flatMap(([, cost]) => [shown(of(cost)), whole(of(cost))]),
    ];
    return {
      caption: `Cost of fine-tuning ${modelName(result, params)}, and of ${counted(params.tasks, "task")}`,
      columns: ["Cost", ...sides.flatMap(([name]) => [name, "exactly"])],
      rows: [
        row("Trained parameters", ({trained}) => trained, countText),
        ...PARTS.map(([part, what]) => row(what, ({memory}) => memory[part])),
        row(SUMS.without, ({memory}) => memory.total),
        row("Activations", ({activations}) => activations),
        row(SUMS.with, sumOf),
        row("Checkpoint", ({checkpoint}) => checkpoint),
        row("Storage", ({storage}) => storage),
      ],
    };
  },
  source: () => ({kind: "estimate", text: "from published shapes"}),
  challenge: {
    text: "fit Llama 2 70B with its activations into the 40 GB of one card. Under More, give the frozen weights fewer bits, then shorten the texts.",
    met: ({chosen}, {model}) => model === "llama2-70b" && !!chosen && sumOf(chosen) <= SMALL_CARD_BYTES,
  },
});
