import {select} from "d3";
import {layer} from "./layer.ts";
import {worded} from "./worded.ts";

/** The row of names at the head of a table. */
export function heads(table: Element, names: readonly string[]) {
  select(layer(layer(table, "thead", "top"), "tr", "names"))
    .selectChildren<HTMLTableCellElement, string>("th")
    .data(names)
    .join("th")
    .attr("scope", "col")
    .each(worded((name) => name));
}
