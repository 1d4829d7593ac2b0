/** The traced entry of BA in one line, for a card. */
import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {layer} from "../layer.ts";
import {fixed} from "../text/format.ts";
import {type Rich, write} from "../text/symbol.ts";
import {printedSum, SUM_DECIMALS, TERM_DECIMALS, termsOf} from "./entryTerms.ts";

interface SumLineOptions {
  B: Matrix;
  A: Matrix;
  /** The traced entry of BA, counted from 1; a zero traces nothing. */
  row: number;
  column: number;
  /** The most terms to print; the others are added up in one number. */
  maxTerms: number;
  name: "ΔW" | "BA";
  /** Shown in the same line while nothing is traced, so that the card keeps its height. */
  invitation: Rich;
  /** Begins with the entry itself and leaves out its name: "−0.56 = −0.2 × 1.6 + 0.4 × −0.6". */
  isTotalFirst?: boolean;
}

/** The traced entry in one line: "ΔW[2,3] = −0.2 × 1.6 + 0.4 × −0.6 = −0.56". */
export function sumLine(picture: Element, options: SumLineOptions) {
  const {B, A, row, column, maxTerms, name, invitation, isTotalFirst = false} = options;
  const line = layer(picture, "p", isTotalFirst ? "sumline loud" : "sumline");
  const isTraced = row > 0 && column > 0 && B.cols > 0;
  // Without scripts and on paper nothing can be pointed at: the style sheet hides the invitation there.
  line.toggleAttribute("data-untraced", !isTraced);
  if (!isTraced) return write(line, invitation);
  const terms = termsOf(B, A, row, column);
  const {total, rest} = printedSum(terms, maxTerms, false);
  const pieces = terms
    .slice(0, maxTerms)
    .flatMap(
      ({b, a}, i): Rich => [
        i ? " + " : " = ",
        {symbol: "B", text: fixed(b, 2)},
        " × ",
        {symbol: "A", text: fixed(a, 2)},
      ],
    );
  const others = terms.length > maxTerms ? [` + ${fixed(rest, TERM_DECIMALS)} (${terms.length - maxTerms} more)`] : [];
  const sum = fixed(total, SUM_DECIMALS);
  const first = {symbol: "dW", text: isTotalFirst ? sum : `${name}[${row},${column}]`};
  write(line, [first, ...pieces, ...others, isTotalFirst ? "" : ` = ${sum}`]);
}
