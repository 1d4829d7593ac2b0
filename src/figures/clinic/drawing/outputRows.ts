import {select} from "d3";
import {rowGroups} from "../../../figure/plot/charts/rowGroups.ts";
import {heatmap} from "../../../figure/plot/matrices/heatmap.ts";
import {group} from "../../../figure/plot/panel.ts";
import {withText} from "../../../figure/plot/text/put.ts";

export interface OutputRow {
  name: string;
  /** Outputs (d); undefined if they are out of range. */
  values?: Float64Array;
}

export interface OutputRowsOptions {
  width: number;
  /** Height of a row. */
  row: number;
  /** The color scale runs from −limit to limit. */
  limit: number;
}

const NAME = 92;

/** Vectors of outputs as rows of colors, each after its name, so that different answers can be told apart at a glance. */
export function outputRows(svg: Element, all: readonly OutputRow[], {width, row, limit}: OutputRowsOptions) {
  rowGroups(group(svg, "answers"), all, row, "outputs").each(function ({name, values}) {
    select(this)
      .selectChildren<SVGTextElement, string>("text")
      .data([name, values ? "" : "out of range"])
      .join("text")
      .attr("class", "name")
      .attr("x", (_, i) => (i === 0 ? 0 : NAME))
      .attr("y", row / 2)
      .attr("dy", "0.34em")
      .each(withText((text) => text));
    const cols = values?.length ?? 0;
    const cells = {rows: values ? 1 : 0, cols, data: values ?? new Float64Array(0)};
    heatmap(group(this, "cells", NAME), cells, {cellWidth: (width - NAME) / (cols || 1), cellHeight: row - 3, limit});
  });
}
