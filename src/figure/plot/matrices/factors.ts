/** B, A and BA drawn as aligned blocks of cells, in which readers point and drag. */
import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {attributes, each} from "../children.ts";
import {makeDraggable} from "../drags.ts";
import {group} from "../group.ts";
import {layer} from "../layer.ts";
import {rounded} from "../rounded.ts";
import {fixed} from "../text/format.ts";
import {label} from "../text/label.ts";
import {put} from "../text/put.ts";
import {largestAbs} from "./extent.ts";
import {heatmap} from "./heatmap.ts";
import {type Box, cellAt, outline, pick} from "./pick.ts";

/** A cell's size, in units. */
interface Cell {
  cellWidth: number;
  cellHeight: number;
}

/** What the matrices are called. */
interface Names {
  B: string;
  A: string;
  BA?: string;
}

interface FactorsOptions {
  /** The edge of the square that holds BA, in units. */
  size: number;
  /** The most room for B, at the left, and for A, above, in units. */
  strip: number;
  /** The color limit of BA. */
  limit: number;
  /** The color limit of B and A; by default their largest entry. */
  factorLimit?: number;
  /** The traced entry, counted from 1; 0 for none. */
  row: number;
  column: number;
  /** The traced term of the sum, counted from 1; 0 for all of them. */
  term?: number;
  /** How many columns of B and rows of A are summed in BA; the others are pale. By default all are. */
  summedCount?: number;
  /** Called with what is pointed at: a row of B and BA, a column of A and BA, or a term of the sum. */
  onPoint(at: {row?: number; column?: number; term?: number}): void;
  /** What B and A are called, written at their corners, and BA, if it is not named elsewhere. */
  names: Names;
  /** Prints the values in the cells that have room for them. */
  hasNumbers?: boolean;
  /** While an entry is traced, all but its row, its column and itself is pale. */
  isPale?: boolean;
  /** With it, readers drag cells of B and A: up or to the right makes an entry larger, the other way smaller. */
  onValue?(factor: "A" | "B", row: number, column: number, value: number): void;
}

/** How many units of a drag change an entry by a tenth. */
const UNITS_PER_TENTH = 4;

/** The distance from B and A to BA, in units. */
const GAP = 8;

/** A group in the color of a symbol. */
function symbolGroup(svg: Element, name: string, symbol: string, x: number, y: number): Element {
  const g = group(svg, name, x, y);
  g.setAttribute("data-symbol", symbol);
  return g;
}

/** Covers the columns of B or the rows of A that are not summed, which makes them pale. */
function coverUnsummed(g: Element, width: number, height: number) {
  attributes(layer(g, "rect", "wait"), {width, height});
}

/** Pales the cells outside a box, and marks the numbers of those inside. */
function paleAround(g: Element, {rows, cols}: Matrix, box: Box | undefined, {cellWidth, cellHeight}: Cell) {
  const rectangle = (at: Box) =>
    `M${rounded((at.column - 1) * cellWidth)} ${rounded((at.row - 1) * cellHeight)}h${rounded(at.cols * cellWidth)}v${rounded(at.rows * cellHeight)}h${rounded(-at.cols * cellWidth)}z`;
  const d = box && rectangle({row: 1, column: 1, rows, cols}) + rectangle(box);
  attributes(layer(group(g, "around"), "path", "wait"), {d, "fill-rule": "evenodd"});
  for (const [n, number] of [...group(g, "values").children].entries()) {
    const [row, column] = [Math.floor(n / cols) + 1, (n % cols) + 1];
    const isInside =
      box && row >= box.row && row < box.row + box.rows && column >= box.column && column < box.column + box.cols;
    number.toggleAttribute("data-traced", !!isInside);
  }
}

/** The height of a line of words above A, in units. With less room, the words are in the corner at the left of A. */
const LINE_HEIGHT = 18;

/** The distance from A up to the words above it. It is NARROW_GAP if A is narrower than NARROW_WIDTH, where marks over its middle would touch the words. */
const NAME_GAP = 6;
const NARROW_GAP = 10;
const NARROW_WIDTH = 140;

