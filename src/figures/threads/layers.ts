/** Draws the matrices of all layers of GPT-3, to scale. */
import {attributes, children, each} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {roundBelow} from "../../figure/plot/lens.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {whole} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import {write} from "../../figure/plot/text/symbol.ts";
import {drawEmptyLens} from "./lens.ts";
import {LAYER_COUNT, MATRICES, SQUARES_PER_LAYER, THREAD_COUNT} from "./model.ts";
import {type Geometry, gapAt, hasWords, intersection, type Window} from "./square.ts";

/** In sides of a square: the least gap between two matrices, how much of it B and A leave free, and the gap between columns. */
const [MATRIX_GAP, FREE_GAP, COLUMN_GAP] = [0.3, 0.17, 0.5];
/** Columns of layers, and layers in each. */
const COLUMNS = 3;
const ROWS = LAYER_COUNT / COLUMNS;
/** Squares have a name from this side on. */
const NAMED_FROM = 34;
/** The height below the whole model, and the side of the largest square that fits there. */
const [ROOM_BELOW, MAX_ROLLED_SIDE] = [22, 16];
/** The radius of the lens on that square, as a share of the picture. */
const LENS_SHARE = 0.12;

/** The places of the matrices of all layers, in units, with B and A `thickness` units thick; the first of them is the square. */
function matrixPlaces({corner, side}: Geometry, thickness: number) {
  const between = Math.max(MATRIX_GAP * side, thickness + FREE_GAP * side);
  const pitch = SQUARES_PER_LAYER * side + MATRICES.length * between + COLUMN_GAP * side;
  const matrices = Array.from({length: LAYER_COUNT}, (_, at) => {
    let left = corner + Math.floor(at / ROWS) * pitch;
    const top = corner + (at % ROWS) * (side + between);
    return MATRICES.map((matrix) => {
      const right = left + matrix.width * side;
      const place = {...matrix, left, right, top, bottom: top + side};
      left = right + between;
      return place;
    });
  }).flat();
  const right = corner + COLUMNS * pitch - between - COLUMN_GAP * side;
  return {matrices, right, foot: corner + ROWS * (side + between) - between};
}
type Places = ReturnType<typeof matrixPlaces>;

/** A rectangle as a path; empty if it has no area. */
const rectangle = ({left, top, right, bottom}: Window): string =>
  right > left && bottom > top
    ? `M${rounded(left, 2)} ${rounded(top, 2)}H${rounded(right, 2)}V${rounded(bottom, 2)}H${rounded(left, 2)}z`
    : "";

interface LayersOptions {
  /** The thickness that B and A are drawn with, in units. */
  thickness: number;
  /** Adapted matrices are drawn in the color of ΔW. */
  isMerged: boolean;
  /** How many parameters are trained in all layers. */
  trained: number;
}

/** Draws all matrices but the first, which is the square, a row for each layer, with B and A at the adapted ones. */
export function drawLayers(
  g: Element,
  geometry: Geometry,
  {thickness, isMerged, trained}: LayersOptions,
  visible: Window,
) {
  const {side} = geometry;
  const gap = gapAt(side);
  const places = matrixPlaces(geometry, thickness);
  // The first matrix is the square, which is drawn already.
  const others = places.matrices.slice(1);
  const adapted = others.filter(({isAdapted}) => isAdapted);
  const merged = isMerged ? places.matrices.filter(({isAdapted}) => isAdapted) : [];
  const blocks = {
    W0: others,
    dW: merged,
    B: adapted.map((place) => ({...place, left: place.left - gap - thickness, right: place.left - gap})),
    A: adapted.map((place) => ({...place, top: place.top - gap - thickness, bottom: place.top - gap})),
  };
  for (const [name, windows] of Object.entries(blocks))
    attributes(layer(g, "path", `block-${name}`), {
      d: windows.map((window) => rectangle(intersection(window, visible))).join(""),
    });
  const isWhole = places.foot + ROOM_BELOW < visible.bottom;
  const [names, all] = children(g, "g", isWhole ? ["names", "all-of-it"] : ["names"]) as [Element, Element?];
  const first = side < NAMED_FROM ? [] : places.matrices.slice(hasWords(geometry) ? 1 : 0, MATRICES.length);
  drawNames(
    names,
    first.filter(({left, right}) => (left + right) / 2 < visible.right - 12),
  );
  if (all) drawWholeModel(all, geometry, places, trained);
}

/** Draws the names in the first layer's matrices. */
function drawNames(g: Element, matrices: Places["matrices"]) {
  each(g, "text", matrices, (text, {index, left, right, top, bottom}) => {
    attributes(text, {x: rounded((left + right) / 2), y: rounded((top + bottom) / 2 + 6), "text-anchor": "middle"});
    write(text, index === "MLP" ? [index] : ["W", index], "tspan");
    if (index !== "MLP") attributes(text.lastElementChild!, {dy: "0.25em"});
  });
}

/** Draws the words above the whole model; below it all trained parameters as one square to scale, if it fits, with a lens on it. */
function drawWholeModel(g: Element, {unit, edge}: Geometry, {right, foot}: Places, trained: number) {
  label(g, "a-row", `${LAYER_COUNT} layers, three to a row`, {x: right, y: 22, anchor: "end"});
  const side = Math.sqrt(trained) * unit;
  const [box] = children(g, "g", side <= MAX_ROLLED_SIDE ? ["rolled"] : []);
  if (!box) return;
  const squareBottom = foot + 20;
  attributes(layer(box, "path", "rolled-up"), {
    d: rectangle({left: right - side, top: squareBottom - side, right, bottom: squareBottom}),
  });
  label(box, "rolled-sum", `all ${whole(THREAD_COUNT)} threads, to scale`, {
    x: right - side - 6,
    y: squareBottom,
    anchor: "end",
  });
  const radius = LENS_SHARE * edge;
  const [cx, cy] = [rounded(right - 1.6 * radius), rounded(foot - 1.2 * radius)];
  const inside = drawEmptyLens(
    layer(box, "g", "speck-lens"),
    [right - side / 2, squareBottom - side / 2],
    [cx, cy],
    radius,
  );
  const times = roundBelow((1.3 * radius) / side);
  const half = (times * side) / 2;
  const bottom = cy + half - 6;
  const magnified = rectangle({left: cx - half, top: bottom - 2 * half, right: cx + half, bottom});
  attributes(layer(inside, "path", "magnified"), {d: magnified});
  label(inside, "times", `× ${whole(times)}`, {x: cx, y: bottom + 15, anchor: "middle"});
}
