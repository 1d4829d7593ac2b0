import {select} from "d3";
import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {layer} from "../../../figures/layer.ts";
import {heatmap} from "../../../figures/matrices/heatmap.ts";
import {outline, pick} from "../../../figures/matrices/pick.ts";
import {group, panel} from "../../../figures/panel.ts";
import {type Rich, write} from "../../../figures/text/symbol.ts";
import {cells} from "./cells.ts";
import {HALF, levels, type Places, places, type Slot} from "./flowplaces.ts";
import {wires} from "./wires.ts";

const nothing: Matrix = {rows: 0, cols: 0, data: new Float64Array()};

/** What stands in a place: numbers, or without a matrix the room for them. */
export interface FlowBlock {
  slot: Slot;
  /** What formula and code call it, so that one lights the other. */
  part: string;
  /** The symbol whose color it has. */
  symbol: string;
  label: Rich;
  /** A matrix, or a vector as one row. */
  m?: Matrix;
  /** What takes part in the traced entry: a row, a column, one cell (counted from 1), or all of it; nothing if missing. */
  lit?: {row?: number; column?: number};
}

export interface FlowOptions {
  d: number;
  k: number;
  r: number;
  blocks: readonly FlowBlock[];
  /** Values run back. */
  back: boolean;
  /** The way through A and B is there, and the way on to h. */
  pair: boolean;
  sum: boolean;
  /** The value at both ends of the color scale. */
  limit: number;
  labels: readonly [left: Rich, right: Rich];
  /** The cell of a part that is pointed at, counted from 1. */
  onPoint(part: string, row: number, column: number): void;
}

/**
 * A layer as the picture of its formula: x over A over W₀ share their columns, B and every vector of outputs share W₀'s
 * rows, and Ax stands on the diagonal between A's rows and B's columns. Two halves, side by side or one under the other.
 */
export function flow(figure: Element, options: FlowOptions) {
  const {d, k, r, blocks, back, labels} = options;
  const box = layer(figure, "div", "flow");
  box.setAttribute("data-run", back ? "back" : "forward");
  const at = levels({d, r}, back);
  const where = places({d, k, r}, at);
  for (const [i, side] of (["left", "right"] as const).entries()) {
    const own = blocks.filter(({slot}) => where[slot].side === side);
    const said = own.flatMap(({m, label}) =>
      m
        ? label.map((piece) => (typeof piece === "string" ? piece : piece.text)).join("") +
          (m.data.some(Boolean) ? "" : ", all 0")
        : [],
    );
    const alt = said.join("; ");
    const svg = panel(box, `half ${side}`, {label: labels[i], width: HALF, height: at.height, alt});
    wires(group(svg, "wires"), side, where, options);
    select(group(svg, "blocks"))
      .selectChildren<SVGGElement, FlowBlock>("g")
      .data(own)
      .join("g")
      .each(function (one) {
        block(this, one, where, options);
      });
  }
}

function block(g: Element, {slot, part, symbol, label, m, lit}: FlowBlock, where: Places, options: FlowOptions) {
  const {x, y, rows, cols, width, height, shift, span} = where[slot];
  const size = {cellWidth: width, cellHeight: height, shift};
  select(g)
    .attr("class", m ? "block" : "block room")
    .attr("data-part", part)
    .attr("data-symbol", symbol)
    .attr("transform", `translate(${x} ${y})`);
  const shaped = m && {...m, rows, cols};
  const steps = shift ? Array.from({length: rows}, (_, i) => ({row: i + 1, column: i + 1, rows: 1, cols: 1})) : [];
  const around = steps.length ? steps : [{row: 1, column: 1, rows, cols}];
  outline(group(g, "ground"), around, width, height);
  heatmap(group(g, "map"), shaped ?? nothing, {...size, limit: options.limit});
  cells(group(g, "numbers"), shaped, size);
  outline(group(g, "edge"), around, width, height);
  const {row = 1, column = 1} = lit ?? {};
  const box = {row, column, rows: lit?.row ? 1 : rows, cols: lit?.column ? 1 : cols};
  const boxes = shift ? steps.slice(row - 1, row - 1 + box.rows) : [box];
  outline(group(g, "trace"), lit ? boxes : [], width, height);
  const title = layer(g, "text", "title");
  select(title)
    .attr("x", (span * width) / 2)
    // Values run into B from above, so its label stands below.
    .attr("y", slot === "B" ? rows * height + 15 : -5);
  write(title, label, "tspan");
  const field = group(g, "picker");
  if (m) pick(field, {rows, cols: span, ...size, onPoint: (row, column) => options.onPoint(part, row, column)});
  else select(field).selectChildren("rect").remove();
}