/** Writes B's name over its columns, and the names of A and BA over the two ends of A, or in the corner, one line each. `roomAbove` is above A. */
function writeNames(
  left: Element,
  top: Element,
  {B, A, BA = ""}: Names,
  roomAbove: number,
  widthOfB: number,
  widthOfA: number,
) {
  const up = widthOfA < NARROW_WIDTH ? NARROW_GAP : NAME_GAP;
  const isInCorner = roomAbove < LINE_HEIGHT + up - NAME_GAP;
  const beside = {x: -GAP, anchor: "end"} as const;
  // In the corner: the baselines of the first line and the last, and of A's name between them.
  const firstLine = 12 - roomAbove;
  const lastLine = widthOfB + GAP - 5;
  const lineOfA = BA ? (firstLine + lastLine) / 2 : Math.min(widthOfB / 2, widthOfB - 14);
  label(left, "called", B, {x: widthOfB, y: -5, anchor: "end"});
  label(top, "called", A, isInCorner ? {...beside, y: lineOfA} : {x: 0, y: -up});
  label(top, "copied", BA, isInCorner ? {...beside, y: firstLine} : {x: widthOfA, y: -up, anchor: "end"});
}

/** What a drag in the cells of a matrix needs. */
interface ValueDrag {
  m: Matrix;
  cells: Parameters<typeof cellAt>[0];
  point(row: number, column: number): void;
  onValue(row: number, column: number, value: number): void;
}

/** Lets a drag change the entry in whose cell it begins. */
function dragValues(field: Element, g: Element, {m, cells, point, onValue}: ValueDrag) {
  makeDraggable(field, g, {
    from(x, y) {
      const at = cellAt(cells, x, y);
      point(at.row, at.column);
      return {...at, value: m.data[(at.row - 1) * m.cols + at.column - 1]!};
    },
    onMove({row, column, value}, dx, dy) {
      onValue(row, column, Number((value + Math.round((dx - dy) / UNITS_PER_TENTH) / 10).toFixed(6)));
    },
    onCancel: ({row, column, value}) => onValue(row, column, value),
  });
}

/**
 * Draws B (d,r), A (r,k) and BA (d,k) as aligned blocks: B at the left of BA, A above it. Outlines the traced entry with its row of B
 * and its column of A. Gives the transparent area over BA that catches the pointer.
 */
