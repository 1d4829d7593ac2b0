import {select} from "d3";
import type {Matrix} from "../engine/matrix.ts";
import {fixed} from "./format.ts";
import {layer} from "./layer.ts";
import {type Rich, write} from "./symbol.ts";

export interface TracingOptions {
  B: Matrix;
  A: Matrix;
  /** The traced entry of BA, counted from 1; a zero traces nothing. */
  row: number;
  column: number;
  /** The term that is lit, counted from 1; 0 for none. */
  term: number;
  decimals: number;
  /** Terms printed at most; the rest are summed in one. */
  most: number;
  /** What to do when nothing is traced. */
  invitation: string;
  onTerm(term: number): void;
  /** Given, the factors of each term become fields. */
  onEdit?(factor: "A" | "B", row: number, column: number, value: number): void;
}

interface Term {
  index: number;
  b: number;
  a: number;
}

/** The traced entry as formula, as terms with their numbers and their sum, and as the line of code that computes it. */
export function tracing(figure: Element, options: TracingOptions) {
  const {B, A, row, column, term: lit, decimals, most, invitation} = options;
  const box = layer(figure, "div", "tracing");
  const traced = row > 0 && column > 0 && row <= B.rows && column <= A.cols;
  const r = B.cols;
  const all = traced
    ? Array.from(
        {length: r},
        (_, l): Term => ({index: l + 1, b: B.data[(row - 1) * r + l], a: A.data[l * A.cols + column - 1]}),
      )
    : [];
  const terms = all.slice(0, most);
  const total = all.reduce((sum, {b, a}) => sum + b * a, 0);
  const rest = all.slice(most).reduce((sum, {b, a}) => sum + b * a, 0);

  write(layer(box, "p", "formula"), traced ? formula(row, column, r) : [invitation]);
  const line = layer(box, "div", "sum");
  select(line)
    .selectChildren<HTMLSpanElement, Term>("span.term")
    .data(terms)
    .join((enter) => enter.append("span").attr("class", "term"))
    .attr("data-lit", ({index}) => (index === lit ? "" : null))
    .each(function (each) {
      fill(this, each, row, column, options);
    })
    .on("pointerenter", (_, {index}) => options.onTerm(index))
    .on("pointerleave", () => options.onTerm(0))
    .on("focusin", (_, {index}) => options.onTerm(index));
  const printed = fixed(total, decimals);
  const end = layer(line, "span", "total");
  end.textContent = !traced
    ? ""
    : `${all.length > most ? `+ ${fixed(rest, decimals)} from ${all.length - most} more terms ` : ""}${r ? "= " : ""}${printed}`;
  line.append(end);
  const code = layer(box, "code", "code");
  write(code, traced ? codeLine(row, column) : []);
}

const formula = (row: number, column: number, r: number): Rich => [
  {symbol: "dW", text: `ΔW[${row},${column}]`},
  r ? " = Σ " : " = 0: no direction is kept",
  ...(r ? [{symbol: "B", text: `B[${row},l]`}, " · ", {symbol: "A", text: `A[l,${column}]`}, `, l = 1…${r}`] : []),
];

const codeLine = (row: number, column: number): Rich => [
  "for (l = 0; l < ",
  {symbol: "r", text: "r"},
  "; l++) ",
  {symbol: "dW", text: `dW[${row - 1}][${column - 1}]`},
  " += ",
  {symbol: "B", text: `B[${row - 1}][l]`},
  " * ",
  {symbol: "A", text: `A[l][${column - 1}]`},
];

function fill(span: Element, {index, b, a}: Term, row: number, column: number, {decimals, onEdit}: TracingOptions) {
  const name = (factor: "A" | "B") =>
    factor === "B" ? `B, row ${row}, column ${index}` : `A, row ${index}, column ${column}`;
  layer(span, "i", "plus").textContent = index > 1 ? "+ " : "";
  for (const [factor, value] of [
    ["B", b],
    ["A", a],
  ] as const) {
    const tag = onEdit ? "input" : "b";
    const node = layer<HTMLInputElement>(span, tag, `factor ${factor}`);
    node.setAttribute("data-symbol", factor);
    if (factor === "B") layer(span, "i", "times").textContent = " × ";
    if (!onEdit) {
      node.textContent = fixed(value, decimals);
      continue;
    }
    for (const [key, text] of Object.entries({
      type: "number",
      step: "0.1",
      "aria-label": name(factor),
      value: fixed(value, decimals).replace("−", "-"),
    }))
      node.setAttribute(key, text);
    const shown = Number(node.value);
    if (shown !== value && Math.abs(shown - value) > 0.5 * 10 ** -decimals) node.value = String(value);
    select(node).on("input", (event: Event) => {
      event.stopPropagation();
      const typed = (event.target as HTMLInputElement).valueAsNumber;
      if (!Number.isFinite(typed)) return;
      if (factor === "B") onEdit("B", row, index, typed);
      else onEdit("A", index, column, typed);
    });
  }
}
