import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";

/** How the cells of a matrix are drawn: their color, whether there are values in them, and how fine these are. */
export interface MatrixCells {
  tone: "W0" | "A" | "B" | "dW";
  /** Nothing but zeros. */
  isEmpty?: boolean;
  /** Three levels in place of many. */
  isCoarse?: boolean;
  /** Faint: a part of it was taken away. */
  isThin?: boolean;
  /** The line of the side of length r that is set to 0. */
  without?: number;
}

/** A part of the diagram. */
export interface DiagramPart {
  name: "base" | "A" | "B" | "middle" | "scale" | "out";
  /** What the method does here, or what LoRA has. */
  lines: readonly string[];
  isLit: boolean;
  cells?: MatrixCells;
  /** A dial on it, with this inscription. */
  dial?: string;
  /** What a press on it does, for screen readers: "B: on to LoftQ, which changes it too". */
  leads?: string;
}

export interface DiagramOptions {
  width: number;
  /** On a phone the names of A and B are below them. */
  isNarrow: boolean;
  /** Without it there is no side road. */
  hasRoad: boolean;
  /** A part was pressed. */
  onPick(name: DiagramPart["name"]): void;
}

const [LONG, SHORT] = [12, 4];
export const diagramHeight = (isNarrow: boolean): number => (isNarrow ? 268 : 272);

interface Box {
  x: number;
  y: number;
  rows: number;
  columns: number;
  cell: number;
}

/** Where each part is. Cells of the middle and of `out` are vectors. */
function boxesOf(width: number, isNarrow: boolean): Record<DiagramPart["name"], Box> {
  const cell = isNarrow ? 7.5 : 9.5;
  const [long, short] = [LONG * cell, SHORT * cell];
  const road = isNarrow ? 184 : 214;
  const base = {x: isNarrow ? 0.14 * width : 0.36 * width, y: 22};
  const A = isNarrow ? 34 : 0.2 * width;
  const B = isNarrow ? 0.53 * width : 0.52 * width;
  return {
    base: {...base, rows: LONG, columns: LONG, cell},
    out: {x: width - (isNarrow ? 30 : 63), y: base.y, rows: LONG, columns: 1, cell},
    A: {x: A, y: road - short / 2, rows: SHORT, columns: LONG, cell},
    middle: {x: (A + long + B) / 2 - cell / 2, y: road - short / 2, rows: SHORT, columns: 1, cell},
    B: {x: B, y: road - long / 2, rows: LONG, columns: SHORT, cell},
    scale: {x: width - (isNarrow ? 50 : 106), y: 136, rows: 1, columns: 1, cell: 26},
  };
}

/** One adapted layer: the frozen weight on the straight road, A and B on the side road. What a method leaves as it is is faint. */
export function diagram(svg: Element, parts: readonly DiagramPart[], options: DiagramOptions) {
  const {width, isNarrow, hasRoad, onPick} = options;
  const boxes = boxesOf(width, isNarrow);
  // VeRA's second vector scales what B gives. DoRA's lengths are the whole weight's, so they come after the sum.
  const {B, out, scale} = boxes;
  if (parts.some(({name, cells}) => name === "out" && cells?.tone === "B")) {
    Object.assign(out, {x: B.x + SHORT * B.cell + 14, y: B.y});
    // On a phone the scale would cover it.
    scale.y = Math.min(scale.y, B.y - 34);
  }
  roads(group(svg, "roads"), boxes, options);
  select(group(svg, "parts"))
    .selectChildren<SVGGElement, DiagramPart>("g")
    .data(
      parts.filter(({name, isLit}) => (hasRoad || name === "base") && (isLit || (name !== "out" && name !== "middle"))),
    )
    .join("g")
    .attr("class", ({name, isLit}) => `piece of-${name}${isLit ? " lit" : ""}`)
    // A part that no other work changes leads nowhere, and takes no focus.
    .attr("role", ({leads}) => (leads ? "button" : null))
    .attr("tabindex", ({leads}) => (leads ? 0 : null))
    .attr("aria-label", ({leads}) => leads ?? null)
    .on("keydown", (event: KeyboardEvent, {name, leads}) => {
      if (!leads || (event.key !== "Enter" && event.key !== " ")) return;
      event.preventDefault();
      onPick(name);
    })
    .each(function (part) {
      const box = boxes[part.name];
      const frame = frameOf(part, box);
      select(layer(this, "rect", "frame"))
        .attr("x", rounded(frame.x))
        .attr("y", rounded(frame.y))
        .attr("width", rounded(frame.width))
        .attr("height", rounded(frame.height))
        .attr("rx", 5)
        .on("click", () => onPick(part.name));
      cells(this, part, box);
      words(this, part, box, isNarrow);
      dial(layer(this, "g", "dial"), part.dial, box);
    });
}

function frameOf({name, cells}: DiagramPart, {x, y, rows, columns, cell}: Box) {
  if (name === "scale") return {x: x - 30, y: y - 15, width: 60, height: 30};
  const pad = cells || name !== "middle" ? 5 : 2;
  return {x: x - pad, y: y - pad, width: columns * cell + 2 * pad, height: rows * cell + 2 * pad};
}

