import {range, select} from "d3";
import {layer} from "../layer.ts";
import {fixed} from "./format.ts";

/** The color scale of the figure's matrices: its two ends and zero, with the data's own range. */
export function legend(figure: Element, limit: number, note: string) {
  const box = layer(figure, "div", "legend");
  layer(box, "span", "low", fixed(-limit, 2));
  const svg = layer(box, "svg", "scale");
  select(svg).attr("viewBox", "0 0 105 10").attr("width", 105).attr("height", 10).attr("aria-hidden", "true");
  select(svg)
    .selectChildren("rect")
    .data(range(21))
    .join("rect")
    .attr("class", (i) => `bin bin-${i}`)
    .attr("x", (i) => i * 5)
    .attr("width", 5)
    .attr("height", 10);
  layer(box, "span", "high", fixed(limit, 2));
  layer(box, "span", "note", note);
}
