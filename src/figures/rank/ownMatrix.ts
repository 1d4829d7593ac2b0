/** How readers enter a matrix: by drawing on its map, or by pasting numbers. */
import {button} from "../../figure/plot/button.ts";
import {group} from "../../figure/plot/group.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Act} from "../../figure/widget.ts";
import {readNumbers, writeCells} from "../shared/matrixText.ts";
import {paintField} from "./drawing/paintField.ts";
import type {RankParams, RankResult} from "./model.ts";

/** The brush covers this many cells on each side of the pointer. */
const REACH = 1;

/** Lets readers draw on their own matrix. Removes the field while another matrix is chosen. */
export function ownMatrixField(
  map: Element,
  {W}: RankResult,
  {source, row, column, brush}: RankParams,
  cell: number,
  act: Act,
) {
  const g = group(map, "own");
  if (source !== "own") {
    g.replaceChildren();
    return;
  }
  paintField(g, {
    rows: W.rows,
    cols: W.cols,
    cell,
    row,
    column,
    onMove: (toRow, toColumn) => act.set({row: toRow, column: toColumn}),
    onPaint(atRow, atColumn) {
      const data = W.data.slice();
      for (let i = Math.max(atRow - 1 - REACH, 0); i < Math.min(atRow + REACH, W.rows); i++)
        for (let j = Math.max(atColumn - 1 - REACH, 0); j < Math.min(atColumn + REACH, W.cols); j++)
          data[i * W.cols + j] = {plus: 1, minus: -1, erase: 0}[brush];
      act.set({source: "own", cells: writeCells({rows: W.rows, cols: W.cols, data}).text});
    },
  });
}

/** A box to paste numbers into. Text that is not a matrix is refused with a sentence, and the matrix stays. */
export function pasteBox(picture: Element, {source, r}: RankParams, act: Act) {
  const box = layer(picture, "details", "paste");
  layer(box, "summary", "label", "Paste your own numbers");
  const label = layer(box, "label", "field");
  layer(label, "span", "name", "One row a line, with spaces or commas between the numbers, up to 48 × 48");
  const area = layer<HTMLTextAreaElement>(label, "textarea", "numbers");
  area.setAttribute("rows", "4");
  area.setAttribute("spellcheck", "false");
  area.setAttribute("placeholder", "1 2 3\n2 4 6\n0 1 1");
  button(box, "use", "Use these numbers").onclick = () => {
    const reading = readNumbers(area.value);
    if (!reading.matrix)
      return act.say(`${reading.problem} ${source === "own" ? "Your matrix" : "The matrix"} on screen was kept.`);
    const {text, exact} = writeCells(reading.matrix);
    act.set({source: "own", cells: text, r: Math.min(r, reading.matrix.rows, reading.matrix.cols), row: 0, column: 0});
    if (reading.doubt) act.say(reading.doubt);
    if (!exact)
      act.say("Each number was rounded to one part in 127 of the largest, so that a link can carry the matrix.");
  };
  button(box, "blank", "Empty grid").onclick = () => act.set({source: "own", cells: ""});
}
