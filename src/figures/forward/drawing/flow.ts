import {select} from "d3";
import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {chart} from "../../../figure/plot/chart.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {heatmap} from "../../../figure/plot/matrices/heatmap.ts";
import {outline, pick} from "../../../figure/plot/matrices/pick.ts";
import {group} from "../../../figure/plot/panel.ts";
import type {Room} from "../../../figure/plot/room.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {type Rich, write} from "../../../figure/plot/text/symbol.ts";
import {blockNumbers} from "./blockNumbers.ts";
import {type FlowPlace, type FlowSlot, flowPlaces, marginsFor, type Places, proportion} from "./flowPlaces.ts";
import {wires} from "./wires.ts";

const nothing: Matrix = {rows: 0, cols: 0, data: new Float64Array()};

/** What is drawn in a slot: a matrix, or without one an empty outline. */
export interface FlowBlock {
  slot: FlowSlot;
  /** Its name in formula and code, which highlight it. */
  part: string;
  /** The symbol that colors it. */
  symbol: string;
  label: Rich;
  /** A matrix, or a vector as one row. */
  matrix?: Matrix;
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
  adapter: boolean;
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
 * The two paths of x through a layer, each in its half: W₀x in the left one; Ax, then BAx, and the sum h in the right one.
 * Side by side, x is at the upper left and h at the lower right; on a phone the right half is below the left one.
 */
export function flow(figure: Element, options: FlowOptions) {
  const {d, r, blocks, back, room} = options;
  const box = layer(figure, "div", "flow");
  box.setAttribute("data-run", back ? "back" : "forward");
  // On a slide the height is given, and the style sheet finds the width from a half's height over its width.
  if (room.size === "slide") box.setAttribute("style", `--tall:${rounded(proportion({d, r}), 3)}`);
  for (const side of ["left", "right"] as const) {
    const own = blocks.filter(({slot}) => flowPlaces(options, 1)[slot].side === side);
    const said = own.flatMap(({matrix, label}) =>
      matrix
        ? label.map((piece) => (typeof piece === "string" ? piece : piece.text)).join("") +
          (matrix.data.some(Boolean) ? "" : ", all 0")
        : [],
    );
    const {g, width} = chart(box, `half ${side}`, room, {
      nominal: 311,
      height: (width) => width * proportion({d, r}),
      alt: said.join("; "),
    });
    const [where, margins] = [flowPlaces(options, width), marginsFor(options, width)];
    wires(group(g, "wires"), side, where, margins, options);
    select(group(g, "blocks"))
      .selectChildren<SVGGElement, FlowBlock>("g")
      .data(own)
      .join("g")
      .each(function (one) {
        block(this, one, where, margins.stem, options);
      });
  }
}

/**
 * A label stands over the middle of its block, W₀'s below it. Where a path enters a block from above, the label begins
 * beside the path.
 */
function titleAt(slot: FlowSlot, {rows, cols, width, height}: FlowPlace, stem: number) {
  const half = (cols * width) / 2;
  if (slot === "W0") return {x: half, y: rows * height + 15};
  const pathX = slot === "A" ? stem : slot === "B" || slot === "down" ? half : 0;
  return pathX ? {anchor: "start", x: pathX + 10, y: -7} : {x: half, y: -5};
}

function block(
  g: Element,
  {slot, part, symbol, label, matrix, lit}: FlowBlock,
  where: Places,
  stem: number,
  options: FlowOptions,
) {
  const {x, y, rows, cols, width, height} = where[slot];
  const size = {cellWidth: width, cellHeight: height};
  select(g)
    .attr("class", matrix ? "block" : "block empty")
    .attr("data-part", part)
    .attr("data-symbol", symbol)
    .attr("transform", `translate(${rounded(x)} ${rounded(y)})`);
  const shaped = matrix && {...matrix, rows, cols};
  outline(group(g, "ground"), [{row: 1, column: 1, rows, cols}], width, height);
  heatmap(group(g, "map"), shaped ?? nothing, {...size, limit: options.limit});
  blockNumbers(group(g, "numbers"), options.numbers ? shaped : undefined, size);
  outline(group(g, "edge"), [{row: 1, column: 1, rows, cols}], width, height);
  // Ax is a vector too, but its block is a row ("kept": Ax as the forward pass stored it).
  const isLying = slot === "down" || slot === "kept";
  const {row, column} = isLying ? {row: undefined, column: lit?.row} : (lit ?? {});
  const traced = {row: row ?? 1, column: column ?? 1, rows: row ? 1 : rows, cols: column ? 1 : cols};
  outline(group(g, "trace"), lit ? [traced] : [], width, height);
  const title = layer(g, "text", "title");
  const at = titleAt(slot, where[slot], stem - x);
  select(title)
    .attr("x", rounded(at.x))
    .attr("y", rounded(at.y))
    .attr("text-anchor", at.anchor ?? null);
  write(title, label, "tspan");
  const field = group(g, "picker");
  const point = (row: number, column: number) =>
    isLying ? options.onPoint(part, column, row) : options.onPoint(part, row, column);
  if (matrix) pick(field, {rows, cols, ...size, onPoint: point});
  else select(field).selectChildren("rect").remove();
}
