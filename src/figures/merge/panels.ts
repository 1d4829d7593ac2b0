import type {Matrix} from "../../engine/linalg/matrix.ts";
import {byWidth} from "../../figure/plot/aspects.ts";
import {chart} from "../../figure/plot/chart.ts";
import {inset} from "../../figure/plot/inset.ts";
import {layer} from "../../figure/plot/layer.ts";
import {mapChart} from "../../figure/plot/matrices/mapChart.ts";
import type {Room} from "../../figure/plot/room.ts";
import {counted, fixed, tiny, whole} from "../../figure/plot/text/format.ts";
import {type Rich, write} from "../../figure/plot/text/symbol.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import {answers, answersHeight} from "./drawing/answers.ts";
import {DRIFT_LEFT, drift} from "./drawing/drift.ts";
import {batch, controls, type MergeParams, type MergeResult, WITHIN} from "./model.ts";

export const precisionNames = Object.keys(controls.precision.options) as MergeParams["precision"][];
export const update: Rich = ["(", symbol.alpha, "/", symbol.r, ")", symbol.B, symbol.A];
export const W = {symbol: "W", text: "W"};

export const mergedWords = {
  none: "nothing",
  one: "task 1",
  two: "task 2",
  three: "task 3",
  both: "tasks 1 and 2",
} as const;
const asks = (i: number): string => `x${"₁₂₃₄₅₆₇₈"[i]}, task ${batch[i]}`;

/** The two numbers of the traced entry of W and their sum. It adds the rounded terms, so that the printed sum is right. */
export function sumOf({W0, update: change}: MergeResult, {row, column}: MergeParams): string {
  const at = (row - 1) * W0.cols + column - 1;
  const [base, added] = [W0, change].map(({data}) => Math.round(data[at] * 1e4) / 1e4);
  return `${fixed(base, 4)} ${added < 0 ? "−" : "+"} ${fixed(Math.abs(added), 4)} = ${fixed(base + added, 4)}`;
}

/** The traced entry of W as a sum, without what storing it does. */
function sumLine({picture, result, params}: Drawing) {
  const {row, column} = params;
  write(layer(picture, "p", "sumline"), [{...W, text: `W[${row},${column}]`}, ` = ${sumOf(result, params)}`]);
}

interface Drawing {
  picture: Element;
  result: MergeResult;
  params: MergeParams;
  act: Act;
  room: Room;
}

const strokes = {plus: "M2 10H18M10 2V18", equals: "M2 6H18M2 14H18"};

/** The sign between two pictures. */
function joint(box: Element, name: keyof typeof strokes) {
  const svg = inset(box, `joint ${name}`, 20, 20);
  layer(svg, "path", "stroke").setAttribute("d", strokes[name]);
}

/** W₀ + (α/r)BA = W as three pictures of one size, with the signs between them. */
export function maps({picture, result, params, act, room}: Drawing) {
  const {merged, precision, swaps, row, column} = params;
  const box = layer(picture, "div", "maps");
  const words = mergedWords[merged];
  const after = swaps ? ` after ${counted(swaps, "swap")}` : "";
  const traced = {limit: result.limit, row, column, onPoint: (row: number, column: number) => act.set({row, column})};
  const draw = (name: string, m: Matrix, label: Rich, alt: string) =>
    mapChart(box, name, room, m, {label, nominal: 188, alt, ...traced});
  draw("base", result.W0, [symbol.W0, after], `The base, 12 by 12, as ${precision} stores it${after}`);
  joint(box, "plus");
  draw("update", result.update, [...update, `, ${words}`], `The update of ${words}`);
  joint(box, "equals");
  draw("sum", result.W, [W, ` in ${precision}`], `Their sum, stored in ${precision}`);
}

/** Room for the names of the formats, at the ends of their curves. */
const NAMES = 44;

/** Alone in a card and as wide as it, or beside the other. */
const heightIn = (room: Room) =>
  room.size === "card"
    ? {nominal: 560, height: byWidth(room, 0.28, 0.66)}
    : {nominal: 311, height: (width: number) => 0.58 * width};

export function drifts({picture, result, params, act, room}: Drawing) {
  const {precision, swaps} = params;
  const {g, width, height} = chart(picture, "drift", room, {
    label: ["Drift of ", symbol.W0, " by number of swaps"],
    ...heightIn(room),
    alt: `After ${counted(result.drift[precision].length - 1, "swap")} the drift is ${precisionNames.map((name) => `${tiny(result.drift[name].at(-1)!)} in ${name}`).join(", ")}`,
  });
  drift(
    g,
    precisionNames.map((name) => ({name, values: result.drift[name]})),
    {
      ...{width: width - DRIFT_LEFT - NAMES, height: height - 38, lit: precision, at: swaps},
      onMove: (to) => act.set({swaps: to}),
    },
  );
}

export function served({picture, result, params: {precision}, room}: Drawing) {
  // As high as the drift beside it.
  const {nominal, height} = heightIn(room);
  const rowIn = (width: number) => (height(width) - 22) / batch.length;
  const {g, width} = chart(picture, "served", room, {
    label: [`One batch, two tasks: off by over ${whole(100 * WITHIN)}% is wrong`],
    nominal,
    height: (width) => answersHeight(batch.length, rowIn(width)),
    alt: `${result.right[precision]} of ${batch.length} outputs are right`,
  });
  answers(
    g,
    result.off[precision].map((off, i) => ({name: asks(i), off, isRight: off <= WITHIN})),
    {width, row: rowIn(width), within: WITHIN},
  );
}

export function drawCard(drawing: Drawing) {
  const {picture, params, room} = drawing;
  const [isBatch, isWhole] = [params.show === "batch", room.size === "card"];
  picture.querySelector(isBatch ? ".drift" : ".served")?.remove();
  if (isWhole) (isBatch ? served : drifts)(drawing);
  maps(drawing);
  if (room.size !== "dock") sumLine(drawing);
}
