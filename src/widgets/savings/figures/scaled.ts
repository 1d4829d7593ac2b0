import {select} from "d3";
import {layer} from "../../../figures/layer.ts";

export interface BlocksOptions {
  d: number;
  k: number;
  r: number;
  width: number;
  height: number;
}

const GAP = 10;

/** ΔW (d,k), B (d,r) left of it and A (r,k) above it, to scale, but at least a pixel wide. */
export function blocks(svg: Element, {d, k, r, width, height}: BlocksOptions) {
  const scale = Math.min((width - GAP) / (k + r), (height - GAP) / (d + r));
  const depth = Math.max(r * scale, 1);
  const left = Math.max(width - GAP - k * scale - depth, 0) / 2;
  const rects = [
    {name: "dW", x: left + depth + GAP, y: depth + GAP, w: Math.max(k * scale, 1), h: Math.max(d * scale, 1)},
    {name: "B", x: left, y: depth + GAP, w: depth, h: Math.max(d * scale, 1)},
    {name: "A", x: left + depth + GAP, y: 0, w: Math.max(k * scale, 1), h: depth},
  ];
  select(svg)
    .selectChildren<SVGRectElement, (typeof rects)[number]>("rect")
    .data(rects)
    .join("rect")
    .attr("class", ({name}) => `block block-${name}`)
    .attr("x", ({x}) => x)
    .attr("y", ({y}) => y)
    .attr("width", ({w}) => w)
    .attr("height", ({h}) => h)
    .each(function ({name}) {
      layer(this, "title", "name", {dW: `ΔW ${d} × ${k}`, B: `B ${d} × ${r}`, A: `A ${r} × ${k}`}[name]!);
    });
}