export function drawFactors(
  svg: Element,
  {B, A, BA}: {B: Matrix; A: Matrix; BA: Matrix},
  options: FactorsOptions,
): {field: Element} {
  const {
    size,
    strip,
    limit,
    row,
    column,
    term = 0,
    summedCount = B.cols,
    onPoint,
    hasNumbers = false,
    onValue,
    isPale = false,
  } = options;
  const r = B.cols;
  const cellSize = size / Math.max(BA.rows, BA.cols);
  const pieceWidth = r ? Math.min(cellSize, strip / r) : 0;
  const factorLimit = options.factorLimit ?? Math.max(largestAbs(B), largestAbs(A));
  const isTraced = row > 0 && column > 0;
  const unsummedSize = r - summedCount;
  const left = symbolGroup(svg, "B", "B", strip - pieceWidth * r, strip + GAP);
  const top = symbolGroup(svg, "A", "A", strip + GAP, strip - pieceWidth * r);
  const main = symbolGroup(svg, "BA", "dW", strip + GAP, strip + GAP);
  const block = (
    g: Element,
    m: Matrix,
    cell: Cell,
    colorLimit: number,
    boxes: Box[],
    point: (row: number, column: number) => void,
  ) => {
    heatmap(group(g, "map"), m, {...cell, limit: colorLimit});
    // Under the numbers, which stay legible.
    if (m === B)
      coverUnsummed(group(g, "veil", pieceWidth * summedCount), pieceWidth * unsummedSize, cell.cellHeight * m.rows);
    if (m === A)
      coverUnsummed(group(g, "veil", 0, pieceWidth * summedCount), cell.cellWidth * m.cols, pieceWidth * unsummedSize);
    if (isPale) group(g, "around");
    writeNumbers(group(g, "values"), hasNumbers ? m : undefined, cell);
    if (isPale) paleAround(g, m, boxes[0], cell);
    outline(group(g, "frame"), [{row: 1, column: 1, rows: m.rows, cols: m.cols}], cell.cellWidth, cell.cellHeight);
    outline(group(g, "trace"), boxes, cell.cellWidth, cell.cellHeight);
    const cells = {rows: m.rows, cols: m.cols, ...cell};
    const isDragged = !!onValue && m !== BA;
    const area = pick(g, {...cells, isDragged, onPoint: point});
    if (isDragged) dragValues(area, g, {m, cells, point, onValue: (...to) => onValue(m === B ? "B" : "A", ...to)});
    return area;
  };
  // Only the summed terms: with more of them the boxes would not give the boxed entry.
  const boxesFor = (box: Box, termBox: Box) => (isTraced && summedCount ? (term ? [box, termBox] : [box]) : []);
  const cellOfB = {cellWidth: pieceWidth, cellHeight: cellSize};
  const cellOfA = {cellWidth: cellSize, cellHeight: pieceWidth};
  const cellOfBA = {cellWidth: cellSize, cellHeight: cellSize};
  const rowOfB = boxesFor({row, column: 1, rows: 1, cols: summedCount}, {row, column: term, rows: 1, cols: 1});
  const columnOfA = boxesFor({row: 1, column, rows: summedCount, cols: 1}, {row: term, column, rows: 1, cols: 1});
  const entry = isTraced ? [{row, column, rows: 1, cols: 1}] : [];
  block(left, B, cellOfB, factorLimit, rowOfB, (i, l) => onPoint({row: i, term: l}));
  block(top, A, cellOfA, factorLimit, columnOfA, (l, j) => onPoint({column: j, term: l}));
  const field = block(main, BA, cellOfBA, limit, entry, (i, j) => onPoint({row: i, column: j, term: 0}));
  writeNames(left, top, options.names, strip - pieceWidth * r, pieceWidth * r, cellSize * A.cols);
  return {field};
}

/** In units: the widths of a digit or a sign and of a point in letters of 13 px, and the share of them in letters of 12.4 px. */
const DIGIT_WIDTH = 8.1;
const POINT_WIDTH = 3.7;
const SMALL_SHARE = 12.4 / 13;
/** Cells that are wider than this, in units, have room for letters of 15 px. */
const LARGE_CELL = 42;
/** The least distance between two numbers, in units. */
const MIN_GAP = 4;

/** The width of a number with one point, in units. */
const widthOf = (text: string): number => (text.length - 1) * DIGIT_WIDTH + POINT_WIDTH;

/**
 * Writes the numbers of a matrix into its cells, to one decimal: in 13 px, or in 12.4 px if only so they fit. If one would touch the
 * next, all leave out the zero before their point. Without a matrix it removes them.
 */
function writeNumbers(g: Element, m: Matrix | undefined, {cellWidth, cellHeight}: Cell) {
  const texts = m ? Array.from(m.data, (value) => fixed(value, 1)) : [];
  const isTight = texts.some((text) => widthOf(text) * SMALL_SHARE + MIN_GAP > cellWidth);
  const textOf = (n: number) => (isTight ? texts[n]!.replace(/^(−?)0\./, "$1.") : texts[n]!);
  // All or none: some numbers alone would look as if the others were missing. The trace and the table have them.
  const doFit = cellHeight >= 14 && texts.every((_, n) => widthOf(textOf(n)) * SMALL_SHARE <= cellWidth);
  each(g, "text", texts, (number, _, n) => {
    attributes(number, {
      class: `number${cellWidth > LARGE_CELL ? " large" : widthOf(textOf(n)) + 2 > cellWidth ? " small" : ""}`,
      x: rounded(((n % m!.cols) + 0.5) * cellWidth),
      y: rounded((Math.floor(n / m!.cols) + 0.5) * cellHeight),
      dy: "0.34em",
      "text-anchor": "middle",
    });
    put(number, doFit ? textOf(n) : "");
  });
}
