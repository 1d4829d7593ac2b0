import {select} from "d3";
import {attributes} from "../children.ts";
import {layer} from "../layer.ts";
import type {Term} from "./entryTerms.ts";

/** Draws the two factors of a term as number fields. */
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
  attributes(input, {type: "number", step: "any", value: text, "aria-label": name, "data-symbol": symbol});
  // The field is overwritten only if its number differs, so that "-", "1." or "1.0" can be typed.
  if (input.value !== "" && Number(input.value) !== value) input.value = text;
  select(input)
    .on("input", (event: Event) => {
      event.stopPropagation();
      const value = input.valueAsNumber;
      if (Number.isFinite(value)) onValue(value);
    })
    .on("change", (event: Event) => {
      event.stopPropagation();
      input.value = text;
    });
}
