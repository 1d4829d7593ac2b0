import {select} from "d3";
import {layer} from "../../../figures/layer.ts";
import {put, worded} from "../../../figures/text/worded.ts";

/** Some text, in a class of its own where something is to be said of it. */
interface Piece {
  text: string;
  mark?: string;
}

/** One word or answer, and a sign behind it. */
export interface Item {
  pieces: readonly Piece[];
  sign?: string;
}

/** What was written at one step, with the number it came to. */
export interface Line {
  name: string;
  items: readonly Item[];
  /** Not given where the table has no third column. */
  value?: string;
  isNow?: boolean;
}

export interface MorphOptions {
  caption: string;
  columns: readonly [name: string, items: string, value?: string];
  /** Items have one width each, so that they stand under one another. */
  aligned: boolean;
  /** Under the table: what the marks stand for. */
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
        .each(worded(({text}) => text));
      layer(this, "span", "sign", sign);
    });
}

/** The same things written at one step after another, a row a step: what changes shows from row to row. */
export function morph(figure: Element, lines: readonly Line[], {caption, columns, aligned, foot}: MorphOptions) {
  const box = layer(figure, "div", "morph");
  const table = layer(box, "table", "steps");
  table.toggleAttribute("data-aligned", aligned);
  layer(table, "caption", "label", caption);
  select(layer(layer(table, "thead", "top"), "tr", "names"))
    .selectChildren<HTMLTableCellElement, string>("th")
    .data(columns.filter((name) => name !== undefined))
    .join("th")
    .attr("scope", "col")
    .each(worded((name) => name));
  select(layer(table, "tbody", "body"))
    .selectChildren<HTMLTableRowElement, Line>("tr")
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
        .each(worded((text) => text));
    });
  layer(box, "p", "foot", foot);
}
