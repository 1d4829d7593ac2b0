import {put} from "../../figures/text/put.ts";
import {type AnyParams, type Control, inSight} from "../controls.ts";
import {differences} from "../parse.ts";
import {plain} from "../signs.ts";
import type {AnyWidget} from "../widget.ts";
import {valueText} from "./valueText.ts";

/** "Rank r = 4 · Matrix = Blobs": every control with a field in sight, as its form shows it. */
export function stateLine(w: AnyWidget, params: AnyParams): string {
  const shown = (Object.entries(w.controls) as [string, Control][]).filter(
    ([, control]) => control.kind !== "hidden" && inSight(control, params),
  );
  return shown.map(([name, control]) => `${plain(control.label)} = ${valueText(control, params[name])}`).join(" · ");
}

/**
 * Writes the line that a figure has on paper: its state, and the address that brings it back. `page`: the figure's own page,
 * where that is known. A long state is written out: a packed one is no use to who types it in.
 */
export function writeOnPaper(figure: Element, w: AnyWidget, params: AnyParams, page?: string) {
  const query = new URLSearchParams(differences(w.controls, params)).toString();
  const address = page && `${page}${query && `?${query}`}`;
  put(figure.querySelector(".stated")!, [stateLine(w, params), address].filter(Boolean).join(" · "));
}
