/** The figure of what fine-tuning costs in memory and on disk: its picture, sentences, readouts and table. */
import {figure} from "../../figure/declare.ts";
import {derivation} from "../../figure/plot/derivation.ts";
import type {Box, Drawing} from "../../figure/plot/picture.ts";
import {bytesText, counted, countText, percent, significant, whole} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {drawBookshelf} from "./bookshelf.ts";
import {costDerivation} from "./derivation.ts";
import {
  bounds,
  boxesOf,
  CARD_BYTES,
  type Cost,
  type CostParams,
  type CostResult,
  compute,
  controls,
  totalMemory,
} from "./model.ts";
import {drawStrips, type Segment, type Strip} from "./strips.ts";

/** The memory of a smaller card in bytes, for the challenge. */
const SMALL_CARD_BYTES = 40e9;

/** The method with which all others are compared. */
const FULL_NAME = "Full fine-tuning";

/** "LoRA, r = 4": short enough for the name of a bar. */
function shortName({method, r}: CostParams): string {
  const name = controls.method.options[method];
  return method === "lora" || method === "adapters" ? `${name}, r\u00a0=\u00a0${whole(r)}` : name;
}

/** "GPT-3 175B", or a description of a custom model. */
const modelName = ({model}: CostResult, params: CostParams): string =>
  params.model === "custom"
    ? `a GPT of width ${whole(model.dModel)} and ${counted(model.layers, "layer")}`
    : model.name;

/** The costs to compare, each with its name. */
const sidesOf = ({full, chosen}: CostResult, params: CostParams): readonly (readonly [string, Cost])[] => [
  [FULL_NAME, full],
  ...(chosen ? [[shortName(params), chosen] as const] : []),
];

/** How many times less it is than with full fine-tuning, to be written large; undefined if it is not clearly less. */
const lessText = (full: number, chosen: number): readonly [string, string] | undefined =>
  full > 1.05 * chosen ? [`${significant(full / chosen, 2)}×`, "less"] : undefined;

/** What training keeps in memory: from the weights, which stay, to the activations, which change with each batch. */
function segmentsOf({memory, activations}: Cost, isFull: boolean): Segment[] {
  const {weights, added, gradients, moments} = memory;
  const segment = (name: string, value: number, look: Segment["look"]) => ({
    name,
    value,
    look,
    valueText: bytesText(value),
  });
  return [
    segment("weights", weights, {tone: "w0"}),
    ...(isFull
      ? [
          segment("gradients", gradients, {tone: "dw"}),
          segment("Adam’s two means", moments, {tone: "dw", strength: "1"}),
        ]
      : [segment("trained", added + gradients + moments, {tone: "dw"})]),
    segment("activations", activations, {tone: "x", strength: "1"}),
  ];
}

/** The memory that full fine-tuning and the chosen method fill, one above the other. */
function memoryStrips(result: CostResult, params: CostParams): Drawing {
  const {paper, full} = result;
  const {boxBytes, count} = boxesOf(params);
  const printedTotals =
    params.optimizer === "adam" && paper
      ? [paper["vram-ft"], params.method === "lora" ? paper["vram-lora"] : undefined]
      : [];
  const strips = sidesOf(result, params).map(([name, cost], i): Strip => {
    const printedTotal = printedTotals[i];
    const sum = totalMemory(cost);
    const filledCount = Math.ceil(sum / boxBytes);
    return {
      name,
      sumText: `${boxBytes === CARD_BYTES ? counted(filledCount, "card") : `${whole(filledCount)} box${filledCount === 1 ? "" : "es"}`}, ${bytesText(sum)}`,
      segments: segmentsOf(cost, !i),
      mark: printedTotal === undefined ? undefined : {value: printedTotal, label: `paper: ${bytesText(printedTotal)}`},
      answer: lessText(totalMemory(full), sum),
    };
  });
  const label = `Memory while training, in ${boxBytes === CARD_BYTES ? `${bytesText(CARD_BYTES)} cards` : `boxes of ${bytesText(boxBytes)}`}`;
  return {
    name: "memory-strips",
    label: [label],
    alt: `${label}. ${strips.map(({name, sumText}) => `${name}: ${sumText}`).join("; ")}.`,
    height: {narrow: 272, mid: 256, wide: 256},
    isElastic: true,
    draw: (g, sheet) => drawStrips(g, strips, {boxValue: boxBytes, count}, sheet),
  };
}

/** The disk space of all tasks: tuned copies as books on a shelf, and below them one base with a slip of paper for each task. */
function tasksShelf({full, chosen, paper}: CostResult, {tasks, method}: CostParams, act: Act): Drawing {
  const printedText = (id: "hundred-models-ft" | "hundred-models-lora") =>
    paper && tasks === 100 ? ` (paper: ${bytesText(paper[id])})` : "";
  const copies = `${whole(tasks)} tuned ${tasks === 1 ? "copy" : "copies"}: ${bytesText(full.storage)}${printedText("hundred-models-ft")}`;
  const slips = chosen
    ? `One base and ${counted(tasks, "slip")}: ${bytesText(chosen.storage)}${method === "lora" ? printedText("hundred-models-lora") : ""}`
    : "";
  return {
    name: "tasks-shelf",
    label: [`${counted(tasks, "task")} to scale: drag across the copies. Violet is what training changed.`],
    alt: [copies, slips].filter(Boolean).join(". "),
    height: {narrow: 270, mid: 290, wide: 330},
    isElastic: true,
    draw: (g, sheet) =>
      drawBookshelf(
        g,
        {
          tasks,
          copySize: full.checkpoint,
          baseSize: chosen?.base ?? 0,
          slipSize: chosen?.checkpoint ?? 0,
          words: [copies, slips],
          slipsInBase: chosen ? whole(Number((chosen.base / chosen.checkpoint).toPrecision(2))) : "",
          answer: chosen && lessText(full.storage, chosen.storage),
          onDrag: (count) => act.set({tasks: count}),
        },
        sheet,
      ),
  };
}

