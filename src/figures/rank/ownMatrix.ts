/** How readers enter a matrix: by drawing on its map, or by pasting numbers. */
import {button} from "../../figure/plot/button.ts";
import {attributes, listen} from "../../figure/plot/children.ts";
import {listenToDrags} from "../../figure/plot/drags.ts";
import {group} from "../../figure/plot/group.ts";
import {layer} from "../../figure/plot/layer.ts";
import {outline} from "../../figure/plot/matrices/pick.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import type {Act} from "../../figure/widget.ts";
import {readNumbers, writeCells} from "../shared/matrixText.ts";
import type {RankParams, RankResult} from "./model.ts";

/** The brush covers this many cells on each side of the pointer's. */
const BRUSH_REACH = 1;

/** Lets readers draw on their own matrix: pressing and dragging paints; arrow keys move a cursor, Space paints at it. */
export function makePaintable(map: Element, {W}: RankResult, params: RankParams, cell: number, act: Act) {
  const {source, row, column, brush} = params;
  const g = group(map, "own");
  // While another matrix is chosen there is nothing to draw on.
  if (source !== "own") return g.replaceChildren();
  const inside = (value: number, count: number) => Math.min(Math.max(value, 1), count);
  const cursor = {row: inside(row, W.rows), column: inside(column, W.cols)};
  /** Paints around a cell, counted from 1. */
  const paint = (atRow: number, atColumn: number) => {
    const data = W.data.slice();
    for (let i = Math.max(atRow - 1 - BRUSH_REACH, 0); i < Math.min(atRow + BRUSH_REACH, W.rows); i++)
      for (let j = Math.max(atColumn - 1 - BRUSH_REACH, 0); j < Math.min(atColumn + BRUSH_REACH, W.cols); j++)
        data[i * W.cols + j] = {plus: 1, minus: -1, erase: 0}[brush];
    act.set({cells: writeCells({...W, data}).text});
  };
  const field = layer(g, "rect", "pad");
  attributes(field, {
    width: rounded(W.cols * cell),
    height: rounded(W.rows * cell),
    tabindex: 0,
    role: "button",
    "aria-label": `Drawing field, row ${cursor.row}, column ${cursor.column}. Arrow keys move, Space paints.`,
  });
  listen(field, "keydown", (event) => {
    const {key} = event as KeyboardEvent;
    const step = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1]}[key];
    if (!step && key !== " " && key !== "Enter") return;
    event.preventDefault();
    if (!step) return paint(cursor.row, cursor.column);
    act.set({row: inside(cursor.row + step[0]!, W.rows), column: inside(cursor.column + step[1]!, W.cols)});
  });
  listenToDrags(field, g, {
    onDrag: (x, y) => paint(inside(Math.floor(y / cell) + 1, W.rows), inside(Math.floor(x / cell) + 1, W.cols)),
  });
  outline(group(g, "cursor"), [{...cursor, rows: 1, cols: 1}], cell, cell);
}

/** Draws a box to paste numbers into. Text that is not a matrix is refused with a sentence, and the matrix stays. */
export function drawPasteBox(picture: Element, {r}: RankParams, act: Act) {
  const box = layer(picture, "details", "paste");
  layer(box, "summary", "label", "Paste your own numbers");
  const label = layer(box, "label", "field");
  layer(label, "span", "name", "One row on each line, with spaces or commas between the numbers, up to 48 × 48");
  const area = layer<HTMLTextAreaElement>(label, "textarea", "numbers");
  area.setAttribute("rows", "4");
  area.setAttribute("spellcheck", "false");
  area.setAttribute("placeholder", "1 2 3\n2 4 6\n0 1 1");
  button(box, "use", "Use these numbers").onclick = () => {
    const reading = readNumbers(area.value);
    if (!reading.matrix) return act.say(`${reading.problem} The matrix on screen was kept.`);
    const {text, exact} = writeCells(reading.matrix);
    act.set({source: "own", cells: text, r: Math.min(r, reading.matrix.rows, reading.matrix.cols), row: 0, column: 0});
    if (reading.doubt) act.say(reading.doubt);
    if (!exact)
      act.say("Each number was rounded to one part in 127 of the largest, so that a link can carry the matrix.");
  };
  button(box, "blank", "Empty grid").onclick = () => act.set({source: "own", cells: ""});
}
