/** W₀ as a slate sheet on a table, and BA as a violet sheet above it that is lowered into it and lifted off again. */
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {attributes, each} from "../../figure/plot/children.ts";
import {makeDraggable} from "../../figure/plot/drags.ts";
import {layer} from "../../figure/plot/layer.ts";
import {outline, pick} from "../../figure/plot/matrices/pick.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {counted} from "../../figure/plot/text/format.ts";
import {type Rich, write} from "../../figure/plot/text/symbol.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act, Values} from "../../figure/widget.ts";
import {largestEntry} from "../shared/largestEntry.ts";
import {FOLD_SIDE, FOLD_SWAPS, type FoldParams, type FoldResult, SHEET_LIFTED, SHEET_MERGED} from "./model.ts";

/** In cells: the width of the picture, how far the sheet starts above the table, and the middle of the table above the lower edge. */
const [WIDTH_IN_CELLS, LIFT, FLOOR] = [{narrow: 13.6, mid: 14, wide: 15}, 3.8, 2.15];
/** The width of the picture in cells once the sheets are merged, and so drawn larger. */
const MERGED_WIDTH_IN_CELLS = 10.4;
/** After this share of the way the sheet lies on the table; then its color goes into the cells below. */
const DOWN_SHARE = 0.6;
/** How far each row is left of the row behind it, and how deep it looks, in cells. */
const SLANT = 0.5;
/** The error whose dot fills its cell, and the smallest radius, for errors too small to be seen. */
const [FULL_ERROR, MIN_RADIUS] = [0.035, 0.05];

/** From 0 to 1, slow at both ends. */
const smooth = (share: number): number => share * share * (3 - 2 * share);
const clamp = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high);

/** How far the sheet is merged, from 0 to 1, whether it is being lowered or lifted off again. */
export const sheetProgress = (sheet: number): number =>
  (sheet <= SHEET_MERGED ? sheet : SHEET_LIFTED - sheet) / SHEET_MERGED;

/** Where the sheet is, in words. */
export const sheetText = (sheet: number): string =>
  sheet === 0
    ? "apart"
    : sheet === SHEET_MERGED
      ? "merged"
      : sheet === SHEET_LIFTED
        ? "lifted off again"
        : `${Math.round(100 * sheetProgress(sheet))}% merged`;

/** Where the button sends the sheet. */
export const nextStop = (sheet: number): number =>
  sheet < SHEET_MERGED || sheet === SHEET_LIFTED ? SHEET_MERGED : SHEET_LIFTED;

/** The state when the sheet comes to rest: lifted off it has completed a swap, and the next task's sheet takes its place. */
export const restingState = ({sheet, swaps}: Pick<FoldParams, "sheet" | "swaps">): Values =>
  sheet === SHEET_LIFTED && swaps < FOLD_SWAPS ? {sheet: 0, swaps: swaps + 1} : {sheet};

/** The opacity of each cell: by the size of its entry, from `pale` to 1. */
function opacitiesOf({data}: Matrix, pale: number): number[] {
  const largest = largestEntry({data});
  return Array.from(data, (x) => pale + (1 - pale) * (Math.abs(x) / largest));
}

/** The opacities of slate and, above it, violet: together as opaque as `opacity`, and violet by the update's share. */
function blendOpacities(opacity: number, share: number): {slate: number; violet: number} {
  const violet = opacity * share;
  return {violet, slate: (opacity - violet) / (1 - violet || 1)};
}

/** What the figure shows, and how a reader changes it. */
interface FoldState {
  result: FoldResult;
  params: FoldParams;
  act: Act;
}

/** The state, and the places of what is drawn, in units. */
interface Scene extends Sheet, FoldState {
  /** The side of a cell; it is `unit` while the sheets are apart. */
  cell: number;
  unit: number;
  /** The middle of the table, how high the sheet is above it, and how far its color has gone into W₀, from 0 to 1. */
  middle: readonly [x: number, y: number];
  sheetHeight: number;
  mix: number;
}

/** The place where row line i, from the back, meets column line j, from the left, `above` units above the table. */
const at = ({middle: [x, y], cell}: Scene, i: number, j: number, above = 0): readonly [x: number, y: number] => [
  rounded(x + (j - FOLD_SIDE / 2 - (i - FOLD_SIDE / 2) * SLANT) * cell),
  rounded(y + (i - FOLD_SIDE / 2) * SLANT * cell - above),
];

const drawPath = (g: Element, name: string, d: string, opacity = 1) =>
  attributes(layer(g, "path", name), {d, opacity: opacity === 1 ? null : rounded(opacity, 2)});

/** Gives a group that lies flat, `above` units above the table, in which a cell is 1 wide and 1 deep. */
function flatGroup(g: Element, name: string, scene: Scene, above: number): Element {
  const [x, y] = at(scene, 0, 0, above);
  const [cellWidth, slant] = [rounded(scene.cell, 2), rounded(SLANT * scene.cell, 2)];
  const group = layer(g, "g", name);
  attributes(group, {transform: `matrix(${cellWidth} 0 ${-slant} ${slant} ${x} ${y})`});
  return group;
}

