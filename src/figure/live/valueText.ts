import {type Control, countAt, type Value} from "../controls.ts";
import {countText, significant, whole} from "../plot/text/format.ts";

/** A control's value as its form shows it. */
export function valueText(control: Control, value: Value): string {
  if (control.kind === "choice") return control.options[value] ?? String(value);
  const plainly = () => String(value).replace("-", "−");
  if (control.kind !== "range") return plainly();
  if (!control.log) return Number(value) < 1000 ? plainly() : whole(Number(value));
  const at = countAt(Number(value));
  if (control.factor) return `× ${at < 10 ? significant(at, 2) : whole(at)}`;
  return countText(at);
}
