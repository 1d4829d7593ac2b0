import {layer} from "../../../figure/plot/layer.ts";
import {TERM_DECIMALS} from "../../../figure/plot/matrices/entryTerms.ts";
import {fixed} from "../../../figure/plot/text/format.ts";
import {drawPieces, type FormulaPiece} from "./pieces.ts";

/** Only an exact zero reads "0". */
export const exactText = (x: number): string => (x === 0 ? "0" : fixed(x, TERM_DECIMALS));

/** One entry as a formula with its value, in one line. */
export function entryValue(figure: Element, {formula, value}: {formula: readonly FormulaPiece[]; value: number}) {
  const box = layer(figure, "div", "entryline short");
  const line = layer(box, "p", "formula");
  drawPieces(line, [...formula, ` = ${exactText(value)}`]);
}