/** How the numbers of the chosen method are computed. */
const formulas = (result: CostResult, params: CostParams): Box => ({
  name: "formulas",
  html: (box) => derivation(box, "Formulas and assumptions", costDerivation(result, params)),
});

/** The card's sentence: what training takes in memory, or all tasks on disk. */
function cardSentence(result: CostResult, params: CostParams): string {
  const {full, chosen} = result;
  const {tasks, show, method} = params;
  const name = params.model === "custom" ? "this GPT" : result.model.name;
  const nothingToTrain = method === "bitfit" && !chosen ? "; it has no biases, so BitFit has nothing to train" : "";
  if (show === "disk") {
    const copies = `On disk, ${counted(tasks, "task")} ${tasks === 1 ? "takes" : "take"} ${bytesText(full.storage)} as ${tasks === 1 ? "a copy" : "copies"} of ${name}`;
    return chosen
      ? `${copies}, or ${bytesText(chosen.storage)} as one base and a file of ${bytesText(chosen.checkpoint)} each.`
      : `${copies}${nothingToTrain}.`;
  }
  const memoryText = `Training ${chosen ? "" : "all of "}${name} takes ${bytesText(totalMemory(full))} of memory`;
  if (!chosen) return `${memoryText}${nothingToTrain}.`;
  const share = chosen.activations / totalMemory(chosen);
  return share < 0.5
    ? `${memoryText}, or ${bytesText(totalMemory(chosen))} with ${shortName(params)}.`
    : `${memoryText}, and still ${bytesText(totalMemory(chosen))} with ${shortName(params)}: ${percent(share)} of that is activations.`;
}

/** The sentence that Explore adds: what is trained, and on what. */
function furtherSentence(result: CostResult, params: CostParams): string {
  const {chosen, parameters, bits} = result;
  const name = modelName(result, params);
  const load = `activations are those of ${counted(params.batch, "text")} of ${counted(params.tokens, "token")}`;
  if (!chosen) return `All ${whole(parameters)} parameters of ${name} are trained; ${load}.`;
  const rounding =
    bits.weights < bits.trained
      ? `; full fine-tuning keeps ${bits.trained} bits, so part of the saving comes from rounding`
      : "";
  return `With ${shortName(params)}, ${whole(chosen.trained)} of the ${whole(parameters)} parameters of ${name} are trained${rounding}; ${load}.`;
}

/** The sizes in the table. */
const SIZES: readonly (readonly [name: string, of: (cost: Cost) => number])[] = [
  ["Weights", ({memory}) => memory.weights],
  ["Added parameters", ({memory}) => memory.added],
  ["Gradients", ({memory}) => memory.gradients],
  ["Optimizer states", ({memory}) => memory.moments],
  ["Memory without activations", ({memory}) => memory.total],
  ["Activations", ({activations}) => activations],
  ["With activations", totalMemory],
  ["Checkpoint of a task", ({checkpoint}) => checkpoint],
  ["Storage of all tasks", ({storage}) => storage],
];
/** The sizes that are readouts too. */
const READOUT_SIZES = [
  "Memory without activations",
  "With activations",
  "Checkpoint of a task",
  "Storage of all tasks",
];

export default figure<typeof controls, CostResult>({
  title: "What does it cost to fine-tune this model?",
  guide:
    "Choose a model and a method; the other settings are under More. “Formulas and assumptions” says what each word means and how it is counted.",
  sources: [
    "Hu et al. 2021, §4.2 and §5.1",
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
    return {parts: [part, ...(size === "full" ? [formulas(result, params)] : [])]};
  },
  says: (result, params) => [cardSentence(result, params), furtherSentence(result, params)],
  readouts({full, chosen, parameters}) {
    const shown = chosen ?? full;
    return [
      {
        label: ["Trained parameters"],
        value: whole(shown.trained),
        note: `${percent(shown.trained / parameters)} of ${countText(parameters)}`,
      },
      ...SIZES.filter(([name]) => READOUT_SIZES.includes(name)).map(([name, of]) => ({
        label: [name],
        value: bytesText(of(shown)),
        note: chosen && `full fine-tuning: ${bytesText(of(full))}`,
      })),
    ];
  },
  table(result, params) {
    const sides = sidesOf(result, params);
    return {
      caption: `Cost of fine-tuning ${modelName(result, params)}, and of ${counted(params.tasks, "task")}`,
      columns: ["Cost", ...sides.flatMap(([name]) => [name, "exactly"])],
      rows: [
        ["Trained parameters", ...sides.flatMap(([, {trained}]) => [countText(trained), whole(trained)])],
        ...SIZES.map(([name, of]) => [name, ...sides.flatMap(([, cost]) => [bytesText(of(cost)), whole(of(cost))])]),
      ],
    };
  },
  source: () => ({kind: "estimate", text: "from published shapes"}),
  challenge: {
    text: "fit Llama 2 70B with its activations into the 40 GB of one card. Under More, give the frozen weights fewer bits, then shorten the texts.",
    met: ({chosen}, {model}) => model === "llama2-70b" && !!chosen && totalMemory(chosen) <= SMALL_CARD_BYTES,
  },
});
