import {select} from "d3";
import {layer} from "./layer.ts";

/** A small drawing among words, such as a color sample; screen readers skip it. */
export function inset(parent: Element, name: string, width: number, height: number): Element {
  const svg = layer(parent, "svg", name);
  select(svg)
    .attr("viewBox", `0 0 ${width} ${height}`)
    .attr("width", width)
    .attr("height", height)
    .attr("aria-hidden", "true");
  return svg;
}

/** A short piece of the line that a run has in the chart. */
export function lineSample(parent: Element, run: string) {
  select(layer(inset(parent, "sample", 32, 8), "path", "line"))
    .attr("class", `line ${run}`)
    .attr("d", "M0,4H32");
}
