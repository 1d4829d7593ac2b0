import {select} from "d3";
import {heatmap} from "../../../figures/matrices/heatmap.ts";
import {group} from "../../../figures/panel.ts";
import {worded} from "../../../figures/text/worded.ts";

export interface Served {
  /** Whose answer it is. */
  name: string;
  /** Outputs (d); undefined where there are none to show. */
  values?: Float64Array;
}

export interface ServedOptions {
  width: number;
  /** Height of one row. */
  row: number;
  /** The value at both ends of the color scale. */
  limit: number;
}

const NAME = 92;

/** One row an answer: whose it is, then its outputs as colors, so that rows can be told apart at a look. */
export function served(svg: Element, all: readonly Served[], {width, row, limit}: ServedOptions) {
  select(group(svg, "answers"))
    .selectChildren<SVGGElement, Served>("g")
    .data(all)
    .join("g")
    .attr("class", "outputs")
    .attr("transform", (_, i) => `translate(0 ${i * row})`)
    .each(function ({name, values}) {
      select(this)
        .selectChildren<SVGTextElement, string>("text")
        .data([name, values ? "" : "out of range"])
        .join("text")
        .attr("class", "name")
        .attr("x", (_, i) => (i === 0 ? 0 : NAME))
        .attr("y", row / 2)
        .attr("dy", "0.34em")
        .each(worded((text) => text));
      const cols = values?.length ?? 0;
      const cells = {rows: values ? 1 : 0, cols, data: values ?? new Float64Array(0)};
      heatmap(group(this, "cells", NAME), cells, {cellWidth: (width - NAME) / (cols || 1), cellHeight: row - 3, limit});
    });
}
