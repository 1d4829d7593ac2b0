import {type AnyParams, type Control, inSight} from "./controls.ts";
import {plain} from "./signs.ts";
import {valueText} from "./valueText.ts";
import type {AnyWidget} from "./widget.ts";

/** What is written around a picture that leaves its page. */
export interface Caption {
  title: string;
  params: string;
  sentence: string;
  source: string;
}

/** "Rank r = 4 · Matrix = Blobs": every control with a field in sight, as its form shows it. */
function paramsLine(w: AnyWidget, params: AnyParams): string {
  const shown = (Object.entries(w.controls) as [string, Control][]).filter(
    ([, control]) => control.kind !== "hidden" && inSight(control, params),
  );
  return shown.map(([name, control]) => `${plain(control.label)} = ${valueText(control, params[name])}`).join(" · ");
}

/** The words of a picture: its question, its state, its result, and where it comes from. */
export function captionOf(w: AnyWidget, params: AnyParams, result: unknown, address: string): Caption {
  const {kind, text} = w.provenance(params, result);
  return {
    title: w.title,
    params: paramsLine(w, params),
    sentence: w.summary(result, params),
    source: [w.sources.join("; "), `${kind}, ${text}`, address].join(" · "),
  };
}
