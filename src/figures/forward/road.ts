/** Draws the layer: its paths from x to h, with its matrices and vectors as blocks of numbers. */
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {labelWidth} from "../../figure/plot/axes/axis.ts";
import {attributes, children, each, join} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {outline, pick} from "../../figure/plot/matrices/pick.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {put} from "../../figure/plot/text/put.ts";
import {write} from "../../figure/plot/text/symbol.ts";
import {symbolsIn} from "../../figure/symbols.ts";
import {type Block, type LayerPlaces, placesOf, type Slot} from "./blocks.ts";
import type {ForwardParams, ForwardResult} from "./model.ts";
import {entriesOf, numberText, partColors, type Span, type tracedEntry} from "./trace.ts";

interface RoadOptions {
  blocks: readonly Block[];
  parts: ForwardResult["parts"];
  params: ForwardParams;
  traced: ReturnType<typeof tracedEntry>;
  /** Called with the entry that the pointer is at; rows and columns count from 1. */
  onPoint(at: Required<Span>): void;
}

/** Draws the layer: the path through W₀ below, the path through A and B above. */
export function drawRoad(g: Element, sheet: Sheet, road: RoadOptions) {
  const places = placesOf(road.params, sheet);
  const paths = layer(g, "g", "paths");
  attributes(paths, {"aria-hidden": "true"});
  drawPaths(paths, places, road.params.stage);
  const blocks = layer(g, "g", "blocks");
  const {width, height} = places.cell;
  attributes(blocks, {"data-large": width > LARGE_CELL_WIDTH && height > LARGE_CELL_HEIGHT ? "" : null});
  const name = ({isEmpty}: Block) => (isEmpty ? "block empty" : "block");
  join(blocks, "g", road.blocks, {name, key: ({slot}) => slot}, (g, block) => drawBlock(g, block, places, road));
  drawFlights(layer(g, "g", "flights"), places, road);
}

/** Cells that are wider and higher than this have numbers of 16 units instead of 12. */
const [LARGE_CELL_WIDTH, LARGE_CELL_HEIGHT] = [40, 26];

/**
 * The numbers of a block: to two decimals if all fit, else to one, else none, for they are in the table. A tenth too wide counts as
 * fitting, because widths are estimated rather too wide.
 */
function cellTexts({data}: Matrix, width: number): string[] {
  const scale = (width > LARGE_CELL_WIDTH ? 16 : 12) / 12;
  const fittingTexts = [2, 1]
    .map((decimals) => Array.from(data, (x) => numberText(x, decimals)))
    .find((texts) => texts.every((text) => scale * labelWidth(text) <= 1.1 * width));
  return fittingTexts ?? [];
}

function drawBlock(
  g: Element,
  {slot, part, label, isEmpty}: Block,
  places: LayerPlaces,
  {parts, traced, onPoint}: RoadOptions,
) {
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
  // The traced entry and all that it is computed from.
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

/** Draws a block's label: below W₀, W₀x, ∂L/∂x and the gradient of Ax; above all other blocks. */
function drawLabel(text: Element, slot: Slot, label: string, {slots, cell}: LayerPlaces) {
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

/** The paths of the layer: through W₀ alone, or also through A and B to a plus. */
function pathsOf({slots, cell, upper, lower, middle, fork, plus}: LayerPlaces, hasAdapter: boolean): Path[] {
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

/** The radius of the plus at which the paths meet. */
const PLUS_RADIUS = 9;

/** The two strokes of an arrowhead at the end of a path. */
function arrowhead(corners: readonly number[], size: number): string {
  const [fromX, fromY, x, y] = corners.slice(-4) as [number, number, number, number];
  const [dx, dy] = [size * Math.sign(x - fromX), size * Math.sign(y - fromY)];
  return dx
    ? `M${rounded(x - dx)} ${rounded(y - size)}l${dx} ${size}l${-dx} ${size}`
    : `M${rounded(x - size)} ${rounded(y - dy)}l${size} ${dy}l${size} ${-dy}`;
}

/** The corners of a path from the last to the first. */
const reversed = (corners: readonly number[]): number[] =>
  corners.map((_, n) => corners[corners.length - 2 - n + 2 * (n % 2)]!);

/** Draws the paths and the plus. In the backward pass they lead from h to x. The style sheet animates new paths in each stage. */
function drawPaths(g: Element, places: LayerPlaces, stage: ForwardParams["stage"]) {
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

/** A copy of a number that moves to the sum of which it is a factor or a term. Wave 2 starts after wave 1. */
interface Flight {
  from: Span;
  to: Span;
  wave: number;
}

/** First the factors move to their sums; then sums that are terms of the traced entry move to it. */
function flightsOf({traced: {span, products}}: RoadOptions): Flight[] {
  return products.flatMap(({factors, sum}) => {
    const to = sum ?? span;
    const first = factors.map((from): Flight => ({from, to, wave: 1}));
    return to.part === span.part ? first : [...first, {from: to, to: span, wave: 2}];
  });
}

/** Draws copies of the numbers in the traced sum at the sum; the style sheet moves them there from their own places. */
function drawFlights(g: Element, {slots, cell}: LayerPlaces, road: RoadOptions) {
  const {blocks, parts, params} = road;
  const blockOf = ({part}: Span) => blocks.find((block) => block.part === part && !block.isEmpty);
  const centerOf = (slot: Slot, row: number, column: number) => ({
    x: slots[slot].x + (column - 0.5) * cell.width,
    y: slots[slot].y + (row - 0.5) * cell.height,
  });
  const copies = flightsOf(road).flatMap(({from, to, wave}) => {
    const [source, target] = [blockOf(from), blockOf(to)];
    if (!source || !target) return [];
    const m = parts[source.part];
    return entriesOf(m, from).map(([row, column]) => ({
      wave,
      value: m.data[(row - 1) * m.cols + column - 1]!,
      symbol: partColors[source.part],
      from: centerOf(source.slot, row, column),
      to: centerOf(target.slot, to.row!, to.column!),
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
