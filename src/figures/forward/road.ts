/** The layer as a road from x to h, with its matrices and vectors as blocks of numbers. */
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {labelWidth} from "../../figure/plot/axes/axis.ts";
import {attributes, children, each, join} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {outline, pick} from "../../figure/plot/matrices/pick.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {fixed} from "../../figure/plot/text/format.ts";
import {put} from "../../figure/plot/text/put.ts";
import {write} from "../../figure/plot/text/symbol.ts";
import {symbolsIn} from "../../figure/symbols.ts";
import {type Block, type Places, placesOf, type Slot} from "./blocks.ts";
import type {ForwardParams, ForwardResult} from "./model.ts";
import {entriesOf, partColors, type Span, type tracedEntry} from "./trace.ts";

interface Road {
  blocks: readonly Block[];
  parts: ForwardResult["parts"];
  params: ForwardParams;
  traced: ReturnType<typeof tracedEntry>;
  /** What the pointer is at, counted from 1. */
  onPoint(at: Required<Span>): void;
}

/** Draws the layer: the path through W₀ below, the path through A and B above. */
export function drawRoad(g: Element, sheet: Sheet, road: Road) {
  const places = placesOf(road.params, sheet);
  const paths = layer(g, "g", "ways");
  attributes(paths, {"aria-hidden": "true"});
  drawPaths(paths, places, road.params.stage);
  const blocks = layer(g, "g", "blocks");
  const {width, height} = places.cell;
  attributes(blocks, {"data-large": width > LARGE_CELL && height > 26 ? "" : null});
  const name = ({isEmpty}: Block) => (isEmpty ? "block empty" : "block");
  join(blocks, "g", road.blocks, {name, key: ({slot}) => slot}, (block, one) => drawBlock(block, one, places, road));
  drawFlights(layer(g, "g", "flights"), places, road);
}

/** In cells that are wider than this, numbers have 16 units. */
const LARGE_CELL = 40;

/** A number to these decimals; a whole number has none. */
const numberText = (x: number, decimals: number): string => fixed(x, Number.isInteger(x) ? 0 : decimals);

/** The numbers of a block to two decimals if all fit, else to one, else none: they are in the table. Estimated widths are rather too wide. */
function cellTexts({data}: Matrix, width: number): string[] {
  const letters = (width > LARGE_CELL ? 16 : 12) / 12;
  const fitting = [2, 1]
    .map((decimals) => Array.from(data, (x) => numberText(x, decimals)))
    .find((texts) => texts.every((text) => letters * labelWidth(text) <= 1.1 * width));
  return fitting ?? [];
}

function drawBlock(g: Element, {slot, part, label, isEmpty}: Block, places: Places, {parts, traced, onPoint}: Road) {
  const {width, height} = places.cell;
  const {rows, cols, x, y} = places.slots[slot];
  attributes(g, {
    "data-part": part,
    "data-symbol": partColors[part],
    transform: `translate(${rounded(x)} ${rounded(y)})`,
  });
  const whole = {row: 1, column: 1, rows, cols};
  outline(layer(g, "g", "ground"), [whole], width, height);
  each(layer(g, "g", "numbers"), "text", isEmpty ? [] : cellTexts(parts[part], width), (one, text, n) => {
    attributes(one, {
      x: rounded(((n % cols) + 0.5) * width),
      y: rounded((Math.floor(n / cols) + 0.5) * height),
      dy: "0.35em",
    });
    put(one, text);
  });
  outline(layer(g, "g", "edge"), [whole], width, height);
  // What goes into the traced entry.
  const spans = [traced.span, ...traced.products.flatMap(({factors, sum}) => (sum ? [...factors, sum] : factors))];
  const boxes = spans
    .filter((span) => !isEmpty && span.part === part)
    .map(({row, column}) => ({
      row: row ?? 1,
      column: column ?? 1,
      rows: row ? 1 : rows,
      cols: column ? 1 : cols,
    }));
  outline(layer(g, "g", "trace"), boxes, width, height);
  drawLabel(layer(g, "text", "title"), slot, label, places);
  const field = layer(g, "g", "picker");
  if (isEmpty) children(field, "rect", []);
  else
    pick(field, {
      rows,
      cols,
      cellWidth: width,
      cellHeight: height,
      onPoint: (row, column) => onPoint({part, row, column}),
    });
}

/** A block's label: below it on the path through W₀, below the lower of two blocks and below ∂L/∂x; above all others. */
function drawLabel(text: Element, slot: Slot, label: string, {slots, cell}: Places) {
  const {rows, cols} = slots[slot];
  const isBelow = ["W0", "base", "du", "dx"].includes(slot);
  // The label of W₀ is longer than the matrix is wide; x's would meet the paths.
  const anchor = slot === "W0" || slot === "dx" ? "start" : slot === "x" ? "end" : "middle";
  attributes(text, {
    x: rounded(cols * cell.width * {start: 0, middle: 0.5, end: 1}[anchor]),
    y: isBelow ? rounded(rows * cell.height + 15) : -5,
    "text-anchor": anchor,
  });
  write(text, symbolsIn(label), "tspan");
}

/** A path: its class, which colors it, and its corners x, y, x, y, … */
type Path = readonly [name: string, corners: readonly number[]];

