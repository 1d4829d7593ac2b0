/** Three maps side by side: ΔW*, ΔW between its factors B and A, and their difference. */
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {group} from "../../figure/plot/group.ts";
import {layer} from "../../figure/plot/layer.ts";
import {drawFactors} from "../../figure/plot/matrices/factors.ts";
import {heatmap} from "../../figure/plot/matrices/heatmap.ts";
import {outline, pick} from "../../figure/plot/matrices/pick.ts";
import {FRAMES, type Frame} from "../../figure/plot/picture.ts";
import {texts} from "../../figure/plot/text/texts.ts";
import type {Act} from "../../figure/widget.ts";
import {largestEntry} from "../shared/largestEntry.ts";
import type {TrainParams, TrainResult} from "./model.ts";

/** By frame: the thickness of B and A, and the gap between two maps. */
const EDGES: Readonly<Record<Frame, readonly [strip: number, gap: number]>> = {
  narrow: [24, 12],
  mid: [32, 16],
  wide: [44, 28],
};
/** The distance from B and A to their product, as in `factors`. */
const FACTOR_GAP = 8;
/** The height of the line of names below the maps. */
const NAME_HEIGHT = 22;

/** The side of a map. */
const mapSize = (frame: Frame): number =>
  Math.floor((FRAMES[frame] - EDGES[frame][0] - FACTOR_GAP - 2 * EDGES[frame][1]) / 3);

/** The height of the drawing. */
export const mapsHeight = (frame: Frame): number => EDGES[frame][0] + FACTOR_GAP + mapSize(frame) + NAME_HEIGHT;

/** Draws the maps at one size, ΔW with B at its left and A above it; `missingText`, how much is missing, over the last. */
export function drawMaps(
  g: Element,
  result: TrainResult,
  params: TrainParams,
  missingText: string,
  act: Act,
  frame: Frame,
) {
  const {lora, deltaStar} = result;
  const {row, column} = params;
  const limit = largestEntry(deltaStar);
  const [strip, gap] = EDGES[frame];
  const size = mapSize(frame);
  const top = strip + FACTOR_GAP;
  const middle = size + gap;
  const last = middle + top + size + gap;
  /** Draws a square map, in which a reader traces an entry. */
  const drawMap = (name: string, m: Matrix, x: number) => {
    const box = group(g, name, x, top);
    const cell = size / m.cols;
    const cells = {rows: m.rows, cols: m.cols, cellWidth: cell, cellHeight: cell};
    heatmap(group(box, "map"), m, {...cells, limit});
    outline(group(box, "frame"), [{row: 1, column: 1, rows: m.rows, cols: m.cols}], cell, cell);
    outline(group(box, "trace"), row && column ? [{row, column, rows: 1, cols: 1}] : [], cell, cell);
    pick(group(box, "picker"), {...cells, onPoint: (row, column) => act.set({row, column})});
  };
  drawMap("star", deltaStar, 0);
  drawFactors(
    group(g, "product", middle, 0),
    {A: lora.A, B: lora.B, BA: lora.delta},
    {
      size,
      strip,
      limit,
      factorLimit: limit,
      row,
      column,
      onPoint: (at) => act.set({row: at.row ?? (row || 1), column: at.column ?? (column || 1)}),
      names: {B: "B", A: "A"},
    },
  );
  drawMap("rest", lora.rest, last);
  const namesY = top + size + 17;
  texts(layer(g, "g", "mark-text names"), [
    {at: [0, namesY], text: "planted ΔW*", tone: "dw"},
    {at: [middle + top, namesY], text: "found ΔW", tone: "dw"},
    {at: [last, namesY], text: "missing", tone: "dw"},
  ]);
  texts(layer(g, "g", "mark-text said"), [{at: [last, top - 9], text: missingText, kind: "answer"}]);
}
