import {select} from "d3";
import {inset, lineSample} from "../inset.ts";
import {layer} from "../layer.ts";
import {withText} from "../text/put.ts";
import type {PaperSymbol} from "../text/symbol.ts";

/** A piece of a formula; `dead` marks a factor that is zero. */
export type MeasurePiece = string | (Partial<PaperSymbol> & {text: string; dead?: boolean});

export interface Measure {
  /** Which quantity it is; sets the color of its bar. */
  name: string;
  formula: readonly MeasurePiece[];
  value: string;
  /** Length of the bar, 0 to 1. */
  share: number;
  /** A remark on the value. */
  note: string;
}

export interface MeasuredRow {
  /** Class of its line in the chart. */
  name: string;
  title: readonly MeasurePiece[];
  /** At the end of its first line. */
  aside: string;
  measures: readonly Measure[];
}

const LENGTH = 112;
const DEPTH = 8;

/** For each row a title with a sample of its line, then its quantities: formula, value and bar. */
export function measures(figure: Element, rows: readonly MeasuredRow[]) {
  select(layer(figure, "ul", "measured"))
    .selectChildren<HTMLLIElement, MeasuredRow>("li")
    .data(rows)
    .join("li")
    .each(function ({name, title, aside, measures: all}) {
      const head = layer(this, "p", "title");
      lineSample(head, name);
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
  const svg = inset(definition, "gauge", LENGTH, DEPTH);
  select(layer(svg, "rect", "track"))
    .attr("width", LENGTH)
    .attr("height", DEPTH);
  select(layer(svg, "rect", "length"))
    .attr("data-name", name)
    .attr("width", share * LENGTH)
    .attr("height", DEPTH);
}

function formula(element: Element, pieces: readonly MeasurePiece[]) {
  const rich = (piece: MeasurePiece) => (typeof piece === "string" ? {text: piece} : piece);
  select(element)
    .selectChildren<HTMLSpanElement, MeasurePiece>("span")
    .data(pieces)
    .join("span")
    .attr("class", (piece) => (rich(piece).dead ? "symbol dead" : rich(piece).symbol ? "symbol" : null))
    .attr("data-symbol", (piece) => rich(piece).symbol ?? null)
    .each(withText((piece) => rich(piece).text));
}