function roads(g: Element, boxes: ReturnType<typeof boxesOf>, {width, isNarrow, hasRoad}: DiagramOptions) {
  const {base, A, scale} = boxes;
  const straight = base.y + (LONG * base.cell) / 2;
  const road = A.y + (SHORT * A.cell) / 2;
  const [from, branch] = isNarrow ? [22, 26] : [0.11 * width, 0.14 * width];
  const plus = scale.x;
  const right = width - (isNarrow ? 14 : 40);
  select(layer(g, "path", "wire")).attr(
    "d",
    `M${from} ${straight}H${right}${hasRoad ? `M${branch} ${straight}V${road}H${plus}V${straight}` : ""}`,
  );
  select(layer(g, "circle", "sum"))
    .attr("cx", plus)
    .attr("cy", straight)
    .attr("r", hasRoad ? 11 : 0);
  label(g, "plus", hasRoad ? "+" : "", {x: plus, y: straight, anchor: "middle", dy: "0.34em"});
  label(g, "x", "x", {x: from - 6, y: straight, anchor: "end", dy: "0.32em"});
  label(g, "h", "h", {x: right + 6, y: straight, dy: "0.32em"});
}

/** Made-up values between 0 and 1, the same in every picture: steps of an irrational size wander evenly. */
const VALUES = Array.from({length: LONG * LONG}, (_, i) => (i * i * 0.6180339887 + i * 0.4142135624) % 1);

function cells(g: Element, {name, cells: of}: DiagramPart, {x, y, rows, columns, cell}: Box) {
  const all = of && name !== "scale" ? Array.from({length: rows * columns}, (_, i) => i) : [];
  const isOff = (i: number) =>
    of?.without !== undefined && (name === "B" ? i % columns : Math.floor(i / columns)) === of.without;
  const strength = (i: number) => {
    if (of?.isEmpty || isOff(i)) return 0.06;
    const value = VALUES[(i * 7 + rows * 31) % VALUES.length]!;
    const fine = of?.isCoarse ? (Math.floor(value * 3) + 0.4) / 2.6 : value;
    return (of?.isThin ? 0.45 : 1) * (0.25 + 0.75 * fine);
  };
  const box = layer(g, "g", "cells");
  box.setAttribute("data-tone", of?.tone ?? "W0");
  select(box)
    .selectChildren<SVGRectElement, number>("rect")
    .data(all)
    .join("rect")
    .attr("x", (i) => rounded(x + (i % columns) * cell))
    .attr("y", (i) => rounded(y + Math.floor(i / columns) * cell))
    .attr("width", rounded(cell - 1))
    .attr("height", rounded(cell - 1))
    .attr("fill-opacity", (i) => rounded(strength(i), 2));
}

const LINE = 16;

function words(
  g: Element,
  {name, lines, isLit, cells}: DiagramPart,
  {x, y, rows, columns, cell}: Box,
  isNarrow: boolean,
) {
  // What is said of A and B is on one line below both; a name alone is beside its matrix.
  const low = diagramHeight(isNarrow) - 20;
  const isLong = isLit || lines.length > 1;
  const [right, below] = [x + columns * cell, y + rows * cell];
  const inPlace: Record<DiagramPart["name"], {x: number; y: number; anchor?: "start" | "middle" | "end"}> = {
    base: {x, y: y - 9},
    out: cells?.tone === "B" ? {x: x + cell + 10, y: y + 12} : {x: x - (isNarrow ? 10 : 12), y: y + 12, anchor: "end"},
    A: {x, y: isLong ? low : below + 18},
    B: isLong ? {x: isNarrow ? x : right + 38, y: low} : {x: right + 9, y: below - 4},
    middle: isNarrow ? {x: x + cell, y: y - 14, anchor: "end"} : {x: x + cell / 2, y: y - 14, anchor: "middle"},
    scale: {x, y: y + 5, anchor: "middle"},
  };
  const place = inPlace[name];
  const shown = name === "base" ? [lines.join(" ")] : lines;
  select(layer(g, "g", "words"))
    .selectChildren<SVGTextElement, string>("text")
    .data(shown)
    .join("text")
    .attr("x", rounded(place.x))
    .attr("y", (_, i) => rounded(place.y + i * LINE))
    .attr("text-anchor", place.anchor ?? null)
    // The blank is not drawn; without it a name would read "frozentimes".
    .text((text, i) => (i ? ` ${text}` : text));
}

/** A dial beside a part: how fast it learns. */
function dial(g: Element, text: string | undefined, {x, y, columns, cell}: Box) {
  if (text === undefined) return g.replaceChildren();
  const [cx, cy] = [x + columns * cell + 4, y - 8];
  const isFast = text.length > 1;
  select(layer(g, "circle", "face"))
    .attr("cx", cx)
    .attr("cy", cy)
    .attr("r", 13);
  select(layer(g, "path", "needle")).attr("d", `M${cx} ${cy}L${cx + (isFast ? 9 : -7)} ${cy - (isFast ? 4 : 8)}`);
  label(g, "rate", text, {x: cx + 18, y: cy, dy: "0.32em"});
}
