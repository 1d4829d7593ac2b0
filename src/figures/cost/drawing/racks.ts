import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";

export interface Fill {
  /** Its class, which sets the color. */
  name: string;
  value: number;
}

/** What one way of training fills: boxes of a common size, from their floors up. */
export interface Rack {
  name: string;
  said: string;
  fills: readonly Fill[];
  /** A size to compare with, drawn as a level. */
  mark?: {value: number; label: string};
}

export interface RackOptions {
  /** Left end, top and width of the rack. */
  x: number;
  y: number;
  width: number;
  /** What one box holds, and how many places there are. */
  box: number;
  places: number;
  /** The height of a box by its width. */
  boxHigh: number;
}

const [HEAD, GAP, LABEL] = [24, 5, 20];
/** From one stripe to the next. */
const STRIPE = 7;
/** A part lower than this is drawn as a dot. */
const LOWEST = 1.5;

const columnsOf = (places: number): number => Math.min(10, Math.max(places, 5));
/** Of a box, its height by its width: lower where racks stand one above the other. */
export const RACK_HEIGHT = {beside: 2.1, stacked: 1.5} as const;
/** Two rows of ten boxes take this height, and so do fewer or more, so that nothing below a rack moves. */
const deepOf = (width: number, high: number): number => 2 * (Math.min(((width - 9 * GAP) / 10) * high, 62) + GAP);
const sizesOf = (width: number, places: number, boxHigh: number) => {
  const rows = Math.ceil(places / columnsOf(places));
  const wide = (width - (columnsOf(places) - 1) * GAP) / columnsOf(places);
  return {wide, high: deepOf(width, boxHigh) / rows - GAP};
};
export const rackHeight = (width: number, high: number): number => HEAD + deepOf(width, high) + LABEL;
/** One above the other: the marks of the second, if it has any, are in its upper row, and need no line below. */
export const stackedHeight = (width: number, high: number): number => 2 * rackHeight(width, high) - LABEL;

interface Piece {
  name: string;
  box: number;
  /** Shares of the box's height, from its floor. */
  from: number;
  to: number;
}

/** The fills end to end, cut at the ends of the boxes. */
export function rackPieces(fills: readonly Fill[], box: number): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const {name, value} of fills) {
    const end = at + value / box;
    for (let n = Math.floor(at); n < end; n++) {
      const [from, to] = [Math.max(at, n) - n, Math.min(end, n + 1) - n];
      if (to > from) pieces.push({name, box: n, from, to});
    }
    at = end;
  }
  return pieces;
}

/** A rack of boxes with what fills them; the places that nothing fills are dashed. */
export function rack(g: Element, {name, said, fills, mark}: Rack, {x, y, width, box, places, boxHigh}: RackOptions) {
  const {wide, high} = sizesOf(width, places, boxHigh);
  const columns = columnsOf(places);
  const left = (n: number) => rounded(x + (n % columns) * (wide + GAP));
  const top = (n: number) => rounded(y + HEAD + Math.floor(n / columns) * (high + GAP));
  label(g, "name", name, {x, y: y + 13});
  label(g, "said", said, {x: x + width, y: y + 13, anchor: "end"});
  const used = Math.ceil(fills.reduce((sum, {value}) => sum + value, 0) / box);
  const all = Array.from({length: Math.ceil(places / columns) * columns}, (_, n) => n);
  select(layer(g, "g", "places"))
    .selectChildren<SVGRectElement, number>("rect")
    .data(all)
    .join("rect")
    .attr("class", (n) => (n < used ? "place" : "place empty"))
    .attr("x", left)
    .attr("y", top)
    .attr("width", rounded(wide))
    .attr("height", rounded(high))
    .attr("rx", 3);
  const inner = high - 4;
  const pieces = rackPieces(fills, box);
  const isSeen = ({from, to, name: part}: Piece) => (to - from) * inner >= LOWEST || part !== "trained";
  select(layer(g, "g", "pieces"))
    .selectChildren<SVGRectElement, Piece>("rect")
    .data(pieces)
    .join("rect")
    .attr("class", ({name: part}) => `part ${part}`)
    .attr("x", ({box: n}) => rounded(left(n) + 2))
    .attr("y", ({box: n, to}) => rounded(top(n) + 2 + inner * (1 - to)))
    .attr("width", rounded(wide - 4))
    .attr("height", ({from, to}) => rounded(inner * (to - from)));
  const striped = pieces.filter(({name: part}) => part === "moments");
  select(layer(g, "path", "stripes")).attr(
    "d",
    striped
      .map(({box: n, from, to}) => stripes(left(n) + 2, top(n) + 2 + inner * (1 - to), wide - 4, inner * (to - from)))
      .join(""),
  );
  select(layer(g, "g", "dots"))
    .selectChildren<SVGCircleElement, Piece>("circle")
    .data(pieces.filter((piece) => !isSeen(piece)))
    .join("circle")
    .attr("class", "dot")
    .attr("cx", ({box: n}) => rounded(left(n) + wide / 2))
    .attr("cy", ({box: n, to}) => rounded(top(n) + 2 + inner * (1 - to)))
    .attr("r", 4);
  printed(g, mark, {box, used, left, top, wide, high: inner, right: x + width});
}

/** Lines at 45 degrees across a rectangle, as far apart as in every other one. */
function stripes(x: number, y: number, width: number, height: number): string {
  const [first, last] = [Math.ceil((x + y) / STRIPE), Math.floor((x + y + width + height) / STRIPE)];
  const lines = Array.from({length: Math.max(last - first + 1, 0)}, (_, i) => {
    const sum = (first + i) * STRIPE;
    const from = Math.max(x, sum - y - height);
    const to = Math.min(x + width, sum - y);
    return `M${rounded(from)} ${rounded(sum - from)}L${rounded(to)} ${rounded(sum - to)}`;
  });
  return lines.join("");
}

interface Boxes {
  box: number;
  used: number;
  left(n: number): number;
  top(n: number): number;
  wide: number;
  high: number;
  right: number;
}

/** A level across the box in which the marked size ends; its words are beside the last box, or below. */
function printed(g: Element, mark: Rack["mark"], {box, used, left, top, wide, high, right}: Boxes) {
  const n = mark ? Math.ceil(mark.value / box) - 1 : 0;
  const at = mark ? rounded(top(n) + 2 + high * (1 - (mark.value / box - n))) : 0;
  select(layer(g, "path", "compared")).attr("d", mark ? `M${left(n) - 3} ${at}h${rounded(wide + 6)}` : null);
  const isLast = n >= used - 1;
  const x = isLast ? left(n) + wide + 7 : Math.min(left(n) + wide / 2, right - 50);
  label(g, "printed", mark?.label ?? "", {
    x,
    y: isLast ? at : top(n) + high + 19,
    ...(isLast ? {dy: "0.34em"} : {anchor: "middle" as const}),
  });
}
