/** One entry of the layer, written as a formula, as numbers and as code. */
import {attributes, each, join} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {TERM_DECIMALS} from "../../../figure/plot/matrices/entryTerms.ts";
import {fixed, significant} from "../../../figure/plot/text/format.ts";
import {put} from "../../../figure/plot/text/put.ts";
import {roundedTerms} from "./roundedTerms.ts";
import {type FormulaPiece, symbolTokens} from "./tokens.ts";

/** A factor of a term, with the symbol that colors it. */
export interface Factor {
  symbol: string;
  value: number;
}

export interface Entry {
  formula: string;
  code: string;
  /** What u or du in the code is. */
  comment?: string;
  /** The factors of each term; the terms add up to the entry. */
  terms: readonly (readonly Factor[])[];
  value: number;
}

/** Only an exact zero reads "0". */
export const exactText = (x: number): string => (Number.isInteger(x) ? fixed(x, 0) : fixed(x, TERM_DECIMALS));
const short = (x: number): string => (Number.isInteger(x) ? fixed(x, 0) : fixed(x, 3));
const factorText = ({symbol, value}: Factor): string => (symbol === "alpha" ? significant(value, 3) : short(value));

/** Draws the pieces in one line. Those that highlight a part of the picture can be focused. */
function drawPieces(line: Element, all: readonly FormulaPiece[]) {
  join(line, "span", all, {name: (piece) => (typeof piece === "string" ? "" : "symbol")}, (span, piece) => {
    const {symbol, part, text} = typeof piece === "string" ? {text: piece} : piece;
    attributes(span, {tabindex: part ? 0 : null, "data-symbol": symbol, "data-part": part});
    put(span, text);
  });
}

/** How many terms have room in one line. */
const MAX_TERMS = 4;

/** One entry in one line: its name, its value, and its terms if they are few. */
export function entryLine(box: Element, {formula, terms, value}: Entry) {
  const [name, rest] = formula.split(" = ") as [string, string];
  const isShort = terms.length <= MAX_TERMS;
  const numbers = terms.flatMap((factors, i): FormulaPiece[] => [
    i ? " + " : "",
    ...factors.flatMap((factor, n): FormulaPiece[] => [
      n ? " · " : "",
      {symbol: factor.symbol, text: factor.value < 0 && i + n ? `(${factorText(factor)})` : factorText(factor)},
    ]),
  ]);
  const line = layer(layer(box, "div", "entryline short"), "p", "formula");
  drawPieces(line, [
    ...symbolTokens(name),
    " = ",
    ...(isShort ? numbers.filter((piece) => piece !== "") : symbolTokens(rest)),
    ` = ${exactText(value)}`,
  ]);
}

/** One entry as a formula, as terms that add up to it as printed, and as the line of code that computes it. */
export function entryInFull(box: Element, {formula, code, comment = "", terms, value}: Entry) {
  const entry = layer(box, "div", "entryline");
  drawPieces(layer(entry, "p", "formula"), symbolTokens(formula));
  const products = terms.map((factors) => factors.reduce((product, factor) => product * factor.value, 1));
  const printed = roundedTerms(products, value, TERM_DECIMALS);
  join(layer(entry, "p", "sum"), "span", printed, {name: "term"}, (term, product, i) => {
    layer(term, "i", "plus", i ? "+ " : "= ");
    each(layer(term, "span", "factors"), "span", terms[i]!.length > 1 ? terms[i]! : [], (span, factor) => {
      attributes(span, {"data-symbol": factor.symbol});
      put(span, factorText(factor));
    });
    const isExact = terms[i]!.length === 1 || Number.isInteger(products[i]);
    const text =
      products[i] === 0 ? "= 0" : `${isExact ? (terms[i]!.length > 1 ? "= " : "") : "≈ "}${exactText(product)}`;
    layer(term, "span", "product", text);
  });
  layer(entry, "p", "total", `= ${exactText(value)}`);
  drawPieces(layer(entry, "code", "comment"), symbolTokens(comment));
  drawPieces(layer(entry, "code", "code"), symbolTokens(code));
}
