/** Draws the parts of the drawing: the square of cells, the strips and the output as bars, and the arrows between them. */
import {attributes, join} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import type {Layout} from "./layout.ts";

/** The size of an entry that has the full color, and the power that makes small sizes darker so that they can be told apart. */
const [FULL_SIZE, SHADE_POWER] = [0.8, 0.65];
/** How many steps of opacity there are for the size of an entry. */
const SHADES = 10;
/** How many colors there are from slate to violet, for the share of an entry that comes from the update. */
const TONES = 4;
/** The step of opacity for an entry. */
const shadeOf = (value: number): number => Math.round(Math.min(1, Math.abs(value) / FULL_SIZE) ** SHADE_POWER * SHADES);

/** What the square shows: W0 (count, count), A (1, count) and B (count, 1). */
interface Square {
  W0: Float64Array;
  A: Float64Array;
  B: Float64Array;
  scale: number;
  /** W₀ alone, the update alone, or their sum. */
  shown: "W0" | "update" | "sum";
}

/** Draws the cells, with one path for each shade and tone: slate is what was frozen, violet what A and B add. */
export function drawCells(g: Element, {W0, A, B, scale, shown}: Square, {count, left, top, cell}: Layout) {
  const size = rounded(cell - (cell > 8 ? 1 : 0.6));
  const paths = new Map<number, string>();
  for (let i = 0; i < count; i++)
    for (let j = 0; j < count; j++) {
      const [w0, change] = [W0[i * count + j]!, scale * B[i]! * A[j]!];
      const value = {W0: w0, update: change, sum: w0 + change}[shown];
      const share = {W0: 0, update: 1, sum: Math.abs(change) / (Math.abs(change) + Math.abs(w0))}[shown];
      const key = Math.round(share * (TONES - 1)) * (SHADES + 1) + shadeOf(value);
      const [x, y] = [rounded(left + j * cell), rounded(top + i * cell)];
      paths.set(key, `${paths.get(key) ?? ""}M${x} ${y}h${size}v${size}h${-size}z`);
    }
  const keys = [...paths.keys()].sort((one, other) => one - other);
  const name = (key: number) => `tone-${Math.floor(key / (SHADES + 1))}`;
  join(layer(g, "g", "cells-of-square"), "path", keys, {name, key: (key) => key}, (path, key) =>
    attributes(path, {
      d: paths.get(key)!,
      "fill-opacity": rounded(0.1 + (0.9 * (key % (SHADES + 1))) / SHADES, 2),
    }),
  );
}

/** Numbers as bars about a zero line, up or to the right if positive, over a pale background. */
interface Strip {
  values: Float64Array;
  /** The size that fills the strip. */
  maxSize: number;
  left: number;
  top: number;
  isUpright?: boolean;
  /** How far the bars have moved from their background: into the square, where they are not seen. */
  shift?: number;
}

/** Draws a strip: its background and its bars as one path. */
export function drawStrip(g: Element, strip: Strip, {cell, strip: thickness, edge}: Layout) {
  const {values, maxSize, left, top, isUpright = false, shift = 0} = strip;
  const size = {width: rounded(isUpright ? thickness : edge), height: rounded(isUpright ? edge : thickness)};
  attributes(layer(g, "rect", "tray"), {x: rounded(left), y: rounded(top), ...size});
  const barWidth = rounded(cell * 0.72);
  const inset = (cell - barWidth) / 2;
  let d = "";
  for (let k = 0; k < values.length; k++) {
    const length = rounded((values[k]! / maxSize) * (thickness / 2 - 1));
    const [x, y] = isUpright
      ? [left + thickness / 2, top + k * cell + inset]
      : [left + k * cell + inset, top + thickness / 2];
    d += `M${rounded(x)} ${rounded(y)}${isUpright ? `h${length}v${barWidth}h${-length}z` : `v${-length}h${barWidth}v${length}z`}`;
  }
  attributes(layer(g, "path", "ink"), {
    d,
    transform: shift ? `translate(${isUpright ? `${rounded(shift)} 0` : `0 ${rounded(shift)}`})` : null,
    opacity: shift ? 0 : null,
  });
}

/** The output: W₀x (`frozen`), and h, with the update. */
interface Output {
  frozen: Float64Array;
  h: Float64Array;
  maxSize: number;
  isMerged: boolean;
}

