import {select} from "d3";
import {layer} from "../layer.ts";
import type {Term} from "./entryTerms.ts";

/** The two factors of a term as number fields; a half-typed number is left alone. */
export function factorFields(
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
  for (const [key, one] of Object.entries({
    type: "number",
    step: "any",
    value: text,
    "aria-label": name,
    "data-symbol": symbol,
  }))
    input.setAttribute(key, one);
  // While "-", "1." or "1.0" is typed the field is left alone; it is overwritten only when its number differs.
  if (input.value !== "" && Number(input.value) !== value) input.value = text;
  select(input)
    .on("input", (event: Event) => {
      event.stopPropagation();
      const typed = input.valueAsNumber;
      if (Number.isFinite(typed)) onValue(typed);
    })
    .on("change", (event: Event) => {
      event.stopPropagation();
      input.value = text;
    });
}
