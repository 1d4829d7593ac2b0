import {select} from "d3";
import {layer} from "../../../figures/layer.ts";

export interface PaintedOptions {
  /** Cells along a side, and the side of one. */
  side: number;
  cell: number;
}

/** A square of cells in two colors, row by row, with a stroke across each that is not as due; one path a kind. */
export function painted(svg: Element, colors: ArrayLike<number>, due: ArrayLike<number>, {side, cell}: PaintedOptions) {
  let [dark, wrong] = ["", ""];
  for (let i = 0, n = 0; i < side; i++)
    for (let j = 0; j < side; j++, n++) {
      if (colors[n] !== due[n]) wrong += `M${j * cell} ${(i + 1) * cell}l${cell} ${-cell}`;
      // A run of dark cells is one rectangle, drawn where it begins.
      if (colors[n] === 0 || (j > 0 && colors[n - 1] !== 0)) continue;
      let length = 1;
      while (j + length < side && colors[n + length] !== 0) length++;
      dark += `M${j * cell} ${i * cell}h${length * cell}v${cell}h${-length * cell}z`;
    }
  select(layer(svg, "rect", "ground"))
    .attr("width", side * cell)
    .attr("height", side * cell);
  for (const [name, d] of [
    ["dark", dark],
    ["wrong", wrong],
  ] as const)
    select(layer(svg, "path", name)).attr("d", d);
}
