import {type Entry, ledger} from "../../figures/ledger.ts";
import {panel} from "../../figures/panel.ts";
import {bytes, counted} from "../../figures/text/format.ts";
import {type Stack, stacks, stacksHeight} from "./figures/stacks.ts";
import {type Cost, type CostParams, type CostResult, controls} from "./model.ts";
import {FULL, PARTS, SUMS, shortName} from "./names.ts";

const WIDTH = 256;

/** The costs to compare, each with its name. */
export const sidesOf = ({full, chosen}: CostResult, params: CostParams): readonly (readonly [string, Cost])[] => [
  [FULL, full],
  ...(chosen ? [[shortName(params), chosen] as const] : []),
];

function barsOf(picture: Element, name: string, label: string, rows: readonly Stack[]) {
  const svg = panel(picture, name, {
    label: [label],
    width: WIDTH,
    // Room for two bars even if there is only one, so that nothing below moves.
    height: stacksHeight(2),
    alt: `${label}. ${rows.map(({name, total}) => `${name}: ${total}`).join("; ")}`,
  });
  stacks(svg, rows, {width: WIDTH});
}

/** Bars of the memory that training takes; for GPT-3 with marks at the sizes in the paper. */
export function memoryBars(picture: Element, result: CostResult, params: CostParams) {
  const {paper} = result;
  const {method, optimizer} = params;
  const marks = optimizer === "adam" && paper ? [paper["vram-ft"], method === "lora" ? paper["vram-lora"] : null] : [];
  const rows = sidesOf(result, params).map(([name, {memory, activations}], i): Stack => {
    const mark = marks[i];
    return {
      name,
      total: `${bytes(memory.total)} + ${bytes(activations)}`,
      segments: [
        ...PARTS.map(([part, what]) => ({name: part, value: memory[part], title: `${what}: ${bytes(memory[part])}`})),
        {name: "activations", value: activations, title: `Activations: ${bytes(activations)}`},
      ],
      mark: mark ? {value: mark.printed, label: `paper: ${bytes(mark.printed)}`} : undefined,
    };
  });
  barsOf(picture, "memory", "Memory while training + activations (dashed)", rows);
}

/** Bars of the disk space that the tasks take. */
export function storageBars(picture: Element, result: CostResult, params: CostParams) {
  const rows = sidesOf(result, params).map(([name, {storage, base, checkpoint}], i): Stack => {
    const title = `${counted(params.tasks, "checkpoint")} of ${bytes(checkpoint)}`;
    return {
      name,
      total: bytes(storage),
      segments: [
        {name: "weights", value: base, title: `The base model, once: ${bytes(base)}`},
        {name: i ? "added" : "weights", value: storage - base, title},
      ],
    };
  });
  barsOf(picture, "storage", `Storage of ${counted(params.tasks, "task")}`, rows);
}

/** The legend of the bars, with the size of each part. */
export function legendOf(picture: Element, result: CostResult, params: CostParams) {
  const sides = sidesOf(result, params);
  const names = ["Full", controls.method.options[params.method]].slice(0, sides.length);
  const line = (what: string, of: (cost: Cost) => number): string[] => [
    what,
    ...sides.map(([, cost]) => bytes(of(cost))),
  ];
  const entries: Entry[] = [
    ...PARTS.map(([part, what]) => ({swatch: part, cells: line(what, ({memory}) => memory[part])})),
    {cells: line(SUMS.without, ({memory}) => memory.total), sum: true},
    {swatch: "activations", cells: line("Activations", ({activations}) => activations)},
    {cells: line(SUMS.with, ({memory, activations}) => memory.total + activations), sum: true},
  ];
  ledger(picture, "memory", ["Memory", ...names], entries);
}
