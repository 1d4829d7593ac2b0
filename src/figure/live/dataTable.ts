import {attributes, each} from "../plot/children.ts";
import {layer} from "../plot/layer.ts";
import {tableHead} from "../plot/tableHead.ts";
import {put} from "../plot/text/put.ts";
import type {Parts, Table} from "../widget.ts";

/** Draws the table that opens under "Data". */
export function drawDataTable({data}: Parts, {caption, columns, rows}: Table) {
  const box = layer(data, "div", "scroll");
  attributes(box, {tabindex: 0, role: "region", "aria-label": caption});
  const table = layer(box, "table", "rows");
  layer(table, "caption", "caption", caption);
  tableHead(table, columns);
  each(layer(table, "tbody", "body"), "tr", rows, (row, cells) =>
    each(row, "td", cells, (cell, value) => put(cell, String(value))),
  );
}
