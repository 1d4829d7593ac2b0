/** The layer as a road from x to h, with its matrices and vectors as blocks of numbers. */
import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {labelWidth} from "../../../figure/plot/axes/axis.ts";
import {attributes, children, each, join} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {outline, pick} from "../../../figure/plot/matrices/pick.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {fixed} from "../../../figure/plot/text/format.ts";
import {put} from "../../../figure/plot/text/put.ts";
import {write} from "../../../figure/plot/text/symbol.ts";
import {type RoadPart, type RoadPlace, type RoadPlaces, type RoadSlot, roadPlaces} from "./places.ts";

/** A number of a block, its row and column counted from 1. */
export type BlockCell = readonly [slot: RoadSlot, row: number, column: number];

/** A copy of a number that flies to a sum of which it is a term; wave 2 starts after wave 1. */
export interface Flight {
  from: BlockCell;
  to: BlockCell;
  wave: number;
}

export interface Block extends RoadPart {
  /** A matrix, or a vector as one row. */
  matrix?: Matrix;
  /** What of it goes into the traced entry: a row, a column, one cell or, if empty, all of it. */
  lit?: {row?: number; column?: number};
}

interface RoadOptions {
  d: number;
  k: number;
  r: number;
  blocks: readonly Block[];
  /** Identifies what is shown: a redraw of the same does not start its animations again. */
  shown: string;
  /** Gradients flow from h back to x, so arrowheads are at the other ends. */
  isBack: boolean;
  /** There is a way through A and B. */
  hasAdapter: boolean;
  flights: readonly Flight[];
  /** The cell under the pointer, counted from 1. */
  onPoint(part: string, row: number, column: number): void;
}

/** Draws the layer: the way through W₀ below, the way through A and B above. */
export function drawRoad(g: Element, sheet: Sheet, options: RoadOptions) {
  const places = roadPlaces(options, sheet);
  const back = layer(g, "g", "ways");
  attributes(back, {"aria-hidden": "true"});
  drawWays(back, places, options);
  const blocks = layer(g, "g", "blocks");
  const {blocks: data} = options;
  const {width, height} = places.cell;
  const hasRoom = (x: number) => (LARGE_TEXT / 12) * labelWidth(decimalText(x, 2)) + 4 < width;
  const isLarge = height > 26 && data.every(({matrix}) => !matrix || Array.from(matrix.data).every(hasRoom));
  attributes(blocks, {"data-large": isLarge ? "" : null});
  join(blocks, "g", data, {name: ({empty}) => (empty ? "block empty" : "block"), key: ({slot}) => slot}, (group, one) =>
    drawBlock(group, one, places, options),
  );
  drawFlights(layer(g, "g", "flights"), places, options);
}

/** The size of numbers, in units, if all cells have room. */
const LARGE_TEXT = 16;

/** A number to these decimals; a whole number has none. */
const decimalText = (x: number, decimals: number): string => fixed(x, Number.isInteger(x) ? 0 : decimals);

/** Numbers in cells have two decimals where they all fit, otherwise one. */
const decimalsFor = (data: readonly number[], width: number): number =>
  data.every((x) => labelWidth(decimalText(x, 2)) + 2 < width) ? 2 : 1;

/** A number that is too long for its cell is left out; it is in the sum below and in the table. Estimated widths are rather too wide. */
function cellText(x: number, decimals: number, width: number): string {
  const text = decimalText(x, decimals);
  return labelWidth(text) <= 1.15 * width ? text : "";
}

/** The row and column of cell n. A vector's numbers are one below the other. */
const cellOf = ({cols}: RoadPlace, n: number) => ({row: Math.floor(n / cols) + 1, column: (n % cols) + 1});

function drawBlock(
  g: Element,
  {slot, part, symbol, label, matrix, lit}: Block,
  places: RoadPlaces,
  options: RoadOptions,
) {
  const {width, height} = places.cell;
  const place = places.slots[slot];
  const {rows, cols, x, y} = place;
  attributes(g, {"data-part": part, "data-symbol": symbol, transform: `translate(${rounded(x)} ${rounded(y)})`});
  outline(layer(g, "g", "ground"), [{row: 1, column: 1, rows, cols}], width, height);
  const data = Array.from(matrix?.data ?? []);
  const decimals = decimalsFor(data, width);
  const texts = data.map((value) => cellText(value, decimals, width));
  each(layer(g, "g", "numbers"), "text", texts, (one, text, n) => {
    const {row, column} = cellOf(place, n);
    attributes(one, {x: rounded((column - 0.5) * width), y: rounded((row - 0.5) * height), dy: "0.35em"});
    put(one, text);
  });
  outline(layer(g, "g", "edge"), [{row: 1, column: 1, rows, cols}], width, height);
  const isVector = matrix?.rows === 1 && cols === 1;
  const {row, column} = isVector ? {row: lit?.row ?? lit?.column, column: 1} : (lit ?? {});
  const traced = {row: row ?? 1, column: column ?? 1, rows: row ? 1 : rows, cols: column ? 1 : cols};
  outline(layer(g, "g", "trace"), lit ? [traced] : [], width, height);
  drawTitle(layer(g, "text", "title"), slot, label, place, places);
  const field = layer(g, "g", "picker");
  const isInput = slot === "x" || slot === "dx";
  const point = (row: number, column: number) => options.onPoint(part, row, isInput ? row : column);
  if (matrix) pick(field, {rows, cols, cellWidth: width, cellHeight: height, onPoint: point});
  else children(field, "rect", []);
}

