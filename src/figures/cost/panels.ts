import {chart} from "../../figure/plot/chart.ts";
import {type LegendRow, legendTable} from "../../figure/plot/legendTable.ts";
import type {Room} from "../../figure/plot/room.ts";
import {bytes, counted, times} from "../../figure/plot/text/format.ts";
import {type Stack, stacks, stacksHeight} from "./drawing/stacks.ts";
import {type Cost, type CostParams, type CostResult, controls} from "./model.ts";
import {PARTS, SUMS, sidesOf} from "./names.ts";

interface Bars {
  label: string;
  nominal: number;
  /** Height of a bar in a picture of this width. */
  bar(width: number): number;
  marked: boolean;
}

function barsOf(
  picture: Element,
  room: Room,
  name: string,
  {label, nominal, bar, marked}: Bars,
  rows: readonly Stack[],
) {
  const {g, width} = chart(picture, name, room, {
    label: [label],
    nominal,
    // Room for two bars even if there is only one, so that nothing below moves.
    height: (width) => stacksHeight(2, {bar: bar(width), marked}),
    alt: `${label}. ${rows.map(({name, total}) => `${name}: ${total}`).join("; ")}`,
  });
  stacks(g, rows, {width, bar: bar(width), marked});
}

/** Bars of the memory that training takes; for GPT-3 with marks at the sizes in the paper. */
export function memoryBars(picture: Element, result: CostResult, params: CostParams, room: Room) {
  const {paper, full} = result;
  const {method, optimizer} = params;
  const marks = optimizer === "adam" && paper ? [paper["vram-ft"], method === "lora" ? paper["vram-lora"] : null] : [];
  const all = full.memory.total + full.activations;
  const rows = sidesOf(result, params).map(([name, {memory, activations}], i): Stack => {
    const mark = marks[i];
    const sum = memory.total + activations;
    const parts = [...PARTS.map(([part, what]) => [part, what, memory[part]] as const)];
    return {
      name,
      total: `${bytes(memory.total)} + ${bytes(activations)}`,
      segments: [...parts, ["activations", "Activations", activations] as const].map(([part, what, value]) => ({
        name: part,
        value,
        title: `${what}: ${bytes(value)}`,
        lines: [what, bytes(value)],
      })),
      mark: mark ? {value: mark.printed, label: `paper: ${bytes(mark.printed)}`} : undefined,
      spare:
        i && sum < all
          ? [`${times(all / sum)} less`, `trained part: ${bytes(sum - memory.weights - activations)}`]
          : [],
    };
  });
  const bars = {
    label: "Memory while training + activations (dashed)",
    nominal: 420,
    bar: (width: number) => Math.min(Math.max(0.165 * width, 60), 120),
    marked: true,
  };
  barsOf(picture, room, "memory", bars, rows);
}

/** Bars of the disk space that the tasks take. */
export function storageBars(picture: Element, result: CostResult, params: CostParams, room: Room) {
  const rows = sidesOf(result, params).map(([name, {storage, base, checkpoint}], i): Stack => {
    const title = `${counted(params.tasks, "checkpoint")} of ${bytes(checkpoint)}`;
    return {
      name,
      total: bytes(storage),
      segments: [
        {name: "weights", value: base, title: `The base model, once: ${bytes(base)}`},
        {name: i ? "added" : "weights", value: storage - base, title},
      ],
      ...(i ? {spare: [`one base + ${params.tasks} × ${bytes(checkpoint)}`]} : {piece: checkpoint}),
    };
  });
  const bars = {
    label: `${counted(params.tasks, "task")} on disk`,
    nominal: 640,
    bar: (width: number) => Math.min(Math.max(0.045 * width, 26), 36),
    marked: false,
  };
  barsOf(picture, room, "storage", bars, rows);
}

/** The legend of the bars, with the size of each part. */
export function legendOf(picture: Element, result: CostResult, params: CostParams) {
  const sides = sidesOf(result, params);
  const names = ["Full", controls.method.options[params.method]].slice(0, sides.length);
  const line = (what: string, of: (cost: Cost) => number): string[] => [
    what,
    ...sides.map(([, cost]) => bytes(of(cost))),
  ];
  const entries: LegendRow[] = [
    ...PARTS.map(([part, what]) => ({swatch: part, cells: line(what, ({memory}) => memory[part])})),
    {cells: line(SUMS.without, ({memory}) => memory.total), sum: true},
    {swatch: "activations", cells: line("Activations", ({activations}) => activations)},
    {cells: line(SUMS.with, ({memory, activations}) => memory.total + activations), sum: true},
  ];
  legendTable(picture, "memory", ["Memory", ...names], entries);
}
