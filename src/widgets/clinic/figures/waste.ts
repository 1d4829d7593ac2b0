import {select} from "d3";
import {layer} from "../../../figures/layer.ts";
import {rounded} from "../../../figures/rounded.ts";
import {label} from "../../../figures/text/label.ts";
import {textWidth} from "../../../figures/text/textWidth.ts";

/** The part of a plot where the run has no loss anymore, from there to its right edge; nothing if that is the edge. */
export function waste(g: Element, {from, width, height}: {from: number; width: number; height: number}) {
  select(layer(g, "rect", "lost"))
    .attr("x", rounded(from))
    .attr("width", rounded(width - from))
    .attr("height", rounded(height));
  const text = "no number to print";
  label(g, "tick", width - from > textWidth(text) ? text : "", {
    ...{x: rounded((from + width) / 2), y: 16},
    anchor: "middle",
  });
}
