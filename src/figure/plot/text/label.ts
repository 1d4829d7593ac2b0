/** A single text in a drawing. */
import {select} from "d3";
import {layer} from "../layer.ts";
import {rounded} from "../rounded.ts";
import {withText} from "./put.ts";

/** Where a text is. */
export interface LabelPlace {
  x: number;
  y: number;
  anchor?: "start" | "middle" | "end";
  /** A shift down: "0.32em" centers the text on y. */
  dy?: string;
}

/** Draws one line of text, in the element of this class. */
export function label(parent: Element, name: string, text: string | number, {x, y, anchor, dy}: LabelPlace) {
  select(layer(parent, "text", name))
    .attr("x", rounded(x))
    .attr("y", rounded(y))
    .attr("dy", dy ?? null)
    .attr("text-anchor", anchor ?? null)
    .each(withText(text));
}
