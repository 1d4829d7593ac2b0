/** Text with symbols of the paper, and how it is written into an element. */
import {select} from "d3";
import {withText} from "./put.ts";

/** A symbol of the paper: its name, the `data-symbol` that colors and highlights it, and how it is written. */
export interface PaperSymbol {
  symbol: string;
  text: string;
}

/** Text in which some pieces are symbols: `[symbol.dW, " 48 × 48"]`. */
export type Rich = readonly (string | PaperSymbol)[];

/** Writes `rich` into `element` with an element for each piece: a span, or in a drawing with `tag` a tspan. Symbols get `data-symbol`. */
export function write(element: Element, rich: Rich, tag = "span") {
  select(element)
    .selectChildren<Element, string | PaperSymbol>(tag)
    .data(rich)
    .join(tag)
    .attr("class", (piece) => (typeof piece === "string" ? null : "symbol"))
    .attr("data-symbol", (piece) => (typeof piece === "string" ? null : piece.symbol))
    .each(withText((piece) => (typeof piece === "string" ? piece : piece.text)));
}
