import {range, select} from "d3";
import {inset} from "../inset.ts";
import {layer} from "../layer.ts";
import {fixed} from "./format.ts";

/** Draws the color scale of matrices, from −limit to limit, with a note. */
export const legend = (figure: Element, limit: number, note: string) =>
  colorScale(figure, {bins: range(21), cell: 5, ends: [fixed(-limit, 2), fixed(limit, 2)], note});

interface ColorScaleOptions {
  /** The color bins, from left to right. */
  bins: readonly number[];
  /** The width of a bin in units. */
  cell: number;
  ends: readonly [low: string, high: string];
  note: string;
}

/** Draws color bins side by side between the values at their ends, then a note. */
export function colorScale(figure: Element, {bins, cell, ends, note}: ColorScaleOptions) {
  const box = layer(figure, "div", "legend");
  layer(box, "span", "low", ends[0]);
  select(inset(box, "scale", cell * bins.length, 10))
    .selectChildren("rect")
    .data(bins)
    .join("rect")
    .attr("class", (bin) => `bin bin-${bin}`)
    .attr("x", (_, i) => i * cell)
    .attr("width", cell)
    .attr("height", 10);
  layer(box, "span", "high", ends[1]);
  layer(box, "span", "note", note);
}
