import {attributes, each} from "./children.ts";
import {layer} from "./layer.ts";
import {tableHead} from "./tableHead.ts";
import {put} from "./text/put.ts";

/** Draws a small table next to a picture: in each row a name, then a cell for each further column. */
export function legendTable(
  figure: Element,
  name: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
) {
  const table = layer(figure, "table", `ledger ${name}`);
  table.setAttribute("aria-label", head[0] ?? "");
  tableHead(table, head);
  each(layer(table, "tbody", "body"), "tr", rows, (row, [first = "", ...rest]) => {
    attributes(layer(row, "th", "what", first), {scope: "row"});
    each(row, "td", rest, put);
  });
}
