/** Form fields with their labels. */
import {make} from "../figure/makeElement.ts";

/** A list to choose one value from. */
export function selectField<T extends string>(
  root: Element,
  label: string,
  options: readonly (readonly [T, string])[],
  chosen: T,
  onChange: (value: T) => void,
): void {
  const field = make(make(root, "label", "inspect-field", label), "select");
  for (const [value, text] of options) {
    const option = make(field, "option", "", text);
    option.value = value;
    option.selected = value === chosen;
  }
  field.addEventListener("change", () => onChange(field.value as T));
}

/** A number from `least` to `most`. Other numbers are marked as wrong and not passed on. */
export function numberField(
  root: Element,
  label: string,
  value: number,
  least: number,
  most: number,
  onChange: (value: number) => void,
  step = 1,
): void {
  const field = make(make(root, "label", "inspect-field", label), "input");
  field.type = "number";
  field.dataset.name = label;
  [field.min, field.max, field.step, field.value] = [least, most, step, value].map(String) as [
    string,
    string,
    string,
    string,
  ];
  field.addEventListener("input", () => {
    const typed = field.valueAsNumber;
    const isFine = typed >= least && typed <= most && (step < 1 || Number.isInteger(typed));
    field.setAttribute("aria-invalid", String(!isFine));
    if (isFine) onChange(typed);
  });
}