function pathsOf({slots, cell, upper, lower, middle, fork, plus}: Places, hasAdapter: boolean): Path[] {
  const end = (slot: Slot) => slots[slot].x + slots[slot].cols * cell.width;
  const toFork = [end("x"), middle, fork, middle];
  const radius = hasAdapter ? PLUS_RADIUS : 0;
  const out = hasAdapter ? [] : [slots.h.x, middle];
  const frozen: Path[] = [
    ["of-x", [...toFork, fork, lower, slots.W0.x, lower]],
    ["of-W0", [end("W0"), lower, slots.base.x, lower]],
    ["of-W0", [end("base"), lower, plus, lower, plus, middle + radius, ...out]],
  ];
  if (!hasAdapter) return frozen;
  return [
    ...frozen,
    ["of-x", [...toFork, fork, upper, slots.A.x, upper]],
    ["of-dW", [end("A"), upper, slots.down.x, upper]],
    ["of-dW", [end("down"), upper, slots.B.x, upper]],
    ["of-dW", [end("B"), upper, slots.up.x, upper]],
    ["of-dW", [end("up"), upper, plus, upper, plus, middle - radius]],
    ["of-h", [plus + radius, middle, slots.h.x, middle]],
  ];
}

const PLUS_RADIUS = 9;

/** The two strokes of an arrowhead at the end of a path. */
function arrowhead(corners: readonly number[], size: number): string {
  const [fromX, fromY, x, y] = corners.slice(-4) as [number, number, number, number];
  const [dx, dy] = [size * Math.sign(x - fromX), size * Math.sign(y - fromY)];
  return dx
    ? `M${rounded(x - dx)} ${rounded(y - size)}l${dx} ${size}l${-dx} ${size}`
    : `M${rounded(x - size)} ${rounded(y - dy)}l${size} ${dy}l${size} ${-dy}`;
}

/** The corners from the last to the first. */
const reversed = (corners: readonly number[]): number[] =>
  corners.map((_, n) => corners[corners.length - 2 - n + 2 * (n % 2)]!);

/** The paths and the plus where they meet. In the backward pass values go from h to x. The style sheet draws each path anew in each stage. */
function drawPaths(g: Element, places: Places, stage: ForwardParams["stage"]) {
  const hasAdapter = stage !== "freeze" && stage !== "merge";
  const key = (_: Path, i: number) => `${stage} ${i}`;
  const paths = pathsOf(places, hasAdapter);
  join(layer(g, "g", "lines"), "path", paths, {name: ([name]) => name, key}, (line, [name, forward]) => {
    const corners = stage === "backward" ? reversed(forward) : forward;
    const d = `M${corners.map((place) => rounded(place)).join(" ")}`;
    attributes(line, {d: d + arrowhead(corners, name === "of-x" ? 8 : 5), pathLength: 1});
  });
  const [sum] = children(g, "path", hasAdapter ? ["plus"] : []);
  if (!sum) return;
  const left = `${rounded(places.plus - PLUS_RADIUS)} ${rounded(places.middle)}`;
  attributes(sum, {d: `M${left}a9 9 0 1 0 18 0a9 9 0 1 0-18 0m4 0h10m-5-5v10`});
}

/** A number that flies to the sum of which it is a factor or a term. Wave 2 starts after wave 1. */
interface Flight {
  from: Span;
  to: Span;
  wave: number;
}

/** First the factors fly to their sums; then these, if they are only terms of the traced entry, to it. */
function flightsOf({traced: {span, products}}: Road): Flight[] {
  return products.flatMap(({factors, sum}) => {
    const to = sum ?? span;
    const first = factors.map((from): Flight => ({from, to, wave: 1}));
    return to.part === span.part ? first : [...first, {from: to, to: span, wave: 2}];
  });
}

/** Copies of numbers on their way into the traced sum: the style sheet animates each to its sum. */
function drawFlights(g: Element, {slots, cell}: Places, road: Road) {
  const {blocks, parts, params} = road;
  const blockOf = ({part}: Span) => blocks.find((block) => block.part === part && !block.isEmpty);
  const centerOf = (slot: Slot, row: number, column: number) => ({
    x: slots[slot].x + (column - 0.5) * cell.width,
    y: slots[slot].y + (row - 0.5) * cell.height,
  });
  const copies = flightsOf(road).flatMap(({from, to, wave}) => {
    const [start, end] = [blockOf(from), blockOf(to)];
    if (!start || !end) return [];
    const m = parts[start.part];
    return entriesOf(m, from).map(([row, column]) => ({
      wave,
      value: m.data[(row - 1) * m.cols + column - 1]!,
      symbol: partColors[start.part],
      from: centerOf(start.slot, row, column),
      to: centerOf(end.slot, to.row!, to.column!),
    }));
  });
  attributes(g, {"aria-hidden": "true"});
  // A redraw of the same does not start the flights again.
  const {stage, trace, row, column} = params;
  const key = (_: (typeof copies)[number], i: number) => `${stage} ${trace} ${row} ${column} ${i}`;
  join(g, "text", copies, {name: ({wave}) => `copy wave-${wave}`, key}, (copy, {from, to, symbol, value}) => {
    attributes(copy, {
      "data-symbol": symbol,
      x: rounded(to.x),
      y: rounded(to.y),
      dy: "0.35em",
      transform: `translate(${rounded(from.x - to.x)} ${rounded(from.y - to.y)})`,
    });
    put(copy, numberText(value, 2));
  });
}
