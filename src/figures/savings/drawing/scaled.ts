import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {whole} from "../../../figure/plot/text/format.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {cornerLens} from "./lens.ts";

export interface BlocksOptions {
  d: number;
  k: number;
  r: number;
  width: number;
  height: number;
}

/** Between the matrix and its strips: the one length that is not to scale. */
const GAP = 5;
/** Room for the names of A (above) and B (at the left). */
const NAME = 20;
/** Strips thinner than this get a lens, if the matrix has room for one. */
const THIN = 14;
const ROOM = 150;

/** ΔW (d,k) as large as fits, B (d,r) left of it and A (r,k) above it, to one scale, but at least a pixel thick. */
export function blocks(g: Element, {d, k, r, width, height}: BlocksOptions) {
  const scale = Math.min((width - GAP - NAME) / (k + r), (height - GAP - NAME) / (d + r));
  const depth = Math.max(r * scale, 1);
  const [w, h] = [Math.max(k * scale, 1), Math.max(d * scale, 1)];
  const left = NAME + Math.max(width - NAME - GAP - w - depth, 0) / 2;
  const [x, y] = [rounded(left + depth + GAP, 2), rounded(NAME + depth + GAP, 2)];
  const rects = [
    {name: "dW", x, y, w, h},
    {name: "B", x: left, y, w: depth, h},
    {name: "A", x, y: NAME, w, h: depth},
  ];
  const shapes: Readonly<Record<string, string>> = {
    dW: `${whole(d)} × ${whole(k)}`,
    B: `${whole(d)} × ${whole(r)}`,
    A: `${whole(r)} × ${whole(k)}`,
  };
  select(layer(g, "g", "blocks"))
    .selectChildren<SVGRectElement, (typeof rects)[number]>("rect")
    .data(rects)
    .join("rect")
    .attr("class", ({name}) => `block block-${name}`)
    .attr("x", ({x}) => rounded(x, 2))
    .attr("y", ({y}) => rounded(y, 2))
    .attr("width", ({w}) => rounded(w, 2))
    .attr("height", ({h}) => rounded(h, 2))
    .each(function ({name}) {
      layer(this, "title", "name", `${name === "dW" ? "ΔW" : name} ${shapes[name]}`);
    });
  label(g, "of-A", `A ${shapes.A}`, {x, y: NAME - 7, anchor: "start"});
  label(g, "of-B", `B ${shapes.B}`, {x: -y, y: left - 7, anchor: "end"});
  select(layer(g, "text", "of-B")).attr("transform", "rotate(-90)");
  const right = rounded(x + w - 12);
  const hasRoom = Math.min(w, h) >= ROOM;
  label(g, "of-dW", hasRoom ? `ΔW ${shapes.dW}` : "", {x: right, y: y + 24, anchor: "end"});
  label(g, "entries-dW", hasRoom ? `${whole(d * k)} entries` : "", {x: right, y: y + 44, anchor: "end"});
  cornerLens(g, hasRoom && r * scale < THIN ? {x, y, w, h, r, scale} : undefined);
}
