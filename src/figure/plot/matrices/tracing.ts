/** The traced entry of BA in full, below a picture. */
import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {attributes, join, listen} from "../children.ts";
import {layer} from "../layer.ts";
import {fixed} from "../text/format.ts";
import {type Rich, write} from "../text/symbol.ts";
import {printedSum, SUM_DECIMALS, TERM_DECIMALS, type Term, termsOf} from "./entryTerms.ts";

interface TracingOptions {
  B: Matrix;
  A: Matrix;
  /** The traced entry of BA, counted from 1; a zero traces nothing. */
  row: number;
  column: number;
  /** The highlighted term, counted from 1; 0 for none. */
  term: number;
  /** The most terms to print; the others are added up in one number. */
  maxTerms: number;
  /** What the product is called. */
  name: "ΔW" | "BA";
  /** Shown when nothing is traced. */
  invitation: string;
  /** Called with the term that is pointed at, 0 for none. */
  onTerm?(term: number): void;
  /** With it, the factors of each term are editable fields. */
  onEdit?(factor: "A" | "B", row: number, column: number, value: number): void;
}

/** Draws the traced entry as a formula, as a sum of its terms, and as the line of code that computes it. */
export function drawTracing(figure: Element, options: TracingOptions) {
  const {B, A, row, column, term: highlighted, maxTerms, name, invitation, onTerm, onEdit} = options;
  const box = layer(figure, "div", "tracing");
  const isTraced = row > 0 && column > 0;
  if (isTraced) box.setAttribute("data-traced", "");
  else box.removeAttribute("data-traced");
  const terms = termsOf(B, A, row, column);
  const {total, rest} = printedSum(terms, maxTerms, !!onEdit);

  write(layer(box, "p", "formula"), isTraced ? formula(name, row, column, B.cols) : [invitation]);
  const sum = layer(box, "div", "sum");
  join(layer(sum, "span", "terms"), "span", terms.slice(0, maxTerms), {name: () => "term"}, (span, term) => {
    const {index} = term;
    attributes(span, {"data-lit": index === highlighted ? "" : null});
    layer(span, "i", "plus", index > 1 ? "+ " : "");
    if (onEdit) factorFields(span, term, row, column, onEdit);
    else drawTerm(span, term);
    for (const type of ["pointerenter", "focusin"]) listen(span, type, onTerm && (() => onTerm(index)));
    listen(span, "pointerleave", onTerm && (() => onTerm(0)));
  });
  const others = terms.length > maxTerms ? `+ ${fixed(rest, TERM_DECIMALS)} from ${terms.length - maxTerms} more ` : "";
  layer(sum, "span", "total", isTraced ? `${others}= ${fixed(total, SUM_DECIMALS)}` : "");
  write(layer(box, "code", "code"), isTraced && B.cols ? code(name, row, column, B.cols) : []);
}

/** A term as text. */
function drawTerm(span: Element, {b, a}: Term) {
  write(layer(span, "span", "pair"), [
    {symbol: "B", text: fixed(b, 3)},
    " × ",
    {symbol: "A", text: fixed(a, 3)},
    ` ≈ ${fixed(b * a, TERM_DECIMALS)}`,
  ]);
}

const formula = (name: string, row: number, column: number, r: number): Rich => [
  {symbol: "dW", text: `${name}[${row},${column}]`},
  ...(r
    ? [" = Σ ", {symbol: "B", text: `B[${row},l]`}, " · ", {symbol: "A", text: `A[l,${column}]`}, `, l = 1…${r}`]
    : [" is 0: no term is summed"]),
];

const code = (name: string, row: number, column: number, r: number): Rich => [
  "for (l = 0; l < ",
  {symbol: "r", text: String(r)},
  "; l++) ",
  {symbol: "dW", text: `${name === "BA" ? "BA" : "dW"}[${row - 1}][${column - 1}]`},
  " += ",
  {symbol: "B", text: `B[${row - 1}][l]`},
  " * ",
  {symbol: "A", text: `A[l][${column - 1}]`},
];

/** Draws the two factors of a term as number fields. */
function factorFields(
  span: Element,
  {index, b, a}: Term,
  row: number,
  column: number,
  onEdit: (factor: "A" | "B", row: number, column: number, value: number) => void,
) {
  field(span, "B", b, `B, row ${row}, column ${index}`, (value) => onEdit("B", row, index, value));
  layer(span, "i", "times", "×");
  field(span, "A", a, `A, row ${index}, column ${column}`, (value) => onEdit("A", index, column, value));
}

function field(span: Element, symbol: "A" | "B", value: number, name: string, onValue: (value: number) => void) {
  const input = layer<HTMLInputElement>(span, "input", `factor ${symbol}`);
  const text = String(value);
  attributes(input, {type: "number", step: "any", value: text, "aria-label": name, "data-symbol": symbol});
  // The field is overwritten only if its number differs, so that "-", "1." or "1.0" can be typed.
  if (input.value !== "" && Number(input.value) !== value) input.value = text;
  listen(input, "input", (event) => {
    event.stopPropagation();
    const typedValue = input.valueAsNumber;
    if (Number.isFinite(typedValue)) onValue(typedValue);
  });
  listen(input, "change", (event) => {
    event.stopPropagation();
    input.value = text;
  });
}
