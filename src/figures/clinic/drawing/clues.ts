import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {put} from "../../../figure/plot/text/put.ts";
import {type Rich, write} from "../../../figure/plot/text/symbol.ts";

/** A name and its value. */
export type Clue = readonly [name: Rich, value: string];

/** Names and values in one line. */
export const clues = (picture: Element, all: readonly Clue[]) =>
  select(layer(picture, "dl", "clues"))
    .selectChildren<HTMLDivElement, Clue>("div")
    .data(all)
    .join("div")
    .each(function ([name, value]) {
      write(layer(this, "dt", "what"), name);
      put(layer(this, "dd", "value"), value);
    });