/** The path of a sheet. */
const SHEET_PATH = `M0 0h${FOLD_SIDE}v${FOLD_SIDE}h${-FOLD_SIDE}z`;
/** The path of cell k of a sheet. */
const cellPath = (k: number): string => `M${k % FOLD_SIDE} ${Math.floor(k / FOLD_SIDE)}h1v1h-1z`;
/** Draws a cell for each opacity. */
const drawCells = (g: Element, name: string, opacities: readonly number[], pathOf = cellPath) =>
  each(layer(g, "g", name), "path", opacities, (cell, opacity, k) =>
    attributes(cell, {d: pathOf(k), "fill-opacity": rounded(opacity, 2)}),
  );

/** Writes a name. It is placed by a transform, which the style sheet can animate. */
function drawName(g: Element, name: string, rich: Rich, [x, y]: readonly [number, number], anchor = "middle") {
  const text = layer(g, "text", `name ${name}`);
  attributes(text, {transform: `translate(${rounded(x)} ${rounded(y)})`, "text-anchor": anchor});
  write(text, rich, "tspan");
}

/** Draws the path x → W₀ → h and, until it is merged, the path through A and B above it. */
function drawPaths(g: Element, scene: Scene) {
  const {unit, width, sheetHeight, mix} = scene;
  const [left, y] = at(scene, FOLD_SIDE / 2, 0);
  const [right] = at(scene, FOLD_SIDE / 2, FOLD_SIDE);
  const [from, to] = [18, width - 18];
  drawPath(g, "road", `M${from},${y}H${left - 4}M${right + 4},${y}H${to}`);
  const up = rounded(y - sheetHeight);
  const [branchX, sumX] = [rounded(from + 0.25 * unit), rounded(to - 0.9 * unit)];
  const second = `M${branchX},${y}V${up}H${rounded(left - 1.45 * scene.cell)}M${right + 4},${up}H${sumX}V${y}`;
  drawPath(g, "second", second, 1 - mix);
  const sum = layer(g, "g", "sum");
  attributes(sum, {transform: `translate(${sumX} ${y})`, opacity: rounded(1 - mix, 2)});
  attributes(layer(sum, "circle", "round"), {r: 9});
  drawPath(sum, "plus", "M-5,0H5M0,-5V5");
  drawName(g, "of-x", [{symbol: "x", text: "x"}], [from - 10, y + 5]);
  drawName(g, "of-h", [{symbol: "h", text: "h"}], [to + 10, y + 5]);
}

/** Draws the sheet W₀: its cells, the color of the update in them, and the errors. */
function drawW0(g: Element, scene: Scene) {
  const {mix, result, params, act} = scene;
  const {W0, update, W, errors} = result;
  drawPath(flatGroup(g, "thick", scene, -6), "edge", SHEET_PATH);
  const sheet = flatGroup(g, "lower", scene, 0);
  drawPath(sheet, "under", SHEET_PATH);
  const [opacitiesOfW0, opacitiesOfW] = [opacitiesOf(W0, 0.2), opacitiesOf(W, 0.2)];
  const blends = opacitiesOfW0.map((opacity, k) => {
    const [w, d] = [Math.abs(W0.data[k]!), Math.abs(update.data[k]!)];
    return blendOpacities(opacity + mix * (opacitiesOfW[k]! - opacity), (mix * d) / (w + d || 1));
  });
  const [slates, violets] = [blends.map(({slate}) => slate), blends.map(({violet}) => violet)];
  drawCells(sheet, "base", slates);
  drawCells(sheet, "soaked", violets);
  each(layer(sheet, "g", "errors"), "circle", [...errors.data], (dot, error, k) =>
    attributes(dot, {
      cx: (k % FOLD_SIDE) + 0.5,
      cy: Math.floor(k / FOLD_SIDE) + 0.5,
      r: error ? rounded(clamp(0.5 * Math.sqrt(Math.abs(error) / FULL_ERROR), MIN_RADIUS, 0.5), 3) : 0,
    }),
  );
  const {row, column} = params;
  outline(layer(sheet, "g", "trace"), row && column ? [{row, column, rows: 1, cols: 1}] : [], 1, 1);
  pickCells(sheet, params, act);
}

/** Lets a reader trace a cell by pointing at it. */
const pickCells = (g: Element, traced: FoldParams, act: Act) =>
  pick(g, {
    rows: FOLD_SIDE,
    cols: FOLD_SIDE,
    cellWidth: 1,
    cellHeight: 1,
    onPoint: (row, column) => (row !== traced.row || column !== traced.column) && act.set({row, column}),
  });

