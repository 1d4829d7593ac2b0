import {select} from "d3";
import {layer} from "../layer.ts";
import type {Sign} from "../text/symbol.ts";
import {worded} from "../text/worded.ts";

/** A piece of a formula; a factor that is zero is lit. */
export type Piece = string | (Partial<Sign> & {text: string; dead?: boolean});

export interface Measure {
  /** Which of the sizes it is: the color of its bar follows. */
  name: string;
  formula: readonly Piece[];
  value: string;
  /** Length of the bar, 0 to 1. */
  share: number;
  /** What kind of value it is, or why it is what it is. */
  note: string;
}

export interface Measured {
  /** Class of the sample of its line. */
  name: string;
  title: readonly Piece[];
  /** What stands at the end of its first line. */
  aside: string;
  measures: readonly Measure[];
}

const LENGTH = 112;
const DEPTH = 8;

/** Rows of a few quantities each: what it is, its value, a bar; with a sample of the line that the row has in the chart. */
export function measures(figure: Element, rows: readonly Measured[]) {
  select(layer(figure, "ul", "measured"))
    .selectChildren<HTMLLIElement, Measured>("li")
    .data(rows)
    .join("li")
    .each(function ({name, title, aside, measures: all}) {
      const head = layer(this, "p", "title");
      const sample = layer(head, "svg", "sample");
      select(sample).attr("viewBox", "0 0 32 8").attr("width", 32).attr("height", 8).attr("aria-hidden", "true");
      select(layer(sample, "path", "line"))
        .attr("class", `line ${name}`)
        .attr("d", "M0,4H32");
      formula(layer(head, "span", "formula"), title);
      layer(head, "span", "aside", aside);
      select(layer(this, "dl", "quantities"))
        .selectChildren<HTMLDivElement, Measure>("div")
        .data(all)
        .join("div")
        .each(function (measure) {
          quantity(this, measure);
        });
    });
}

function quantity(box: Element, {name, formula: pieces, value, share, note}: Measure) {
  formula(layer(box, "dt", "formula"), pieces);
  const definition = layer(box, "dd", "value");
  layer(definition, "b", "number", value);
  layer(definition, "span", "note", note ? ` ${note}` : "");
  const svg = layer(definition, "svg", "gauge");
  select(svg)
    .attr("viewBox", `0 0 ${LENGTH} ${DEPTH}`)
    .attr("width", LENGTH)
    .attr("height", DEPTH)
    .attr("aria-hidden", "true");
  select(layer(svg, "rect", "track"))
    .attr("width", LENGTH)
    .attr("height", DEPTH);
  select(layer(svg, "rect", "length"))
    .attr("data-name", name)
    .attr("width", share * LENGTH)
    .attr("height", DEPTH);
}

function formula(element: Element, pieces: readonly Piece[]) {
  const rich = (piece: Piece) => (typeof piece === "string" ? {text: piece} : piece);
  select(element)
    .selectChildren<HTMLSpanElement, Piece>("span")
    .data(pieces)
    .join("span")
    .attr("class", (piece) => (rich(piece).dead ? "symbol dead" : rich(piece).symbol ? "symbol" : null))
    .attr("data-symbol", (piece) => rich(piece).symbol ?? null)
    .each(worded((piece) => rich(piece).text));
}
