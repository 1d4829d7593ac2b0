import {captionOf} from "./caption.ts";
import {copy, selectable} from "./clipboard.ts";
import {type AnyParams, defaults} from "./controls.ts";
import {csv} from "./csv.ts";
import {embedDialog} from "./dialog.ts";
import {picture} from "./picture.ts";
import type {Place} from "./place.ts";
import {rasterize} from "./raster.ts";
import {fileName, save} from "./save.ts";
import type {Parts} from "./skeleton.ts";
import {address} from "./snippets.ts";
import type {Tool} from "./toolbar.ts";
import type {AnyWidget} from "./widget.ts";

/** A widget as it stands, for what a reader takes away from it. */
export interface Taken {
  parts: Parts;
  name: string;
  w: AnyWidget;
  params: AnyParams;
  result: unknown;
  place: Place;
  say(sentence: string): void;
}

/** What the toolbar's buttons do that a reader may never press: link, embed code, picture, data. */
export async function take(tool: Tool, {parts, name, w, params, result, place, say}: Taken) {
  const document = parts.figure.ownerDocument;
  const shown = {name, w, params, home: place.home, index: place.index};
  const file = fileName(name, w, params);
  if (tool === "embed") return embedDialog(parts, shown);
  if (tool === "csv")
    return save(document, `${file}.csv`, new Blob([csv(w.table(result, params))], {type: "text/csv"}));
  if (tool === "link") {
    const link = address(shown);
    if (await copy(link)) return say("The link to this state is copied.");
    say("This page may not copy by itself. Copy the link from here:");
    const field = selectable(document, link, "Link to this state");
    parts.notice.insertBefore(field, parts.notice.lastElementChild);
    return field.focus();
  }
  const page = address({...shown, params: defaults(w.controls)});
  const svg = picture(parts.picture, captionOf(w, params, result, page));
  if (tool === "svg") return save(document, `${file}.svg`, new Blob([svg], {type: "image/svg+xml"}));
  const png = await rasterize(document, svg, 2);
  if (!png) return say("This page does not let a figure be made into a PNG. Save it as SVG instead.");
  save(document, `${file}.png`, png);
}
