/** The strips of A, B and x, and the output, as bars. */
import {attributes} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import type {Layout} from "./layout.ts";

/** Numbers as bars about a zero line, up or to the right if positive, over a pale background. */
interface Strip {
  values: Float64Array;
  /** The size that fills the strip. */
  most: number;
  left: number;
  top: number;
  isUpright?: boolean;
  /** How far the bars have moved from their background, and their opacity. */
  shift?: number;
  opacity?: number;
}

/** Draws a strip. */
export function drawStrip(g: Element, strip: Strip, {cell, strip: thick, edge}: Layout) {
  const {values, most, left, top, isUpright = false, shift = 0, opacity = 1} = strip;
  const size = {width: rounded(isUpright ? thick : edge), height: rounded(isUpright ? edge : thick)};
  attributes(layer(g, "rect", "tray"), {x: rounded(left), y: rounded(top), ...size});
  const ink = rounded(cell * 0.72);
  const inset = (cell - ink) / 2;
  let d = "";
  for (let k = 0; k < values.length; k++) {
    const length = rounded((values[k]! / most) * (thick / 2 - 1));
    const [x, y] = isUpright ? [left + thick / 2, top + k * cell + inset] : [left + k * cell + inset, top + thick / 2];
    d += `M${rounded(x)} ${rounded(y)}${isUpright ? `h${length}v${ink}h${-length}z` : `v${-length}h${ink}v${length}z`}`;
  }
  attributes(layer(g, "path", "ink"), {
    d,
    transform: shift ? `translate(${isUpright ? `${rounded(shift)} 0` : `0 ${rounded(shift)}`})` : null,
    opacity: opacity < 1 ? rounded(opacity, 2) : null,
  });
}

/** The output without (`frozen`) and with (`h`) the update. */
interface Output {
  frozen: Float64Array;
  h: Float64Array;
  most: number;
  merged: number;
}

/** Draws the output: W₀x in slate, from its end what B adds in orange, and a green mark at the sum. */
export function drawOutput(g: Element, {frozen, h, most, merged}: Output, {zero, room, top, cell, edge}: Layout) {
  const unit = room / (1.03 * most);
  const bar = (from: number, to: number, y: number, barHeight: number) =>
    `M${rounded(zero + from * unit)} ${rounded(y)}H${rounded(zero + to * unit)}v${rounded(barHeight)}H${rounded(zero + from * unit)}z`;
  let [slate, orange, violet, marks] = ["", "", "", ""];
  for (let i = 0; i < h.length; i++) {
    const y = top + i * cell;
    const barHeight = 0.4 * cell;
    if (merged < 1) slate += bar(0, frozen[i]!, y + 0.1 * cell, barHeight);
    if (merged < 1) orange += bar(frozen[i]!, h[i]!, y + 0.5 * cell, barHeight);
    else violet += bar(0, h[i]!, y + 0.15 * cell, 0.7 * cell);
    const at = rounded(zero + h[i]! * unit);
    marks += `M${at} ${rounded(y + 0.05 * cell)}v${rounded(0.9 * cell)}`;
  }
  attributes(layer(g, "path", "zero"), {d: `M${rounded(zero)} ${rounded(top - 2)}V${rounded(top + edge + 2)}`});
  for (const [name, d] of Object.entries({frozen: slate, pushed: orange, whole: violet, sum: marks}))
    attributes(layer(g, "path", name), {d});
}
