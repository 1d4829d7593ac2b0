import {select} from "d3";
import {layer} from "./layer.ts";
import {withText} from "./text/put.ts";

/** Draws the head of a table, with a name for each column. */
export const tableHead = (table: Element, columns: readonly string[]) =>
  select(layer(layer(table, "thead", "top"), "tr", "names"))
    .selectChildren<HTMLTableCellElement, string>("th")
    .data(columns)
    .join("th")
    .attr("scope", "col")
    .each(withText((name) => name));
