import site from "../../../content/site.json" with {type: "json"};
import {type AnyParams, defaults} from "../../figure/controls.ts";
import {attributesText} from "../../figure/export/escape.ts";
import {frameAttributes} from "../../figure/share/frame.ts";
import {COLUMN_WIDTH} from "../../figure/share/height.ts";
import type {AnyWidget} from "../../figure/widget.ts";
import {fullAddress} from "../../site/marks/fullAddress.ts";
import {previewSize} from "../../site/preview.ts";
import {frameHeight} from "./frameHeights.ts";

/** Seconds for which a site may keep an answer: a day. */
const CACHE_AGE = 86_400;

/** The path of a widget's oEmbed answer, from the site's root. */
export const oembedPath = (name: string): string => `oembed/${name}.json`;

/** A widget in a state other than its first, as the page of a preset shows it. */
interface PresetState {
  title: string;
  params: AnyParams;
  options?: Readonly<Record<string, string>>;
  /** The name of the preset: "rank/two-pieces-make-a-sky". */
  place: string;
}

/**
 * The oEmbed 1.0 answer for a widget's page, or for one that shows it in another state (https://oembed.com, §2.3.4.4). The code
 * is the embed dialog's plus the old attribute `frameborder`, because WordPress removes the style. A file cannot obey
 * `maxwidth`, so the frame is as wide as its column.
 */
export function oembed(name: string, w: AnyWidget, preset?: PresetState) {
  const home = fullAddress("/");
  const {title, place, params, options} = preset ?? {
    title: w.title,
    place: name,
    params: defaults(w.controls),
    options: undefined,
  };
  const height = frameHeight(place);
  const frame = {...frameAttributes({name, w, params, home, options}, height), frameborder: 0};
  return {
    version: "1.0",
    type: "rich",
    title,
    cache_age: CACHE_AGE,
    author_name: site.authors,
    author_url: home,
    provider_name: "LoRA, live",
    provider_url: home,
    width: COLUMN_WIDTH,
    height,
    html: `<iframe${attributesText(frame)}></iframe>`,
    thumbnail_url: fullAddress(`og/widgets/${place}.png`),
    thumbnail_width: previewSize.width,
    thumbnail_height: previewSize.height,
  };
}
