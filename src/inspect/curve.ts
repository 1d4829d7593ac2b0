/** Error by rank, as a line with a mark on the chosen rank. */
import {fixedPercent} from "./format.ts";
import type {CutRow} from "./protocol.ts";

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 230;
const [LEFT, RIGHT, TOP, BOTTOM] = [46, 14, 12, 28];
/** The most ranks that are written below the axis. */
const MOST_TICKS = 10;

type Attributes = Record<string, string | number>;

function shape(parent: Element, tag: string, attributes: Attributes, text = ""): SVGElement {
  const made = parent.ownerDocument.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (text) made.textContent = text;
  parent.append(made);
  return made;
}

/** The end of the error axis: the least of 5, 10, 25, 50 and 100% that is not below the largest error. */
const axisEnd = (most: number) => [0.05, 0.1, 0.25, 0.5, 1].find((top) => most <= top) ?? 1;

/** Draws `rows` as a line into an element, which is emptied, and `beside` as a second, thinner line. */
export function drawCurve(root: HTMLElement, rows: readonly CutRow[], beside: readonly CutRow[], chosen: number): void {
  root.replaceChildren();
  const width = Math.max(260, root.clientWidth || 560);
  const svg = shape(root, "svg", {viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: "img"});
  svg.setAttribute("aria-label", "Error by rank; the table below has the numbers");
  const largest = rows.at(-1)?.r ?? 1;
  const top = axisEnd(rows.reduce((most, {error}) => Math.max(most, error), 0));
  const x = (r: number) => LEFT + ((width - LEFT - RIGHT) * (r - 1)) / Math.max(1, largest - 1);
  const y = (error: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - error / top);
  for (const share of [0, 0.5, 1]) {
    shape(svg, "line", {class: "grid", x1: LEFT, x2: width - RIGHT, y1: y(share * top), y2: y(share * top)});
    shape(
      svg,
      "text",
      {class: "tick", x: LEFT - 8, y: y(share * top) + 4.5, "text-anchor": "end"},
      fixedPercent(share * top, top < 0.1 ? 1 : 0),
    );
  }
  const every = Math.ceil(rows.length / MOST_TICKS);
  rows.forEach(({r}, i) => {
    if (i % every === 0)
      shape(svg, "text", {class: "tick", x: x(r), y: HEIGHT - 8, "text-anchor": "middle"}, String(r));
  });
  const line = (all: readonly CutRow[], name: string) =>
    shape(svg, "polyline", {
      class: name,
      points: all.map(({r, error}) => `${x(r).toFixed(1)},${y(error).toFixed(1)}`).join(" "),
    });
  line(beside, "beside");
  line(rows, "line");
  for (const {r, error} of rows)
    if (rows.length <= 32) shape(svg, "circle", {class: "dot", cx: x(r), cy: y(error), r: 3.5});
  const one = rows.find(({r}) => r === chosen);
  if (one) shape(svg, "circle", {class: "chosen", cx: x(one.r), cy: y(one.error), r: 7});
}
