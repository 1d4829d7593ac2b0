import {isNarrow} from "../../figure/plot/aspects.ts";
import {chart} from "../../figure/plot/chart.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Room} from "../../figure/plot/room.ts";
import {bytes, counted, whole} from "../../figure/plot/text/format.ts";
import {key} from "../../figure/plot/text/key.ts";
import type {Act} from "../../figure/widget.ts";
import {bookshelf, SHELF_HEIGHT} from "./drawing/bookshelf.ts";
import {RACK_HEIGHT, type Rack, rack, rackHeight, stackedHeight} from "./drawing/racks.ts";
import {type Cost, type CostParams, type CostResult, compute, controls} from "./model.ts";
import {shortName, sidesOf} from "./names.ts";

/** Memory of one card in bytes: the size of an A100 or H100. */
export const CARD = 80e9;
/** The most boxes in a rack; beyond them a box stands for ten times as much. */
const MOST = 40;

const sumOf = ({memory, activations}: Cost): number => memory.total + activations;

/**
 * The boxes of both racks: cards of 80 GB, or tenths or tens of them where the model is small or the load is large. There
 * are as many places as Adam needs: with SGD some are empty.
 */
export function boxesOf(params: CostParams): {box: number; places: number} {
  const {full, chosen} = compute({...params, optimizer: "adam"});
  const most = Math.max(sumOf(full), chosen ? sumOf(chosen) : 0);
  const box = CARD * 10 ** Math.max(Math.ceil(Math.log10(most / CARD / MOST)), -3);
  return {box, places: Math.ceil(most / box)};
}

const boxText = (box: number): string => (box === CARD ? `${bytes(CARD)} cards` : `boxes of ${bytes(box)}`);

/** "18 cards, 1.42 TB" */
function rackSaid(cost: Cost, box: number, {size}: Room): string {
  const n = Math.ceil(sumOf(cost) / box);
  const boxes = box === CARD ? counted(n, "card") : `${whole(n)} box${n === 1 ? "" : "es"}`;
  return size === "dock" ? boxes : `${boxes} · ${bytes(sumOf(cost))}`;
}

/** What full fine-tuning and the chosen method fill while they train, each in its rack. */
function racks(picture: Element, result: CostResult, params: CostParams, room: Room) {
  const {paper} = result;
  const {box, places} = boxesOf(params);
  const marks =
    params.optimizer === "adam" && paper
      ? [paper["vram-ft"], params.method === "lora" ? paper["vram-lora"] : null]
      : [];
  const all = sidesOf(result, params).map(([name, cost], i): Rack => {
    const {weights, added, gradients, moments} = cost.memory;
    const mark = marks[i];
    return {
      name: room.size === "dock" ? (i ? controls.method.options[params.method] : "Full") : name,
      said: rackSaid(cost, box, room),
      fills: [
        {name: "weights", value: weights},
        // Too little to tell its parts from one another.
        ...(i
          ? [{name: "trained", value: added + gradients + moments}]
          : [
              {name: "gradients", value: gradients},
              {name: "moments", value: moments},
            ]),
        {name: "activations", value: cost.activations},
      ],
      mark: mark
        ? {value: mark.printed, label: room.size === "dock" ? "" : `paper: ${bytes(mark.printed)}`}
        : undefined,
    };
  });
  const isDocked = room.size === "dock";
  const isHigh = isNarrow(room) && !isDocked;
  const gap = isDocked ? 20 : 32;
  const each = (width: number) => (isHigh ? width : (width - gap) / 2);
  const boxHigh = isHigh ? RACK_HEIGHT.stacked : RACK_HEIGHT.beside;
  const high = (width: number) => rackHeight(each(width), boxHigh);
  const {g, width} = chart(picture, "racks", room, {
    label: [`Memory while training, in ${boxText(box)}`],
    nominal: 640,
    height: (width) => (isHigh ? stackedHeight(width, boxHigh) : high(width)),
    alt: `Memory while training in ${boxText(box)}. ${all.map(({name, said}) => `${name}: ${said}`).join("; ")}.`,
  });
  for (const [i, one] of all.entries())
    rack(side(g, i), one, {
      ...{x: isHigh ? 0 : i * (each(width) + gap), y: isHigh ? i * high(width) : 0},
      ...{width: each(width), box, places, boxHigh},
    });
  if (all.length < 2) side(g, 1).replaceChildren();
  if (!isDocked) legend(picture, result, params);
}

const side = (g: Element, i: number): Element => layer(g, "g", i ? "rack second" : "rack first");

function legend(picture: Element, {full, chosen}: CostResult, params: CostParams) {
  const {weights, gradients, moments} = full.memory;
  const own = chosen && chosen.memory.added + chosen.memory.gradients + chosen.memory.moments;
  const stored = chosen ? [full.activations, chosen.activations] : [full.activations];
  key(layer(picture, "div", "fills"), [
    {name: "weights", kind: "area", text: `weights ${bytes(weights)}`},
    {name: "gradients", kind: "area", text: `gradients ${bytes(gradients)}`},
    ...(moments ? [{name: "moments", kind: "area" as const, text: `Adam’s two moments ${bytes(moments)}`}] : []),
    {name: "activations", kind: "area", text: `activations ${stored.map((one) => bytes(one)).join(" and ")}`},
    ...(own === undefined
      ? []
      : [{name: "trained", kind: "dot" as const, text: `all that ${shortName(params)} trains ${bytes(own)}`}]),
  ]);
}

/** The disk space of all tasks: a shelf of edited copies against one book and a slip for each task. */
function tasksShelf(picture: Element, result: CostResult, params: CostParams, act: Act, room: Room) {
  const {full, chosen, paper} = result;
  const {tasks} = params;
  const isPrinted = paper && tasks === 100;
  const copies = `${counted(tasks, "edited copy").replace("copys", "copies")}: ${bytes(full.storage)}${isPrinted ? ` (paper: ${bytes(paper["hundred-models-ft"].printed)})` : ""}`;
  const slips = chosen
    ? `One book and ${counted(tasks, "slip")}: ${bytes(chosen.storage)}${isPrinted && params.method === "lora" ? ` (paper: ${bytes(paper["hundred-models-lora"].printed)})` : ""}`
    : "";
  const part = chosen ? chosen.base / chosen.checkpoint : 1;
  const {g, width} = chart(picture, "tasks-shelf", room, {
    label: [`${counted(tasks, "task")} on the shelf, to scale: drag across the books`],
    nominal: 640,
    height: SHELF_HEIGHT,
    alt: [copies, slips].filter(Boolean).join(". "),
  });
  bookshelf(
    g,
    {
      tasks,
      ...{copy: full.checkpoint, base: chosen?.base ?? 0, slip: chosen?.checkpoint ?? 0},
      words: [copies, slips],
      lens: (times) => [
        `the edge × ${whole(times)}:`,
        `${isNarrow(room) ? "" : "a slip is "}1/${whole(Number(part.toPrecision(2)))} of a book`,
      ],
    },
    width,
    (tasks) => act.set({tasks}),
  );
}

export function drawCard(picture: Element, result: CostResult, params: CostParams, act: Act, room: Room) {
  racks(picture, result, params, room);
  if (room.size === "card") tasksShelf(picture, result, params, act, room);
}
