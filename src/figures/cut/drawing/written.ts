import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";

export interface WrittenOptions {
  words: readonly string[];
  /** The same words, written with nothing cut. */
  whole: readonly string[];
}

/** What the forge writes, beside what it writes with nothing cut. */
export function cutWriting(picture: Element, {words, whole}: WrittenOptions) {
  const box = layer(picture, "div", "written");
  layer(box, "p", "label", "It writes");
  select(layer(box, "ol", "words"))
    .selectChildren<HTMLLIElement, readonly [string, string]>("li")
    .data(words.map((word, i) => [word, whole[i]!] as const))
    .join("li")
    .each(function ([word, uncut]) {
      layer(this, "span", "word", word || "–");
      layer(this, "span", "uncut", word === uncut ? "" : ` ${uncut || "–"}`);
    });
  layer(box, "p", "foot", "Gray: with all 32 pieces.");
}
