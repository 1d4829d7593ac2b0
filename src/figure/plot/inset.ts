import {select} from "d3";
import {layer} from "./layer.ts";

/** A small drawing in the middle of words, such as a color sample. Screen readers skip it. */
export function inset(parent: Element, name: string, width: number, height: number): Element {
  const svg = layer(parent, "svg", name);
  select(svg)
    .attr("viewBox", `0 0 ${width} ${height}`)
    .attr("width", width)
    .attr("height", height)
    .attr("aria-hidden", "true");
  return svg;
}
