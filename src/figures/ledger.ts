import {select} from "d3";
import {layer} from "./layer.ts";
import {worded} from "./text/worded.ts";

export interface Entry {
  /** Class of the swatch that ties a line to what is drawn; none where nothing is. */
  swatch?: string;
  /** The name, then one cell a column. */
  cells: readonly string[];
  /** A sum of the lines above it. */
  sum?: boolean;
}

/** A small table beside a picture: names with their colors, and what each comes to. */
export function ledger(figure: Element, name: string, head: readonly string[], entries: readonly Entry[]) {
  const table = layer(figure, "table", `ledger ${name}`);
  table.setAttribute("aria-label", head[0] ?? "");
  select(layer(layer(table, "thead", "top"), "tr", "names"))
    .selectChildren<HTMLTableCellElement, string>("th")
    .data(head)
    .join("th")
    .attr("scope", "col")
    .each(worded((text) => text));
  select(layer(table, "tbody", "body"))
    .selectChildren<HTMLTableRowElement, Entry>("tr")
    .data(entries)
    .join("tr")
    .attr("class", ({sum}) => (sum ? "sum" : null))
    .each(function ({swatch, cells}) {
      const [first = "", ...rest] = cells;
      const th = layer(this, "th", "what");
      th.setAttribute("scope", "row");
      const svg = layer(th, "svg", "swatch");
      select(svg).attr("viewBox", "0 0 12 12").attr("width", 12).attr("height", 12).attr("aria-hidden", "true");
      select(svg)
        .selectChildren<SVGRectElement, string>("rect")
        .data(swatch ? [swatch] : [])
        .join("rect")
        .attr("class", (color) => `part ${color}`)
        .attr("x", 1)
        .attr("y", 1)
        .attr("width", 10)
        .attr("height", 10);
      layer(th, "span", "text", first);
      select(this)
        .selectChildren<HTMLTableCellElement, string>("td")
        .data(rest)
        .join("td")
        .each(worded((text) => text));
    });
}
