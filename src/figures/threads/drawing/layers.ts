/** The matrices of all layers of a model, to scale. */
import {attributes, children, each} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {cone, roundBelow} from "../../../figure/plot/lens.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {shapePath} from "../../../figure/plot/shapes.ts";
import {whole} from "../../../figure/plot/text/format.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {write} from "../../../figure/plot/text/symbol.ts";
import {type Geometry, gapAt} from "./geometry.ts";
import type {Window} from "./pieces.ts";
import {hasWords} from "./words.ts";

/** In sides of a square: the least gap between two matrices, the gap that B and A leave free, and the gap between columns of layers. */
const [BETWEEN, FREE, ASIDE] = [0.3, 0.17, 0.5];
/** Columns of layers. */
const COLUMNS = 3;
/** Squares have a name from this side on. */
const NAMED = 34;
/** The height below the whole model, and the side of the largest square that fits there. */
const [ROOM_BELOW, LARGEST] = [22, 16];
/** The radius of the lens on that square, as a share of the picture. */
const LENS_SHARE = 0.12;

interface Layers {
  count: number;
  /** The matrices of each: index, width in sides of a square, and whether it has a B and an A. */
  row: readonly {index: string; wide: number; isAdapted: boolean}[];
  /** The thickness that B and A are drawn with, in units. */
  thick: number;
  /** The adapted matrices, and the parameters of their B and A. */
  threads: number;
  trained: number;
  /** Adapted matrices are drawn in the color of ΔW. */
  isMerged: boolean;
}

/** Where the last column and the last row end, in units. */
interface Ends {
  right: number;
  foot: number;
}

/** Where the matrices of all layers are, in units; the first of them is the square. */
function matrixPlaces({corner, side}: Geometry, {count, row, thick}: Layers) {
  const between = Math.max(BETWEEN * side, thick + FREE * side);
  const wide = row.reduce((sum, matrix) => sum + matrix.wide, 0);
  const pitch = wide * side + row.length * between + ASIDE * side;
  const rows = count / COLUMNS;
  const matrices = Array.from({length: count}, (_, at) => {
    let x = corner + Math.floor(at / rows) * pitch;
    const y = corner + (at % rows) * (side + between);
    return row.map((matrix) => {
      const from = x;
      x += matrix.wide * side + between;
      return {...matrix, x: from, y, width: matrix.wide * side};
    });
  }).flat();
  return {
    matrices,
    right: corner + COLUMNS * pitch - between - ASIDE * side,
    foot: corner + rows * (side + between) - between,
  };
}

const rectangle = (left: number, top: number, right: number, bottom: number): string =>
  `M${rounded(left, 2)} ${rounded(top, 2)}H${rounded(right, 2)}V${rounded(bottom, 2)}H${rounded(left, 2)}z`;

/** A rectangle as a path, as far as it lies in the window. */
function clipped(x: number, y: number, width: number, height: number, at: Window): string {
  const [left, right] = [Math.max(x, at.left), Math.min(x + width, at.right)];
  const [top, bottom] = [Math.max(y, at.top), Math.min(y + height, at.bottom)];
  return right > left && bottom > top ? rectangle(left, top, right, bottom) : "";
}

/** Draws all matrices but the first, which is the square, a row for each layer, with B and A at the adapted ones. */
export function allLayers(g: Element, geometry: Geometry, layers: Layers, at: Window) {
  const {side} = geometry;
  const {thick} = layers;
  const gap = gapAt(side);
  const {matrices, ...ends} = matrixPlaces(geometry, layers);
  const others = matrices.slice(1);
  const adapted = others.filter(({isAdapted}) => isAdapted);
  const paths = {
    W0: others.map(({x, y, width}) => clipped(x, y, width, side, at)),
    dW: layers.isMerged
      ? matrices.filter(({isAdapted}) => isAdapted).map(({x, y, width}) => clipped(x, y, width, side, at))
      : [],
    B: adapted.map(({x, y}) => clipped(x - gap - thick, y, thick, side, at)),
    A: adapted.map(({x, y}) => clipped(x, y - gap - thick, side, thick, at)),
  };
  for (const [name, path] of Object.entries(paths)) attributes(layer(g, "path", `block-${name}`), {d: path.join("")});
  const isWhole = ends.foot + ROOM_BELOW < at.bottom;
  const [names, all] = children(g, "g", isWhole ? ["names", "all-of-it"] : ["names"]) as [Element, Element?];
  const first = side < NAMED ? [] : matrices.slice(hasWords(geometry) ? 1 : 0, layers.row.length);
  nameMatrices(
    names,
    first.filter(({x, width}) => x + width / 2 < at.right - 12),
    side,
  );
  if (all) wholeModel(all, geometry.unit, layers, ends, geometry.edge);
}

/** The names in the first layer's matrices. */
function nameMatrices(g: Element, matrices: ReturnType<typeof matrixPlaces>["matrices"], side: number) {
  each(g, "text", matrices, (text, {index, x, y, width}) => {
    attributes(text, {x: rounded(x + width / 2), y: rounded(y + side / 2 + 6), "text-anchor": "middle"});
    write(text, index === "MLP" ? [index] : ["W", index], "tspan");
    if (index !== "MLP") attributes(text.lastElementChild!, {dy: "0.25em"});
  });
}

/** Words above the whole model; below it all trained parameters as one square, to scale, where it fits, and a lens on it. */
function wholeModel(g: Element, unit: number, {count, threads, trained}: Layers, {right, foot}: Ends, picture: number) {
  label(g, "a-row", `${count} layers, three to a row`, {x: right, y: 22, anchor: "end"});
  const edge = Math.sqrt(trained) * unit;
  const low = foot + 20;
  const isSmall = edge <= LARGEST;
  attributes(layer(g, "path", "rolled-up"), {d: isSmall ? rectangle(right - edge, low - edge, right, low) : ""});
  const words = isSmall ? `all ${whole(threads)} threads, to scale` : "";
  label(g, "rolled-sum", words, {x: right - edge - 6, y: low, anchor: "end"});
  const [lens] = children(layer(g, "g", "lenses"), "g", isSmall ? ["speck-lens"] : []);
  if (lens) speckLens(lens, [right - edge / 2, low - edge / 2], edge, {right, foot}, LENS_SHARE * picture);
}

/** A lens over the last layers, on the square of all trained parameters below them. */
function speckLens(g: Element, [x, y]: readonly [number, number], edge: number, ends: Ends, radius: number) {
  const [cx, cy] = [rounded(ends.right - 1.6 * radius), rounded(ends.foot - 1.2 * radius)];
  const times = roundBelow((1.3 * radius) / edge);
  attributes(layer(g, "path", "beam"), {d: cone(rounded(x), rounded(y), cx, cy, radius)});
  attributes(layer(g, "path", "halo"), {d: shapePath("circle", [cx, cy], radius + 5)});
  attributes(layer(g, "path", "bezel"), {d: shapePath("circle", [cx, cy], radius)});
  const half = (times * edge) / 2;
  const top = cy - half - 6;
  attributes(layer(g, "path", "magnified"), {d: rectangle(cx - half, top, cx + half, top + 2 * half)});
  label(g, "times", `× ${whole(times)}`, {x: cx, y: top + 2 * half + 15, anchor: "middle"});
}
