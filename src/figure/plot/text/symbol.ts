/** Text with symbols of the paper, and how it is written into an element. */
import {attributes, join} from "../children.ts";
import {put} from "./put.ts";

/** A symbol of the paper: its name, the `data-symbol` that colors and highlights it, and how it is written. */
export interface PaperSymbol {
  symbol: string;
  text: string;
}

/** Text in which some pieces are symbols: `[symbol.dW, " 48 × 48"]`. */
export type Rich = readonly (string | PaperSymbol)[];

/** Writes `rich` into `element` with an element for each piece: a span, or in a drawing with `tag` a tspan. Symbols get `data-symbol`. */
export function write(element: Element, rich: Rich, tag = "span") {
  join(element, tag, rich, {name: (piece) => (typeof piece === "string" ? "" : "symbol")}, (one, piece) => {
    const isText = typeof piece === "string";
    attributes(one, {"data-symbol": isText ? null : piece.symbol});
    put(one, isText ? piece : piece.text);
  });
}