/** Draws the sheet BA, with B at its side and A at its back. */
function drawBA(g: Element, scene: Scene) {
  const {sheetHeight, mix, unit, frame, result, params, act} = scene;
  attributes(g, {opacity: rounded(1 - mix, 2), "data-merged": mix === 1 ? "" : null});
  const sheet = flatGroup(g, "upper", scene, sheetHeight);
  drawPath(sheet, "under", SHEET_PATH);
  drawCells(sheet, "update", opacitiesOf(result.update, 0.16));
  drawCells(sheet, "strip-B", opacitiesOf(result.B, 0.25), (i) => `M-1.2 ${i}h.85v1h-.85z`);
  drawCells(sheet, "strip-A", opacitiesOf(result.A, 0.25), (j) => `M${j} -1.2h1v.85h-1z`);
  pickCells(sheet, params, act);
  const [bx, by] = at(scene, 0, -1.2, sheetHeight);
  drawName(g, "letter-B", [symbol.B], [bx - 10, by + 10], "end");
  const [ax, ay] = at(scene, -0.8, FOLD_SIDE, sheetHeight);
  drawName(g, "letter-A", [symbol.A], [ax + 8, ay + 5], "start");
  const [dx, dy] = at(scene, FOLD_SIDE, FOLD_SIDE, sheetHeight);
  const task = params.swaps && frame !== "narrow" ? ` of task ${params.swaps + 1}` : "";
  drawName(g, "letter-BA", sheetHeight > 0.3 * unit ? [symbol.dW, task] : [], [dx + 10, dy + 4], "start");
}

/** A pointer that has moved less than this, in units, has not dragged. */
const MIN_DRAG = 4;

/** Lets a reader drag the sheet. Let go before the middle of its way, it returns. With keys, readers use the button and the slider. */
function makeMovable(sheet: Element, g: Element, {params, act, unit}: Scene) {
  const draggedTo = (from: number, dy: number): number => {
    const change = (dy / (LIFT * unit)) * DOWN_SHARE * SHEET_MERGED;
    return Math.round(
      from < SHEET_MERGED ? clamp(from + change, 0, SHEET_MERGED) : clamp(from - change, SHEET_MERGED, SHEET_LIFTED),
    );
  };
  makeDraggable(sheet, g, {
    from: () => params.sheet,
    onMove: (from, _, dy) => act.set({sheet: draggedTo(from, dy)}),
    onCancel: (from) => act.set({sheet: from}),
    onDrop(from, _, dy) {
      if (Math.abs(dy) < MIN_DRAG) return;
      const isMerged = sheetProgress(draggedTo(from, dy)) > 0.5;
      act.set(
        restingState({sheet: isMerged ? SHEET_MERGED : from < SHEET_MERGED ? 0 : SHEET_LIFTED, swaps: params.swaps}),
      );
    },
  });
}

/** Where everything is for this place of the sheet. */
function sceneAt(size: Sheet, {result, params, act}: FoldState): Scene {
  const {frame, width, height} = size;
  const unit = width / WIDTH_IN_CELLS[frame];
  const progress = sheetProgress(params.sheet);
  const near = smooth(progress);
  const floor = height - FLOOR * unit;
  // The nearer the sheets are, the larger they are drawn, around the middle of the picture.
  return {
    ...size,
    result,
    params,
    act,
    unit,
    cell: unit + near * (width / MERGED_WIDTH_IN_CELLS - unit),
    middle: [width / 2, floor + near * (height / 2 - floor)],
    sheetHeight: LIFT * unit * (1 - smooth(Math.min(progress / DOWN_SHARE, 1))),
    mix: Math.max((progress - DOWN_SHARE) / (1 - DOWN_SHARE), 0),
  };
}

/** Draws both sheets and the paths of x through them. */
export function drawTwoSheets(g: Element, size: Sheet, state: FoldState) {
  const {result} = state;
  const scene = sceneAt(size, state);
  const {sheetHeight, mix, frame} = scene;
  const back = layer(g, "g", "back");
  drawPaths(layer(back, "g", "roads"), scene);
  drawW0(layer(back, "g", "slate"), scene);
  const corners = [at(scene, 0, FOLD_SIDE), at(scene, FOLD_SIDE, FOLD_SIDE), at(scene, FOLD_SIDE, 0)];
  drawPath(back, "posts", corners.map(([x, y]) => `M${x},${y}v${rounded(-sheetHeight)}`).join(""));
  const [x, y] = at(scene, FOLD_SIDE, FOLD_SIDE);
  const swapsText =
    result.completedSwaps && frame !== "narrow" ? ` after ${counted(result.completedSwaps, "swap")}` : "";
  drawName(back, "of-W", mix > 0.5 ? [symbol.W0, " + ", symbol.dW] : [symbol.W0, swapsText], [x + 10, y + 6], "start");
  const violet = layer(g, "g", "sheet");
  drawBA(violet, scene);
  makeMovable(violet, g, scene);
}
