import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";

const WORDS = "no number to print";
/** Their width in pixels, with some air. */
const WIDTH = 130;

/** The part of a plot where the run has no loss anymore, from there to its right edge; nothing if that is the edge. */
export function waste(g: Element, {from, width, height}: {from: number; width: number; height: number}) {
  select(layer(g, "rect", "lost"))
    .attr("x", rounded(from))
    .attr("width", rounded(width - from))
    .attr("height", rounded(height));
  label(g, "tick", width - from > WIDTH ? WORDS : "", {
    ...{x: rounded((from + width) / 2), y: 16},
    anchor: "middle",
  });
}
