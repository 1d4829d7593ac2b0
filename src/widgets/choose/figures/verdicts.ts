import {select} from "d3";
import {layer} from "../../../figures/layer.ts";
import {put, worded} from "../../../figures/text/worded.ts";

/** A short word and the class that draws it. */
export interface Judged {
  kind: string;
  text: string;
}

export interface VerdictRow {
  name: string;
  cells: readonly Judged[];
}

/** A table of short words, one row a name: each word in the form of its kind. It scrolls in its own box where it is wide. */
export function verdicts(figure: Element, caption: string, head: readonly string[], rows: readonly VerdictRow[]) {
  const box = layer(figure, "div", "verdicts scroller");
  box.setAttribute("tabindex", "0");
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", caption);
  const table = layer(box, "table", "judged");
  table.setAttribute("aria-label", caption);
  select(layer(layer(table, "thead", "top"), "tr", "names"))
    .selectChildren<HTMLTableCellElement, string>("th")
    .data(head)
    .join("th")
    .attr("scope", "col")
    .each(worded((text) => text));
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
          select(layer(this, "span", "judgment"))
            .attr("data-kind", kind)
            .each(worded(text));
        });
    });
}
