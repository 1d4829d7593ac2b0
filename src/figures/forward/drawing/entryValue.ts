import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {TERM_DECIMALS} from "../../../figure/plot/matrices/entryTerms.ts";
import {fixed} from "../../../figure/plot/text/format.ts";
import {withText} from "../../../figure/plot/text/put.ts";

/** A name in a formula or in code: the symbol that colors it, and the part of the picture that it highlights. */
interface Name {
  symbol: string;
  text: string;
  part?: string;
}
export type Token = string | Name;

/** Only an exact zero reads "0". */
export const exactText = (x: number): string => (x === 0 ? "0" : fixed(x, TERM_DECIMALS));

/** One entry as a formula with its value, in one line. */
export function entryValue(figure: Element, {formula, value}: {formula: readonly Token[]; value: number}) {
  const box = layer(figure, "div", "entryline short");
  const line = layer(box, "p", "formula");
  tokens(line, [...formula, ` = ${exactText(value)}`]);
}

/** Tokens that highlight a part of the picture can be focused. */
export function tokens(line: Element, all: readonly Token[]) {
  const name = (token: Token) => (typeof token === "string" ? {text: token} : token) as Partial<Name>;
  select(line)
    .selectChildren<HTMLSpanElement, Token>("span")
    .data(all)
    .join("span")
    .attr("class", (token) => (typeof token === "string" ? null : "symbol"))
    .attr("tabindex", (token) => (name(token).part ? 0 : null))
    .attr("data-symbol", (token) => name(token).symbol ?? null)
    .attr("data-part", (token) => name(token).part ?? null)
    .each(withText((token) => name(token).text!));
}