/** Draws the output: W₀x in slate, from its end what B adds in orange, or all of it in violet if merged; and a green mark at the sum. */
export function drawOutput(g: Element, {frozen, h, maxSize, isMerged}: Output, {zero, room, top, cell, edge}: Layout) {
  const unit = room / (1.03 * maxSize);
  const bar = (from: number, to: number, y: number, barHeight: number) =>
    `M${rounded(zero + from * unit)} ${rounded(y)}H${rounded(zero + to * unit)}v${rounded(barHeight)}H${rounded(zero + from * unit)}z`;
  let [slate, orange, violet, marks] = ["", "", "", ""];
  for (let i = 0; i < h.length; i++) {
    const y = top + i * cell;
    const barHeight = 0.4 * cell;
    if (isMerged) violet += bar(0, h[i]!, y + 0.15 * cell, 0.7 * cell);
    else {
      slate += bar(0, frozen[i]!, y + 0.1 * cell, barHeight);
      orange += bar(frozen[i]!, h[i]!, y + 0.5 * cell, barHeight);
    }
    const at = rounded(zero + h[i]! * unit);
    marks += `M${at} ${rounded(y + 0.05 * cell)}v${rounded(0.9 * cell)}`;
  }
  attributes(layer(g, "path", "zero"), {d: `M${rounded(zero)} ${rounded(top - 2)}V${rounded(top + edge + 2)}`});
  for (const [name, d] of Object.entries({frozen: slate, pushed: orange, whole: violet, sum: marks}))
    attributes(layer(g, "path", name), {d});
}

/** The length of an arrow's head, in units. */
const HEAD_LENGTH = 7;
type Direction = "up" | "down" | "left" | "right";

/** A triangle whose tip is at (x, y). */
function headPath(x: number, y: number, to: Direction): string {
  const [length, half] = [HEAD_LENGTH, 0.8 * HEAD_LENGTH];
  const tip = `M${rounded(x)} ${rounded(y)}`;
  if (to === "left" || to === "right") return `${tip}l${to === "left" ? length : -length} ${-half}v${2 * half}z`;
  return `${tip}l${-half} ${to === "up" ? length : -length}h${2 * half}z`;
}

/** An arrow: the path of its line, its tip and its thickness. */
interface Arrow {
  d: string;
  tip: readonly [x: number, y: number, to: Direction];
  thickness: number;
}

/** Draws an arrow. */
function drawArrow(g: Element, name: string, {d, tip, thickness}: Arrow) {
  const arrow = layer(g, "g", `way ${name}`);
  attributes(layer(arrow, "path", "shaft"), {d, "stroke-width": rounded(thickness)});
  attributes(layer(arrow, "path", "head"), {d: headPath(...tip)});
}

/** Draws the arrows: from x into the square, and up to A, from which A·x goes on through B and under the square to the output. `loudness` is A·x. */
export function drawArrows(g: Element, layout: Layout, loudness: number) {
  const {isWide, left, top, edge, strip, aTop, xTop, bLeft, zero} = layout;
  const middle = left + edge / 2;
  const [bMiddle, aMiddle, foot] = [bLeft + strip / 2, aTop + strip / 2, top + edge];
  // The larger A·x is, the thicker the arrow.
  const thickness = Math.min(Math.max(0.75 * Math.abs(loudness), 1), 8) * (isWide ? 1 : 0.75);
  const lowY = foot + (isWide ? 14 : 11);
  const loudnessX = left - (isWide ? 12 : 8);
  drawArrow(g, "to-A", {
    d: `M${middle} ${xTop - 2}V${aTop + strip + 8}`,
    tip: [middle, aTop + strip + 3, "up"],
    thickness: 4,
  });
  drawArrow(g, "to-W0", {d: `M${middle} ${xTop + strip + 2}V${top - 8}`, tip: [middle, top - 3, "down"], thickness: 4});
  drawArrow(g, "to-loud", {
    d: `M${left - 3} ${aMiddle}H${loudnessX + 4}`,
    tip: [loudnessX, aMiddle, "left"],
    thickness: 4,
  });
  drawArrow(g, "to-B", {d: `M${bMiddle} ${aMiddle + 20}V${top - 8}`, tip: [bMiddle, top - 3, "down"], thickness});
  drawArrow(g, "to-h", {
    d: `M${bMiddle} ${foot + 3}V${lowY}H${rounded(zero)}V${foot + 10}`,
    tip: [zero, foot + 3, "up"],
    thickness,
  });
}
