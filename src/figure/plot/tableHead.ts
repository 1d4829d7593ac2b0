import {attributes, each} from "./children.ts";
import {layer} from "./layer.ts";
import {put} from "./text/put.ts";

/** Draws the head of a table, with a name for each column. */
export const tableHead = (table: Element, columns: readonly string[]) =>
  each(layer(layer(table, "thead", "top"), "tr", "names"), "th", columns, (cell, name) => {
    attributes(cell, {scope: "col"});
    put(cell, name);
  });
