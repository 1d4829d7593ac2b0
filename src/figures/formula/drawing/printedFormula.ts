import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {withText} from "../../../figure/plot/text/put.ts";
import {
  type DrawFormula,
  type Formula,
  line,
  type Piece,
  type Rare,
  symbolOf,
  typeset,
} from "../../../figure/plot/text/typeset.ts";

export interface Printing {
  /** The highlighted symbol. */
  lit: string;
  /** What a symbol is called; with it, every symbol can be focused. */
  nameOf?(symbol: string): string;
  onPick(symbol: string): void;
}

const SIGMA =
  "M1 1H18L19 6H18C17.4 3.6 16.3 2.6 13.4 2.6H5.4L12 10.7L4.4 19H13.6C16.8 19 17.9 17.8 18.6 15.2H19.6L18.4 21.5H1V20.4L9.4 11.2L1 2Z";
const BRACKETS = {open: "M5 1H1V19H5", close: "M1 1H5V19H1"};

/**
 * A formula with sums and matrices whose symbols can be picked. They share one tab stop; arrow keys, Home and End move among
 * them. If none can be focused, the formula is one image.
 */
export function printedFormula(box: Element, formula: Formula, {lit, nameOf, onPick}: Printing) {
  let stop: string | null = lit;
  const mark = (span: Element, piece: Piece) => {
    const symbol = symbolOf(piece);
    const focusable = nameOf && symbol && "text" in (piece as object);
    select(span)
      .attr("role", focusable ? "button" : null)
      .attr("aria-pressed", focusable ? String(symbol === lit) : null)
      .attr("aria-label", focusable ? nameOf(symbol) : null)
      .attr("tabindex", focusable ? (symbol === stop ? "0" : "-1") : null)
      .on("pointerenter click focus", () => symbol && onPick(symbol));
    if (focusable && symbol === stop) stop = null;
  };
  typeset(box, formula, {lit, mark, rare, ...(nameOf && {role: "toolbar"})});
  select(box).on("keydown", (event: KeyboardEvent) => walk(box, event));
}

function rare(span: Element, piece: Rare, rows: DrawFormula) {
  if ("entries" in piece) return matrix(span, piece.entries);
  rows(layer(span, "span", "above"), piece.above);
  if (piece.limits === "Σ") line(layer(span, "svg", "sum"), "0 0 20 22", SIGMA);
  else layer(span, "span", "operator", piece.limits);
  rows(layer(span, "span", "below"), piece.below);
}

function matrix(span: Element, entries: readonly (readonly string[])[]) {
  line(layer(span, "svg", "bracket open"), "0 0 6 20", BRACKETS.open);
  select(layer(span, "span", "rows"))
    .selectChildren<HTMLSpanElement, readonly string[]>("span")
    .data(entries)
    .join("span")
    .attr("class", "row")
    .selectChildren<HTMLSpanElement, string>("span")
    .data((row) => row)
    .join("span")
    .attr("class", "entry")
    .each(withText((entry) => entry));
  line(layer(span, "svg", "bracket close"), "0 0 6 20", BRACKETS.close);
}

/** Arrow keys move from symbol to symbol, in the order of the formula. */
function walk(box: Element, event: KeyboardEvent) {
  const all = Array.from(box.querySelectorAll<HTMLElement>("[role=button]"));
  const at = all.indexOf(event.target as HTMLElement);
  const to = {ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: all.length - 1}[
    event.key
  ];
  if (to === undefined || at < 0) return;
  event.preventDefault();
  all[(to + all.length) % all.length]!.focus();
}
