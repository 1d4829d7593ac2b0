import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {tableHead} from "../../../figure/plot/tableHead.ts";
import {put} from "../../../figure/plot/text/put.ts";

/** A verdict in a word, and its kind, which styles it. */
interface Judged {
  kind: string;
  text: string;
}

export interface VerdictRow {
  name: string;
  cells: readonly Judged[];
}

/** A table of verdicts, a row for each name; a wide one scrolls in its box. */
export function verdictTable(figure: Element, caption: string, head: readonly string[], rows: readonly VerdictRow[]) {
  const box = layer(figure, "div", "verdicts scroller");
  box.setAttribute("tabindex", "0");
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", caption);
  const table = layer(box, "table", "judged");
  table.setAttribute("aria-label", caption);
  tableHead(table, head);
  select(layer(table, "tbody", "body"))
    .selectChildren<HTMLTableRowElement, VerdictRow>("tr")
    .data(rows)
    .join("tr")
    .each(function ({name, cells}) {
      const th = layer(this, "th", "what");
      th.setAttribute("scope", "row");
      put(th, name);
      select(this)
        .selectChildren<HTMLTableCellElement, Judged>("td")
        .data(cells)
        .join("td")
        .each(function ({kind, text}) {
          layer(this, "span", "judgment", text).setAttribute("data-kind", kind);
        });
    });
}
