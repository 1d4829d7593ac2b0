import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {tableHead} from "../../../figure/plot/tableHead.ts";
import {put, withText} from "../../../figure/plot/text/put.ts";

/** Some text, and the class that marks it. */
interface Piece {
  text: string;
  mark?: string;
}

/** A word or answer, and a sign after it. */
interface Item {
  pieces: readonly Piece[];
  sign?: string;
}

/** What the model writes at one step, with its result. */
export interface WrittenLine {
  name: string;
  items: readonly Item[];
  /** The third column, if the table has one. */
  value?: string;
  isNow?: boolean;
}

export interface MorphOptions {
  caption: string;
  columns: readonly [name: string, items: string, value?: string];
  /** Whether items have equal widths, so that they line up from row to row. */
  aligned: boolean;
  /** Under the table: what the marks mean. */
  foot: string;
}

function items(cell: Element, list: readonly Item[]) {
  select(cell)
    .selectChildren<HTMLSpanElement, Item>("span")
    .data(list)
    .join("span")
    .attr("class", "item")
    .each(function ({pieces, sign = ""}) {
      select(layer(this, "span", "pieces"))
        .selectChildren<HTMLSpanElement, Piece>("span")
        .data(pieces)
        .join("span")
        .attr("class", ({mark}) => mark ?? null)
        .each(withText(({text}) => text));
      layer(this, "span", "sign", sign);
    });
}

/** What the model writes at one step after another, a row for each step. */
export function morph(figure: Element, lines: readonly WrittenLine[], {caption, columns, aligned, foot}: MorphOptions) {
  const box = layer(figure, "div", "morph");
  const table = layer(box, "table", "steps");
  table.toggleAttribute("data-aligned", aligned);
  layer(table, "caption", "label", caption);
  tableHead(
    table,
    columns.filter((name) => name !== undefined),
  );
  select(layer(table, "tbody", "body"))
    .selectChildren<HTMLTableRowElement, WrittenLine>("tr")
    .data(lines)
    .join("tr")
    .attr("aria-current", ({isNow}) => (isNow ? "step" : null))
    .each(function ({name, items: list, value}) {
      const head = layer(this, "th", "step");
      head.setAttribute("scope", "row");
      put(head, name);
      items(layer(this, "td", "items"), list);
      select(this)
        .selectChildren<HTMLTableCellElement, string>("td.value")
        .data(value === undefined ? [] : [value])
        .join("td")
        .attr("class", "value")
        .each(withText((text) => text));
    });
  layer(box, "p", "foot", foot);
}
