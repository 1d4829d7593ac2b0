/** Three ways to add parameters to a block, and what each costs whenever the forge is used. */
import {attributes, join} from "../../figure/plot/children.ts";
import {group} from "../../figure/plot/group.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Frame, Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {label} from "../../figure/plot/text/label.ts";
import {texts} from "../../figure/plot/text/texts.ts";
import {BLOCK_HEIGHT, BLOCK_WIDTH, drawBlock} from "./blockDiagram.ts";
import type {Way} from "./model.ts";

export interface WayDrawing {
  way: Way;
  name: string;
  /** Where its parameters are, "eight places in front". */
  placeText: string;
  isMerged: boolean;
  /** What it adds to each use: "added to each use", "+ 8 places to look at". */
  costLabel: string;
  cost: string;
  /** It adds nothing: the picture's answer. */
  isFree: boolean;
  /** What each use of the forge passes through; true for what the way adds. */
  units: readonly boolean[];
}

/** In wide frames each way is a column; in others it is a line, with a smaller block. */
const COLUMN_HEIGHT = 40 + BLOCK_HEIGHT + 80;
const [LINE_PITCH, LINE_SCALE] = [120, 0.72];

export const waysHeight = (frame: Frame): number => (frame === "wide" ? COLUMN_HEIGHT : 3 * LINE_PITCH);

/** What each use passes through, a cell for each; cells that the way adds are higher. */
function drawCells(g: Element, units: readonly boolean[], pitch: number) {
  join(g, "rect", units, {name: (isNew) => (isNew ? "unit new" : "unit")}, (cell, isNew, i) => {
    attributes(cell, {x: i * pitch, y: isNew ? 0 : 4, width: pitch - 2, height: isNew ? 16 : 8});
  });
}

/** The cost of each use in words and cells. */
function drawCost(g: Element, {costLabel, cost, isFree, units}: WayDrawing, pitch: number) {
  texts(layer(g, "g", "mark-text"), [
    {at: [0, 0], text: costLabel, tone: "soft"},
    {at: [0, 32], text: cost, ...(isFree ? {tone: "dw", kind: "answer"} : {tone: "ink"})},
  ]);
  drawCells(group(g, "units", 0, 42), units, pitch);
}

/** Draws a column for each way, or in narrow frames a line. */
export function drawWays(g: Element, ways: readonly WayDrawing[], {frame, width}: Sheet) {
  const isWide = frame === "wide";
  join(g, "g", ways, {name: ({way}) => `way-of of-${way}`}, (box, one, i) => {
    const [x, y] = isWide ? [(i * (width - BLOCK_WIDTH)) / (ways.length - 1), 0] : [0, i * LINE_PITCH];
    attributes(box, {transform: `translate(${rounded(x)} ${y})`});
    label(box, "way", one.name, {x: 0, y: 14});
    label(box, "place", one.placeText, isWide ? {x: 0, y: 32} : {x: width, y: 14, anchor: "end"});
    const block = layer(box, "g", "block");
    attributes(block, {transform: isWide ? "translate(0 40)" : `translate(0 26) scale(${LINE_SCALE})`});
    // Made smaller, the block's letters would be too small to read.
    drawBlock(block, one.way, one.isMerged, isWide);
    const lineX = BLOCK_WIDTH * LINE_SCALE + 4;
    if (isWide) drawCost(group(box, "cost", 0, COLUMN_HEIGHT - 60), one, 9);
    else drawCost(group(box, "cost", lineX, 40), one, 6.5);
  });
}
