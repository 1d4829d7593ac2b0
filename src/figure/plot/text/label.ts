import {select} from "d3";
import {layer} from "../layer.ts";
import {rounded} from "../rounded.ts";
import {withText} from "./put.ts";

export interface LabelPlace {
  x: number;
  y: number;
  anchor?: "start" | "middle" | "end";
  /** A shift down: "0.32em" centers the text on y. */
  dy?: string;
}

/** One line of text in a drawing. */
export function label(parent: Element, name: string, text: string | number, {x, y, anchor, dy}: LabelPlace) {
  select(layer(parent, "text", name))
    .attr("x", rounded(x))
    .attr("y", rounded(y))
    .attr("dy", dy ?? null)
    .attr("text-anchor", anchor ?? null)
    .each(withText(text));
}