/** A block's label: below it on the way through W₀, below the lower of two blocks and below ∂L/∂x; above all others. */
function drawTitle(
  text: Element,
  slot: RoadSlot,
  label: RoadPart["label"],
  {rows, cols}: RoadPlace,
  {cell}: RoadPlaces,
) {
  const isBelow = ["W0", "base", "du", "dx"].includes(slot);
  // The label of W₀ is longer than the matrix is wide; x's would meet the ways.
  const isLeft = slot === "W0" || slot === "dx";
  const isRight = slot === "x";
  attributes(text, {
    x: isLeft ? 0 : rounded((cols * cell.width) / (isRight ? 1 : 2)),
    y: isBelow ? rounded(rows * cell.height + 15) : -5,
    "text-anchor": isLeft ? null : isRight ? "end" : "middle",
  });
  write(text, label, "tspan");
}

/** A way: its class, which colors it, and its corners x, y, x, y, … */
type Way = readonly [name: string, path: readonly number[]];

function waysOf({slots, cell, upper, lower, middle, fork, plus}: RoadPlaces, {hasAdapter}: RoadOptions): Way[] {
  const end = (slot: RoadSlot) => slots[slot].x + slots[slot].cols * cell.width;
  const start = end("x");
  const gap = hasAdapter ? 9 : 0;
  const low: Way[] = [
    ["of-x", [start, middle, fork, middle, fork, lower, slots.W0.x, lower]],
    ["of-W0", [end("W0"), lower, slots.base.x, lower]],
    ["of-W0", [end("base"), lower, plus, lower, plus, middle + gap, ...(hasAdapter ? [] : [slots.h.x, middle])]],
  ];
  if (!hasAdapter) return low;
  return [
    ...low,
    ["of-x", [start, middle, fork, middle, fork, upper, slots.A.x, upper]],
    ["of-dW", [end("A"), upper, slots.down.x, upper]],
    ["of-dW", [end("down"), upper, slots.B.x, upper]],
    ["of-dW", [end("B"), upper, slots.up.x, upper]],
    ["of-dW", [end("up"), upper, plus, upper, plus, middle - gap]],
    ["of-h", [plus + gap, middle, slots.h.x, middle]],
  ];
}

/** The two strokes of an arrowhead where values arrive. */
function headOf(path: readonly number[], isBack: boolean, size: number): string {
  const [fromX, fromY, x, y] = (isBack ? [path[2], path[3], path[0], path[1]] : path.slice(-4)) as [
    number,
    number,
    number,
    number,
  ];
  const [dx, dy] = [size * Math.sign(x - fromX), size * Math.sign(y - fromY)];
  return dx
    ? `M${rounded(x - dx)} ${rounded(y - size)}l${dx} ${size}l${-dx} ${size}`
    : `M${rounded(x - size)} ${rounded(y - dy)}l${size} ${dy}l${size} ${-dy}`;
}

/** The ways and the plus where they meet. A dash that runs along each way once shows the direction. */
function drawWays(g: Element, places: RoadPlaces, options: RoadOptions) {
  const {isBack, hasAdapter, shown} = options;
  const all = waysOf(places, options);
  const line = (path: readonly number[]) => `M${path.map((place) => rounded(place)).join(" ")}`;
  join(layer(g, "g", "lines"), "path", all, {name: ([name]) => name}, (way, [name, path]) => {
    attributes(way, {d: line(path) + headOf(path, isBack, name === "of-x" ? 8 : 5)});
  });
  const stage = shown.split(" ")[0];
  const running = layer(g, "g", "runs");
  attributes(running, {"data-back": isBack ? "" : null});
  const runs = children(
    running,
    "path",
    all.map(([name]) => name),
    all.map((_, i) => `${stage} ${i}`),
  );
  for (const [i, [, path]] of all.entries()) attributes(runs[i]!, {d: line(path), pathLength: 1});
  const {plus, middle} = places;
  const [sum] = children(g, "path", hasAdapter ? ["plus"] : []);
  if (sum)
    attributes(sum, {d: `M${rounded(plus - 9)} ${rounded(middle)}a9 9 0 1 0 18 0a9 9 0 1 0-18 0m4 0h10m-5-5v10`});
}

/** Copies of numbers on their way into the traced sum: the style sheet animates each to its sum. */
function drawFlights(g: Element, {slots, cell}: RoadPlaces, {flights, blocks, shown}: RoadOptions) {
  attributes(g, {"aria-hidden": "true"});
  const center = ([slot, row, column]: BlockCell) => [
    slots[slot].x + (column - 0.5) * cell.width,
    slots[slot].y + (row - 0.5) * cell.height,
  ];
  join(
    g,
    "text",
    flights,
    {name: ({wave}) => `copy wave-${wave}`, key: (_, i) => `${shown} ${i}`},
    (copy, {from, to}) => {
      const [fromX, fromY] = center(from) as [number, number];
      const [x, y] = center(to) as [number, number];
      const [slot, row, column] = from;
      const {matrix, symbol} = blocks.find((one) => one.slot === slot)!;
      const value = matrix!.data[(row - 1) * slots[slot].cols + column - 1]!;
      attributes(copy, {
        "data-symbol": symbol,
        x: rounded(x),
        y: rounded(y),
        dy: "0.35em",
        transform: `translate(${rounded(fromX - x)} ${rounded(fromY - y)})`,
      });
      put(copy, decimalText(value, 2));
    },
  );
}
