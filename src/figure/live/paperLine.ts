/** The line that appears only in print: a figure's state, and the address that restores it. */
import {type AnyParams, type Control, isVisible} from "../controls.ts";
import {differences} from "../parse.ts";
import {put} from "../plot/text/put.ts";
import {plainText} from "../symbols.ts";
import type {AnyWidget} from "../widget.ts";
import {valueText} from "./valueText.ts";

/** "Rank r = 4 · Matrix = Blobs": every control with a visible field, as its form shows it. */
export function stateLine(w: AnyWidget, params: AnyParams): string {
  const visible = (Object.entries(w.controls) as [string, Control][]).filter(
    ([, control]) => control.kind !== "hidden" && isVisible(control, params),
  );
  return visible
    .map(([name, control]) => `${plainText(control.label)} = ${valueText(control, params[name])}`)
    .join(" · ");
}

/**
 * Writes the line that appears only in print. `page` is the address of the figure's own page, if it is known. The state is never
 * packed, because somebody may have to type it.
 */
export function writePaperLine(figure: Element, w: AnyWidget, params: AnyParams, page?: string) {
  const query = new URLSearchParams(differences(w.controls, params)).toString();
  const address = page && `${page}${query && `?${query}`}`;
  put(figure.querySelector(".stated")!, [stateLine(w, params), address].filter(Boolean).join(" · "));
}
