import {type Control, countAt, type Value} from "../controls.ts";
import {count, significant, whole} from "../plot/text/format.ts";

/** A control's value as its form shows it. */
export function valueText(control: Control, value: Value): string {
  if (control.kind === "choice") return control.options[value] ?? String(value);
  if (control.kind !== "range" || !control.log) return String(value).replace("-", "−");
  const at = countAt(Number(value));
  if (control.factor) return `× ${at < 10 ? significant(at, 2) : whole(at)}`;
  return count(at);
}
