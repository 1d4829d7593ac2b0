import {type Control, countAt, type Value} from "../controls.ts";
import {countText, significant, whole} from "../plot/text/format.ts";

/** A control's value as its form shows it. */
export function valueText(control: Control, value: Value): string {
  if (control.kind === "choice") return control.options[value] ?? String(value);
  if (control.kind === "range" && control.log) {
    const count = countAt(Number(value));
    if (!control.factor) return countText(count);
    return `× ${count < 10 ? significant(count, 2) : whole(count)}`;
  }
  if (control.kind === "range" && Number(value) >= 1000) return whole(Number(value));
  return String(value).replace("-", "−");
}
