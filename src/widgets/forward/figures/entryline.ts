import {select} from "d3";
import {layer} from "../../../figures/layer.ts";
import {fixed, significant} from "../../../figures/text/format.ts";
import {worded} from "../../../figures/text/worded.ts";
import {addends} from "./addends.ts";

/** A name in a formula or in code: its color, and the part of the picture it lights. */
interface Name {
  symbol: string;
  text: string;
  part?: string;
}
export type Token = string | Name;

export interface EntryOptions {
  formula: readonly Token[];
  code: readonly Token[];
  /** The factors of each term, and the sum of the terms. */
  terms: readonly (readonly {symbol: string; value: number}[])[];
  value: number;
}

/** Decimals of a printed term and of the sum. */
const TERM = 4;

/** An exact zero is "0", and nothing else is. */
export const exactly = (x: number): string => (x === 0 ? "0" : fixed(x, TERM));

/** One entry as formula, as terms that add up to it as printed, and as the line of code that computes it. */
export function entryline(figure: Element, {formula, code, terms, value}: EntryOptions) {
  const box = layer(figure, "div", "entryline");
  tokens(layer(box, "p", "formula"), formula);
  const products = terms.map((factors) => factors.reduce((product, factor) => product * factor.value, 1));
  const printed = addends(products, value, TERM);
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
        .each(worded(({symbol, value: factor}) => (symbol === "alpha" ? significant(factor, 3) : short(factor))));
      layer(
        this,
        "span",
        "product",
        products[i] === 0 ? "= 0" : `${terms[i].length > 1 ? "≈ " : ""}${fixed(product, TERM)}`,
      );
    });
  layer(box, "p", "total", `= ${exactly(value)}`);
  tokens(layer(box, "code", "code"), code);
}

const short = (x: number): string => (x === 0 ? "0" : fixed(x, 3));

/** Tokens that light a part of the picture can be focused. */
function tokens(line: Element, all: readonly Token[]) {
  const name = (token: Token) => (typeof token === "string" ? {text: token} : token) as Partial<Name>;
  select(line)
    .selectChildren<HTMLSpanElement, Token>("span")
    .data(all)
    .join("span")
    .attr("class", (token) => (typeof token === "string" ? null : "symbol"))
    .attr("tabindex", (token) => (name(token).part ? 0 : null))
    .attr("data-symbol", (token) => name(token).symbol ?? null)
    .attr("data-part", (token) => name(token).part ?? null)
    .each(worded((token) => name(token).text!));
}
