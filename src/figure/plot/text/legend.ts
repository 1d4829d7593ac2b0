import {attributes, join} from "../children.ts";
import {inset} from "../inset.ts";
import {layer} from "../layer.ts";
import {BIN_COUNT} from "../matrices/heatmap.ts";
import {fixed} from "./format.ts";

/** Draws the color scale of matrices, from −limit to limit, with a note. */
export const legend = (figure: Element, limit: number, note: string) =>
  colorScale(figure, {
    bins: Array.from({length: BIN_COUNT}, (_, bin) => bin),
    cell: 5,
    ends: [fixed(-limit, 2), fixed(limit, 2)],
    note,
  });

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
  const scale = inset(box, "scale", cell * bins.length, 10);
  join(scale, "rect", bins, {name: (bin) => `bin bin-${bin}`}, (rect, _, i) =>
    attributes(rect, {x: i * cell, width: cell, height: 10}),
  );
  layer(box, "span", "high", ends[1]);
  layer(box, "span", "note", note);
}
