import {select} from "d3";
import {layer} from "../plot/layer.ts";
import {withText} from "../plot/text/put.ts";
import type {Parts, Table} from "../widget.ts";
import {setAttributes} from "./form.ts";

/** The table behind "Data". */
export function dataTable({data}: Parts, {caption, columns, rows}: Table) {
  const box = layer(data, "div", "scroll");
  setAttributes(box, {tabindex: 0, role: "region", "aria-label": caption});
  const table = layer(box, "table", "rows");
  layer(table, "caption", "caption", caption);
  select(layer(layer(table, "thead", "top"), "tr", "names"))
    .selectChildren<HTMLTableCellElement, string>("th")
    .data(columns)
    .join("th")
    .attr("scope", "col")
    .each(withText((name) => name));
  select(layer(table, "tbody", "body"))
    .selectChildren<HTMLTableRowElement, (typeof rows)[number]>("tr")
    .data(rows)
    .join("tr")
    .selectChildren<HTMLTableCellElement, string | number>("td")
    .data((row) => row)
    .join("td")
    .each(withText((cell) => String(cell)));
}
