import {count} from "../../figures/text/format.ts";
import {type Control, countAt, type Value} from "../controls.ts";

/** A control's value as its form shows it. */
export function valueText(control: Control, value: Value): string {
  if (control.kind === "choice") return control.options[value] ?? String(value);
  return control.kind === "range" && control.log ? count(countAt(Number(value))) : String(value);
}
