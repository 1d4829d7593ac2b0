import site from "../../../content/site.json" with {type: "json"};
import {attributes} from "../../markup/escape.ts";
import {defaults} from "../../shell/controls.ts";
import {frameAttributes} from "../../shell/take/share/frame.ts";
import type {AnyWidget} from "../../shell/widget.ts";
import {fullAddress} from "../marks/fullAddress.ts";
import {previewSize} from "../site/preview.ts";
import {COLUMN, frameHeight} from "./frameHeights.ts";

const DAY = 86_400;

export const oembedPath = (name: string): string => `oembed/${name}.json`;

/**
 * The oEmbed 1.0 answer for a widget's page (https://oembed.com, §2.3.4.4). The code is that of the embed dialog, at the
 * defaults, plus the old attribute `frameborder`, because WordPress removes the style. A file cannot obey `maxwidth`, so the
 * frame is as wide as its column.
 */
export function oembed(name: string, w: AnyWidget) {
  const home = fullAddress("/");
  const height = frameHeight(name);
  const frame = {...frameAttributes({name, w, params: defaults(w.controls), home}, height), frameborder: 0};
  return {
    ...{version: "1.0", type: "rich", title: w.title, cache_age: DAY},
    ...{author_name: site.authors, author_url: home, provider_name: "LoRA, live", provider_url: home},
    ...{width: COLUMN, height, html: `<iframe${attributes(frame)}></iframe>`},
    thumbnail_url: fullAddress(`og/widgets/${name}.png`),
    thumbnail_width: previewSize.width,
    thumbnail_height: previewSize.height,
  };
}
