import {select} from "d3";
import {withText} from "../../../figure/plot/text/put.ts";

/** A name in a formula or in code: the symbol that colors it, and the part of the picture that it highlights. */
interface Name {
  symbol: string;
  text: string;
  part?: string;
}
/** A piece of a formula or of code: plain text, or a name. */
export type FormulaPiece = string | Name;

/** Draws the pieces in one line. Those that highlight a part of the picture can be focused. */
export function drawPieces(line: Element, all: readonly FormulaPiece[]) {
  const name = (piece: FormulaPiece) => (typeof piece === "string" ? {text: piece} : piece) as Partial<Name>;
  select(line)
    .selectChildren<HTMLSpanElement, FormulaPiece>("span")
    .data(all)
    .join("span")
    .attr("class", (piece) => (typeof piece === "string" ? null : "symbol"))
    .attr("tabindex", (piece) => (name(piece).part ? 0 : null))
    .attr("data-symbol", (piece) => name(piece).symbol ?? null)
    .attr("data-part", (piece) => name(piece).part ?? null)
    .each(withText((piece) => name(piece).text!));
}
