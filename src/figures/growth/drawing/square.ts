/** A square matrix with B at its left and A above it, to scale; if it is too small to see, also enlarged as through a lens. */
import {attributes, children} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {whole} from "../../../figure/plot/text/format.ts";
import {label} from "../../../figure/plot/text/label.ts";

interface Squares {
  width: number;
  r: number;
  /** The largest matrix, drawn as an outline. */
  widest: {name: string; width: number};
  /** The matrix that lies in its corner, once it is large. */
  narrowest: {name: string; width: number};
}

/** A square with its A and B, in units. */
interface Block {
  x: number;
  y: number;
  side: number;
  /** The thickness of A and B. */
  thick: number;
  gap: number;
}

/** Room for the names of B and A, and the least thickness at which B and A are drawn. */
const [MARGIN, HAIR] = [30, 2];
/** In shares of the picture: a square below the first is shown in a lens of the second; one above the third has room for words. */
const [SMALL_SHARE, LENS_SHARE, LARGE_SHARE] = [0.22, 0.36, 0.5];
/** The least side, in units, of a square with room for its size as "width × width". */
const SIZES_FROM = 130;

/** A rectangle as a path. */
const box = (x: number, y: number, w: number, h: number): string =>
  `M${rounded(x, 2)} ${rounded(y, 2)}h${rounded(w, 2)}v${rounded(h, 2)}h${rounded(-w, 2)}z`;

/** W₀, B and A as three paths. */
function drawBlocks(g: Element, {x, y, side, thick, gap}: Block) {
  const paths = {
    "block-W0": box(x, y, side, side),
    "block-B": box(x - gap - thick, y, thick, side),
    "block-A": box(x, y - gap - thick, side, thick),
  };
  for (const [name, d] of Object.entries(paths)) {
    const symbol = name.slice("block-".length);
    attributes(layer(g, "path", name), {d, "data-symbol": symbol, "data-glides": ""});
  }
}

/** The outline of the widest matrix, from the same corner. */
function drawOutline(g: Element, {widest, width}: Squares, corner: number, side: number) {
  attributes(layer(g, "path", "outline"), {d: box(corner, corner, side, side)});
  const isFull = width === widest.width;
  const end = corner + side;
  label(g, "widest", isFull ? "" : `${widest.name} ${whole(widest.width)}`, {x: end - 6, y: end - 7, anchor: "end"});
}

/** The narrowest in the corner of the square, too small to be seen without the line that leads to it. */
function drawSpeck(g: Element, {narrowest: {name, width}}: Squares, corner: number, side: number) {
  attributes(layer(g, "path", "narrowest"), {
    d: box(corner + 1, corner + 1, side, side),
  });
  attributes(layer(g, "path", "leader"), {
    d: `M${rounded(corner + side + 3)} ${rounded(corner + side + 3)}l16 16`,
  });
  label(g, "of-narrowest", `${name} ${whole(width)} × ${whole(width)}`, {
    x: corner + side + 24,
    y: corner + side + 30,
  });
}

export function drawSquares(g: Element, squares: Squares, {width: sheetWidth, height, frame}: Sheet) {
  const {width, r, widest} = squares;
  const edge = Math.min(sheetWidth, height);
  const unit = (edge - MARGIN - 4) / widest.width;
  const side = unit * width;
  const corner = MARGIN;
  drawOutline(g, squares, corner, unit * widest.width);
  drawBlocks(layer(g, "g", "true"), {x: corner, y: corner, side, thick: Math.max(unit * r, HAIR), gap: 2});
  // The enlarged square is at the lower right, where the outline is still empty.
  const isSmall = side < SMALL_SHARE * edge;
  const room = LENS_SHARE * edge;
  const [lens] = children(layer(g, "g", "lenses"), "g", isSmall ? ["lens"] : []);
  const isWide = frame !== "narrow";
  if (lens) {
    const [x, y] = [edge - room - 20, edge - room - 0.14 * edge];
    const at = {x, y, side: room, thick: Math.max((room * r) / width, HAIR), gap: 3};
    attributes(layer(lens, "path", "beam"), {
      d: `M${rounded(corner + side)} ${corner}L${rounded(at.x)} ${rounded(at.y)}V${rounded(at.y + room)}L${corner} ${rounded(corner + side)}Z`,
    });
    drawBlocks(lens, at);
    const times = room / side;
    label(lens, "times", `seen × ${times < 10 ? times.toFixed(1) : whole(times)}`, {
      x: x + room,
      y: y + room + 16,
      anchor: "end",
    });
    drawNames(g, at, width, isWide);
  } else drawNames(g, {x: corner, y: corner, side, thick: HAIR, gap: 2}, width, isWide);
  const [start] = children(layer(g, "g", "starts"), "g", side > LARGE_SHARE * edge ? ["start"] : []);
  if (start) drawSpeck(start, squares, corner, Math.max(unit * squares.narrowest.width, HAIR));
}

/** The names of A and B, and the size of the square. */
function drawNames(g: Element, {x, y, side, thick, gap}: Block, width: number, isWide: boolean) {
  const all = layer(g, "g", "symbols");
  label(all, "of-A", "A", {x: x + side / 2, y: y - gap - thick - 6, anchor: "middle"});
  label(all, "of-B", "B", {x: x - gap - thick - 6, y: y + side / 2, anchor: "end", dy: "0.35em"});
  const size = `${whole(width)} × ${whole(width)}`;
  label(all, "of-W0", isWide && side > SIZES_FROM ? size : whole(width), {
    x: x + side / 2,
    y: y + side / 2,
    anchor: "middle",
    dy: "0.35em",
  });
}
