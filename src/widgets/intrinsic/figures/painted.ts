import {select} from "d3";
import {layer} from "../../../figures/layer.ts";

/** Side of a cell, in the units of the paths. */
const CELL = 5;

/**
 * A square of cells in two colors, row by row, `width` pixels wide, with a stroke across each that is not as due; and the
 * border of what was due. One path a kind.
 */
export function painted(g: Element, colors: ArrayLike<number>, due: ArrayLike<number>, side: number, width: number) {
  let [dark, wrong] = ["", ""];
  for (let i = 0, n = 0; i < side; i++)
    for (let j = 0; j < side; j++, n++) {
      if (colors[n] !== due[n]) wrong += `M${j * CELL} ${(i + 1) * CELL}l${CELL} ${-CELL}`;
      // A run of dark cells is one rectangle, drawn where it begins.
      if (colors[n] === 0 || (j > 0 && colors[n - 1] !== 0)) continue;
      let length = 1;
      while (j + length < side && colors[n + length] !== 0) length++;
      dark += `M${j * CELL} ${i * CELL}h${length * CELL}v${CELL}h${-length * CELL}z`;
    }
  const cells = layer(g, "g", "painting");
  select(cells).attr("transform", `scale(${width / (side * CELL)})`);
  select(layer(cells, "rect", "ground"))
    .attr("width", side * CELL)
    .attr("height", side * CELL);
  for (const [name, d] of [
    ["dark", dark],
    ["wrong", wrong],
    ["border", borderOf(due, side)],
  ] as const)
    select(layer(cells, "path", name)).attr("d", d);
}

/** The edges between dark and light cells. */
function borderOf(due: ArrayLike<number>, side: number): string {
  let d = "";
  for (let i = 0, n = 0; i < side; i++)
    for (let j = 0; j < side; j++, n++) {
      if (j > 0 && due[n] !== due[n - 1]) d += `M${j * CELL} ${i * CELL}v${CELL}`;
      if (i > 0 && due[n] !== due[n - side]) d += `M${j * CELL} ${i * CELL}h${CELL}`;
    }
  return d;
}
