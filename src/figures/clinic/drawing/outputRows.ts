/** Output vectors drawn as rows of colored cells. */
import {attributes, each} from "../../../figure/plot/children.ts";
import {group} from "../../../figure/plot/group.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {heatmap} from "../../../figure/plot/matrices/heatmap.ts";
import {put} from "../../../figure/plot/text/put.ts";

/** A row: a vector with its name. */
export interface OutputRow {
  name: string;
  /** Outputs (d). */
  values: Float64Array;
}

/** Room for the names, and the height of a row, in units. */
const NAME = 92;
export const OUTPUT_ROW = 22;

/** Draws the rows, each after its name, so that different outputs can be told apart at a glance. */
export function outputRows(g: Element, all: readonly OutputRow[], {width, limit}: {width: number; limit: number}) {
  each(layer(g, "g", "answers"), "g", all, (row, {name, values}, i) => {
    attributes(row, {transform: `translate(0 ${i * OUTPUT_ROW})`});
    const text = layer(row, "text", "name");
    attributes(text, {y: OUTPUT_ROW / 2, dy: "0.34em"});
    put(text, name);
    const cells = {rows: 1, cols: values.length, data: values};
    const cellWidth = (width - NAME) / values.length;
    heatmap(group(row, "cells", NAME), cells, {cellWidth, cellHeight: OUTPUT_ROW - 3, limit});
  });
}
