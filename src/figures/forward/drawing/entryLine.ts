import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {TERM_DECIMALS} from "../../../figure/plot/matrices/entryTerms.ts";
import {fixed, significant} from "../../../figure/plot/text/format.ts";
import {withText} from "../../../figure/plot/text/put.ts";
import {exactText} from "./entryValue.ts";
import {drawPieces, type FormulaPiece} from "./pieces.ts";
import {roundedTerms} from "./roundedTerms.ts";

export interface EntryOptions {
  formula: readonly FormulaPiece[];
  code: readonly FormulaPiece[];
  /** What a name in the code stands for. */
  comment: readonly FormulaPiece[];
  /** The factors of each term. */
  terms: readonly (readonly {symbol: string; value: number}[])[];
  /** The sum of the terms. */
  value: number;
}

/** One entry as a formula, as terms that add up to it as printed, and as the line of code that computes it. */
export function entryLine(figure: Element, {formula, code, comment, terms, value}: EntryOptions) {
  const box = layer(figure, "div", "entryline");
  drawPieces(layer(box, "p", "formula"), formula);
  const products = terms.map((factors) => factors.reduce((product, factor) => product * factor.value, 1));
  const printed = roundedTerms(products, value, TERM_DECIMALS);
  select(layer(box, "p", "sum"))
    .selectChildren<HTMLSpanElement, number>("span.term")
    .data(printed)
    .join("span")
    .attr("class", "term")
    .each(function (product, i) {
      layer(this, "i", "plus", i ? "+ " : "= ");
      select(layer(this, "span", "factors"))
        .selectChildren<HTMLSpanElement, {symbol: string; value: number}>("span")
        .data(terms[i].length > 1 ? terms[i] : [])
        .join("span")
        .attr("data-symbol", ({symbol}) => symbol)
        .each(withText(({symbol, value: factor}) => (symbol === "alpha" ? significant(factor, 3) : short(factor))));
      layer(
        this,
        "span",
        "product",
        products[i] === 0 ? "= 0" : `${terms[i].length > 1 ? "≈ " : ""}${fixed(product, TERM_DECIMALS)}`,
      );
    });
  layer(box, "p", "total", `= ${exactText(value)}`);
  drawPieces(layer(box, "code", "comment"), comment);
  drawPieces(layer(box, "code", "code"), code);
}

const short = (x: number): string => (x === 0 ? "0" : fixed(x, 3));
