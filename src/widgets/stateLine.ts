import {type AnyParams, type Control, inSight} from "./controls.ts";
import {plain} from "./signs.ts";
import {valueText} from "./valueText.ts";
import type {AnyWidget} from "./widget.ts";

/** "Rank r = 4 · Matrix = Blobs": every control with a field in sight, as its form shows it. */
export function stateLine(w: AnyWidget, params: AnyParams): string {
  const shown = (Object.entries(w.controls) as [string, Control][]).filter(
    ([, control]) => control.kind !== "hidden" && inSight(control, params),
  );
  return shown.map(([name, control]) => `${plain(control.label)} = ${valueText(control, params[name])}`).join(" · ");
}
