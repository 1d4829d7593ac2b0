import {layer} from "../../figure/plot/layer.ts";
import {whole} from "../../figure/plot/text/format.ts";
import {write} from "../../figure/plot/text/symbol.ts";
import {symbol} from "../../figure/symbols.ts";
import type {ThreadsParams, ThreadsResult} from "./model.ts";
import {weightsFor} from "./sentences.ts";

/** The count beside the picture: so many of so many, one in how many. */
export function weighed(picture: Element, {full, pair, fewer}: ThreadsResult, {r}: ThreadsParams) {
  const box = layer(picture, "p", "weighed");
  const count = whole(pair);
  // Set as a property: a host with a strict policy takes no style attribute.
  layer<HTMLElement>(box, "span", "vast", count).style.setProperty("--letters", String(count.length));
  layer(box, "span", "of", `of ${whole(full)}`);
  layer(box, "span", "one-in", fewer === 1 ? "as many as the square" : `1 in ${weightsFor(fewer)}`);
  write(layer(box, "span", "at"), ["at ", symbol.r, ` = ${whole(r)}`]);
}
