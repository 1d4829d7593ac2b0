import {select} from "d3";
import {inset} from "./inset.ts";
import {layer} from "./layer.ts";
import {tableHead} from "./tableHead.ts";
import {withText} from "./text/put.ts";

export interface LegendRow {
  /** Class of the color sample that ties the row to the drawing. */
  swatch?: string;
  /** The name, then a cell for each further column. */
  cells: readonly string[];
  /** Whether it sums up the rows above. */
  sum?: boolean;
}

/** A small table next to a picture: names with their colors, and their values. */
export function legendTable(figure: Element, name: string, head: readonly string[], entries: readonly LegendRow[]) {
  const table = layer(figure, "table", `ledger ${name}`);
  table.setAttribute("aria-label", head[0] ?? "");
  tableHead(table, head);
  select(layer(table, "tbody", "body"))
    .selectChildren<HTMLTableRowElement, LegendRow>("tr")
    .data(entries)
    .join("tr")
    .attr("class", ({sum}) => (sum ? "sum" : null))
    .each(function ({swatch, cells}) {
      const [first = "", ...rest] = cells;
      const th = layer(this, "th", "what");
      th.setAttribute("scope", "row");
      select(inset(th, "swatch", 12, 12))
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
        .each(withText((text) => text));
    });
}
