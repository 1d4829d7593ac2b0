import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {cone, roundBelow} from "../../../figure/plot/magnified.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {whole} from "../../../figure/plot/text/format.ts";
import {label} from "../../../figure/plot/text/label.ts";

/** The matrix in the picture, and how many pixels one of its entries is wide. */
export interface Seen {
  x: number;
  y: number;
  w: number;
  h: number;
  r: number;
  scale: number;
}

/** Between matrix and strips, in the lens too. */
const GAP = 5;
/** More strips than this are drawn as one block. */
const APART = 16;

/** A lens on the corner where B and A meet ΔW: so thick they are, that many times as large. Without `seen` there is none. */
export function cornerLens(parent: Element, seen: Seen | undefined) {
  const g = layer(parent, "g", "lens");
  if (!seen) return g.replaceChildren();
  const {x, y, w, h, r, scale} = seen;
  const radius = rounded(Math.min(0.25 * Math.min(w, h), 115));
  const [cx, cy] = [rounded(x + w - radius - 14), rounded(y + h - radius - 30)];
  const times = roundBelow((0.85 * radius) / (r * scale));
  const thick = r * scale * times;
  // The corner of ΔW lies so that it and the strips fill the lens alike.
  const [left, top] = [cx, cy].map((at) => rounded(at + (thick + GAP) / 2 - radius / 4)) as [number, number];
  const [right, bottom] = [rounded(cx + radius), rounded(cy + radius)];
  select(layer(g, "path", "cone")).attr("d", cone(x, y, cx, cy, radius));
  const inside = layer(g, "g", "inside");
  // The group is as large as the lens, so half of it is the lens's radius.
  select(inside).attr("clip-path", "circle(50%)");
  const rects = [
    {name: "ground", x: cx - radius, y: cy - radius, w: 2 * radius, h: 2 * radius},
    {name: "block-dW", x: left, y: top, w: right - left, h: bottom - top},
    {name: "block-B", x: left - GAP - thick, y: top, w: thick, h: bottom - top},
    {name: "block-A", x: left, y: top - GAP - thick, w: right - left, h: thick},
  ];
  select(inside)
    .selectChildren<SVGRectElement, (typeof rects)[number]>("rect")
    .data(rects)
    .join("rect")
    .attr("class", ({name}) => name)
    .attr("x", ({x}) => rounded(x, 2))
    .attr("y", ({y}) => rounded(y, 2))
    .attr("width", ({w}) => rounded(w, 2))
    .attr("height", ({h}) => rounded(h, 2));
  const between = r > APART ? [] : Array.from({length: r - 1}, (_, i) => rounded(((i + 1) * thick) / r - thick));
  select(layer(inside, "path", "apart")).attr(
    "d",
    between
      .map((at) => `M${rounded(left - GAP + at)} ${top}V${bottom}M${left} ${rounded(top - GAP + at)}H${right}`)
      .join(""),
  );
  select(layer(g, "circle", "rim"))
    .attr("cx", cx)
    .attr("cy", cy)
    .attr("r", radius);
  label(g, "magnified", `the corner, × ${whole(times)}`, {x: cx, y: rounded(cy + radius + 18), anchor: "middle"});
}
