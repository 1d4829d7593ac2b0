/** The outer products that add up to BA: their places beside the sum, and how they move into it and out of it. */
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {attributes, join, listen} from "../../figure/plot/children.ts";
import {group} from "../../figure/plot/group.ts";
import {layer} from "../../figure/plot/layer.ts";
import {largestAbs} from "../../figure/plot/matrices/extent.ts";
import {heatmap} from "../../figure/plot/matrices/heatmap.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {label} from "../../figure/plot/text/label.ts";
import type {Act} from "../../figure/widget.ts";
import type {ProductParams, ProductResult} from "./model.ts";

/** The distance from a factor to the product. */
const FACTOR_GAP = 8;
/** The largest shares of the width and of the height that B and A may take. */
const [WIDTH_SHARE, HEIGHT_SHARE] = [0.22, 0.26];
/** The height of the line of words under the sum. */
const FOOT = 24;
/** The distances from the sum to the pieces, and from one piece to the next. */
const [PIECES_GAP, PIECE_GAP] = [28, 12];
/** The thickness of a piece's column of B or row of A, the same with the gap after it, and the height of the name above them. */
const [STRIP, STRIP_ROOM, NAME_HEIGHT] = [10, 14, 18];
/** In places wider than this there is room to say whether the piece is in the sum. */
const MIN_WORDS_WIDTH = 110;

/** The top left corner of a matrix, and the edge of its cells, in units. */
interface Place {
  x: number;
  y: number;
  cell: number;
}

/** Where the sum, its factors and its pieces are drawn, in units. */
export interface ProductPlan {
  /** The room for B's width and A's height. */
  strip: number;
  sum: Place;
  /** The place of each piece, with its name and its factors. */
  places: readonly Place[];
  hasRoomForWords: boolean;
}

/** The sum with its factors, and the r pieces beside it, or below it where the picture is not wide. */
export function productPlan({width, height}: Sheet, {d, k, r}: Pick<ProductParams, "d" | "k" | "r">): ProductPlan {
  const isBeside = width > 1.25 * height;
  const [factorsWidth, factorsHeight] = isBeside
    ? [0.73 * width, height]
    : [width, height - Math.min(0.33 * height, 160)];
  const strip = Math.min(WIDTH_SHARE * factorsWidth, HEIGHT_SHARE * factorsHeight);
  const outer = strip + FACTOR_GAP;
  const cell = Math.min((factorsWidth - outer) / k, (factorsHeight - outer - FOOT) / d);
  const room = isBeside
    ? {width: width - factorsWidth - PIECES_GAP, height: (height - (r - 1) * PIECE_GAP) / r}
    : {width: (width - (r - 1) * PIECE_GAP) / r, height: height - factorsHeight};
  const pieceCell = Math.min((room.width - STRIP_ROOM) / k, (room.height - NAME_HEIGHT - STRIP_ROOM) / d);
  const places = Array.from({length: r}, (_, l) => ({
    x: isBeside ? factorsWidth + PIECES_GAP : l * (room.width + PIECE_GAP),
    y: isBeside ? l * (room.height + PIECE_GAP) : factorsHeight,
    cell: pieceCell,
  }));
  return {strip, sum: {x: outer, y: outer, cell}, places, hasRoomForWords: room.width > MIN_WORDS_WIDTH};
}

/** What the pieces are drawn from. The color scale of pieces and sum runs from −limit to limit. */
interface PiecesState {
  result: ProductResult;
  params: ProductParams;
  limit: number;
  act: Act;
}

/** Draws the outer products b·aᵀ. Each has a place with its column of B and its row of A, and lies either there or in the sum. */
export function drawPieces(g: Element, plan: ProductPlan, state: PiecesState) {
  const {result, params, limit} = state;
  const {pieces} = result;
  const {sum, places} = plan;
  join(layer(g, "g", "places"), "g", pieces, {name: "place"}, (box, _, l) => drawPlace(box, l, plan, state));
  join(layer(g, "g", "flying"), "g", pieces, {name: "piece"}, (piece, m, l) => {
    heatmap(layer(piece, "g", "map"), m, {cellWidth: sum.cell, cellHeight: sum.cell, limit});
    attributes(layer(piece, "rect", "edge"), {width: rounded(m.cols * sum.cell), height: rounded(m.rows * sum.cell)});
    const {x, y, cell} = places[l]!;
    const isIn = l < params.peel;
    const [left, top] = isIn ? [sum.x, sum.y] : [x + STRIP_ROOM, y + NAME_HEIGHT + STRIP_ROOM];
    const scale = isIn ? 1 : rounded(cell / sum.cell, 3);
    attributes(piece, {
      "data-summed": isIn ? "" : null,
      transform: `translate(${rounded(left)} ${rounded(top)}) scale(${scale})`,
    });
  });
}

/** Draws the place of piece l, counted from 0: its name, its column of B, its row of A, and a pale picture of it. A press moves it. */
function drawPlace(
  box: Element,
  l: number,
  {places, hasRoomForWords}: ProductPlan,
  {result, params, limit, act}: PiecesState,
) {
  const {pieces, B, A} = result;
  const {x, y, cell} = places[l]!;
  const isIn = l < params.peel;
  const transform = `translate(${rounded(x)} ${rounded(y)})`;
  attributes(box, {transform, "data-lit": l + 1 === params.term ? "" : null, "data-press": ""});
  // With keys, readers use the slider of the pieces.
  listen(box, "click", () => act.set({peel: isIn ? l : l + 1}));
  const words = hasRoomForWords ? (isIn ? ", in the sum" : ", left out") : "";
  label(box, "called", `piece ${l + 1}${words}`, {x: 0, y: 11});
  const {rows, cols} = pieces[l]!;
  const column: Matrix = {rows, cols: 1, data: Float64Array.from({length: rows}, (_, i) => B.data[i * B.cols + l]!)};
  const row: Matrix = {rows: 1, cols, data: A.data.slice(l * cols, (l + 1) * cols)};
  const factorLimit = Math.max(largestAbs(B), largestAbs(A));
  heatmap(group(box, "B", 0, NAME_HEIGHT + STRIP_ROOM), column, {
    cellWidth: STRIP,
    cellHeight: cell,
    limit: factorLimit,
  });
  heatmap(group(box, "A", STRIP_ROOM, NAME_HEIGHT), row, {cellWidth: cell, cellHeight: STRIP, limit: factorLimit});
  const map = group(box, "map", STRIP_ROOM, NAME_HEIGHT + STRIP_ROOM);
  heatmap(map, pieces[l]!, {cellWidth: cell, cellHeight: cell, limit});
  const [width, height] = [STRIP_ROOM + cell * cols, NAME_HEIGHT + STRIP_ROOM + cell * rows];
  attributes(layer(box, "rect", "field"), {width: rounded(width), height: rounded(height)});
}
