import {select} from "d3";
import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {chart} from "../../../figures/chart.ts";
import {layer} from "../../../figures/layer.ts";
import {heatmap} from "../../../figures/matrices/heatmap.ts";
import {outline, pick} from "../../../figures/matrices/pick.ts";
import {group} from "../../../figures/panel.ts";
import type {Room} from "../../../figures/room.ts";
import {rounded} from "../../../figures/rounded.ts";
import {type Rich, write} from "../../../figures/text/symbol.ts";
import {blockNumbers} from "./blockNumbers.ts";
import {levels, type Places, places, proportion, type Slot} from "./flowPlaces.ts";
import {wires} from "./wires.ts";

const nothing: Matrix = {rows: 0, cols: 0, data: new Float64Array()};

/** What is drawn in a slot: a matrix, or without one an empty outline. */
export interface FlowBlock {
  slot: Slot;
  /** Its name in formula and code, which highlight it. */
  part: string;
  /** The symbol that colors it. */
  symbol: string;
  label: Rich;
  /** A matrix, or a vector as one row. */
  m?: Matrix;
  /** Its share in the traced entry: a row, a column, one cell (counted from 1) or, if empty, all of it. */
  lit?: {row?: number; column?: number};
}

export interface FlowOptions {
  d: number;
  k: number;
  r: number;
  blocks: readonly FlowBlock[];
  /** Whether the values flow backward. */
  back: boolean;
  /** Whether to draw the path through A and B. */
  pair: boolean;
  /** Whether to draw the sum of both paths into h. */
  sum: boolean;
  /** The color scale runs from −limit to limit. */
  limit: number;
  room: Room;
  /** Whether to print the numbers in the cells. */
  numbers: boolean;
  /** The cell under the pointer, counted from 1. */
  onPoint(part: string, row: number, column: number): void;
}

/**
 * A layer drawn as its formula: x, A and W₀ share columns, B and the output vectors share W₀'s rows, and Ax runs along the
 * diagonal between A's rows and B's columns. In two halves, side by side or one above the other.
 */
export function flow(figure: Element, options: FlowOptions) {
  const {d, k, r, blocks, back, room} = options;
  const box = layer(figure, "div", "flow");
  box.setAttribute("data-run", back ? "back" : "forward");
  for (const side of ["left", "right"] as const) {
    const own = blocks.filter(({slot}) => sides[slot] === side);
    const said = own.flatMap(({m, label}) =>
      m
        ? label.map((piece) => (typeof piece === "string" ? piece : piece.text)).join("") +
          (m.data.some(Boolean) ? "" : ", all 0")
        : [],
    );
    const {g, width} = chart(box, `half ${side}`, room, {
      // Seen only where the halves are one above the other.
      label: side === "right" ? ["The lines from the right edge go on here."] : undefined,
      nominal: 311,
      height: (width) => width * proportion({d, r}),
      alt: said.join("; "),
    });
    const at = levels({d, r}, width);
    const where = places({d, k, r}, at);
    wires(group(g, "wires"), side, where, at, options);
    select(group(g, "blocks"))
      .selectChildren<SVGGElement, FlowBlock>("g")
      .data(own)
      .join("g")
      .each(function (one) {
        block(this, one, where, options);
      });
  }
}

/** In which half each slot is. */
const sides: Readonly<Record<Slot, "left" | "right">> = {
  ...{dx: "left", x: "left", A: "left", W0: "left"},
  ...{kept: "right", down: "right", base: "right", B: "right", up: "right", h: "right"},
};

function block(g: Element, {slot, part, symbol, label, m, lit}: FlowBlock, where: Places, options: FlowOptions) {
  const {x, y, rows, cols, width, height, shift, span} = where[slot];
  const size = {cellWidth: width, cellHeight: height, shift};
  select(g)
    .attr("class", m ? "block" : "block room")
    .attr("data-part", part)
    .attr("data-symbol", symbol)
    .attr("transform", `translate(${rounded(x)} ${rounded(y)})`);
  const shaped = m && {...m, rows, cols};
  const steps = shift ? Array.from({length: rows}, (_, i) => ({row: i + 1, column: i + 1, rows: 1, cols: 1})) : [];
  const around = steps.length ? steps : [{row: 1, column: 1, rows, cols}];
  outline(group(g, "ground"), around, width, height);
  heatmap(group(g, "map"), shaped ?? nothing, {...size, limit: options.limit});
  blockNumbers(group(g, "numbers"), options.numbers ? shaped : undefined, size);
  outline(group(g, "edge"), around, width, height);
  const {row = 1, column = 1} = lit ?? {};
  const box = {row, column, rows: lit?.row ? 1 : rows, cols: lit?.column ? 1 : cols};
  const boxes = shift ? steps.slice(row - 1, row - 1 + box.rows) : [box];
  outline(group(g, "trace"), lit ? boxes : [], width, height);
  const title = layer(g, "text", "title");
  select(title)
    .attr("x", rounded((span * width) / 2))
    // Values enter B from above, so its label is below.
    .attr("y", slot === "B" ? rounded(rows * height + 15) : -5);
  write(title, label, "tspan");
  const field = group(g, "picker");
  if (m) pick(field, {rows, cols: span, ...size, onPoint: (row, column) => options.onPoint(part, row, column)});
  else select(field).selectChildren("rect").remove();
}
