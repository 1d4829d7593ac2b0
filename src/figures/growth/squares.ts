/** A square matrix with B at its left and A above it, to scale; if it is too small to see, also enlarged as through a lens. */
import {attributes, children} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {whole} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import {texts} from "../../figure/plot/text/texts.ts";
import {FORGE, GPT3, type GrowthParams} from "./model.ts";

/** A square with its A and B, in units. */
interface Block {
  x: number;
  y: number;
  side: number;
  /** The thickness of A and B. */
  thickness: number;
  gap: number;
}

/** Room for the names of B and A, and the least side of the forge's square. */
const [MARGIN, MIN_FORGE_SIDE] = [30, 2];
/** The least thickness at which A and B are drawn: more at each rank up to the adapter's 4, so that half the rank is half as thick. */
const minThickness = (r: number): number => Math.min(r, 4);
/** In shares of the picture: a square below the first is also shown in a lens of the second; one above the third has room for words. */
const [SMALL_SHARE, LENS_SHARE, LARGE_SHARE] = [0.22, 0.36, 0.5];
/** The least side, in units, of a square with room for its size as "width × width". */
const MIN_SIDE_FOR_SIZE = 130;

/** The path of a rectangle. */
const rectPath = (x: number, y: number, w: number, h: number): string =>
  `M${rounded(x, 2)} ${rounded(y, 2)}h${rounded(w, 2)}v${rounded(h, 2)}h${rounded(-w, 2)}z`;

/** Draws the square, and B and A beside it. */
function drawBlocks(g: Element, {x, y, side, thickness, gap}: Block) {
  const paths = {
    "block-W0": rectPath(x, y, side, side),
    "block-B": rectPath(x - gap - thickness, y, thickness, side),
    "block-A": rectPath(x, y - gap - thickness, side, thickness),
  };
  for (const [name, d] of Object.entries(paths)) {
    const symbol = name.slice("block-".length);
    attributes(layer(g, "path", name), {d, "data-symbol": symbol, "data-glides": ""});
  }
}

/** Draws the outline of GPT-3's matrix, from the same corner. Its name is left out where the square fills it. */
function drawOutline(g: Element, width: number, corner: number, side: number) {
  attributes(layer(g, "path", "outline"), {d: rectPath(corner, corner, side, side)});
  const end = corner + side;
  label(g, "widest", width === GPT3.width ? "" : `GPT-3 ${whole(GPT3.width)}`, {
    x: end - 6,
    y: end - 7,
    anchor: "end",
  });
}

/** Draws the forge's matrix in the corner of the square, with a line to its name, because it is too small to be seen. */
function drawForgeSquare(g: Element, corner: number, side: number) {
  const end = corner + side;
  attributes(layer(g, "path", "narrowest"), {d: rectPath(corner + 1, corner + 1, side, side)});
  attributes(layer(g, "path", "leader"), {d: `M${rounded(end + 3)} ${rounded(end + 3)}l16 16`});
  label(g, "of-narrowest", `the forge’s ${FORGE.width} × ${FORGE.width}`, {x: end + 24, y: end + 30});
}

/** Draws the square of this width, in the outline of GPT-3's. */
export function drawSquares(g: Element, {width, r}: GrowthParams, {width: sheetWidth, height, frame}: Sheet) {
  const edge = Math.min(sheetWidth, height);
  const unit = (edge - MARGIN - 4) / GPT3.width;
  const side = unit * width;
  const corner = MARGIN;
  const thickness = Math.max(unit * r, minThickness(r));
  drawOutline(g, width, corner, unit * GPT3.width);
  drawBlocks(layer(g, "g", "true"), {x: corner, y: corner, side, thickness, gap: 2});
  // The enlarged square is at the lower right, where the outline is still empty.
  const isSmall = side < SMALL_SHARE * edge;
  const lensSide = LENS_SHARE * edge;
  const [lens] = children(layer(g, "g", "lenses"), "g", isSmall ? ["lens"] : []);
  const isWide = frame !== "narrow";
  if (lens) {
    const [x, y] = [edge - lensSide - 20, edge - lensSide - 0.14 * edge];
    const block = {x, y, side: lensSide, thickness: Math.max((lensSide * r) / width, minThickness(r)), gap: 3};
    attributes(layer(lens, "path", "beam"), {
      d: `M${rounded(corner + side)} ${corner}L${rounded(x)} ${rounded(y)}V${rounded(y + lensSide)}L${corner} ${rounded(corner + side)}Z`,
    });
    drawBlocks(lens, block);
    const times = lensSide / side;
    label(lens, "times", `seen × ${times < 10 ? times.toFixed(1) : whole(times)}`, {
      x: x + lensSide,
      y: y + lensSide + 16,
      anchor: "end",
    });
    drawNames(g, block, width, r, isWide);
  } else drawNames(g, {x: corner, y: corner, side, thickness, gap: 2}, width, r, isWide);
  const [start] = children(layer(g, "g", "starts"), "g", side > LARGE_SHARE * edge ? ["start"] : []);
  if (start) drawForgeSquare(start, corner, Math.max(unit * FORGE.width, MIN_FORGE_SIDE));
}

/** Writes the names of A and B, and the size of the square. */
function drawNames(g: Element, {x, y, side, thickness, gap}: Block, width: number, r: number, isWide: boolean) {
  const size = isWide && side > MIN_SIDE_FOR_SIZE ? `${whole(width)} × ${whole(width)}` : whole(width);
  texts(layer(g, "g", "mark-text symbols"), [
    {at: [x + side / 2, y - gap - thickness - 6], text: `A, ${whole(r)} thick`, tone: "a", anchor: "middle"},
    {at: [x - gap - thickness - 6, y + side / 2 + 5], text: "B", tone: "b", anchor: "end"},
    {at: [x + side / 2, y + side / 2 + 5], text: size, kind: "of-W0", anchor: "middle"},
  ]);
}
