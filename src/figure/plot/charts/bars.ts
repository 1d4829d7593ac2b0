import {select} from "d3";
import {bands, linear} from "../axes/scales.ts";
import {layer} from "../layer.ts";
import {rounded} from "../rounded.ts";
import {fixed} from "../text/format.ts";

export interface BarsOptions {
  width: number;
  height: number;
  /** The first `kept` bars are filled, the rest are hollow. */
  kept: number;
  name: (index: number) => string;
}

/** Vertical bars from a common base, each with its value as a tooltip. */
export function bars(g: Element, values: ArrayLike<number>, {width, height, kept, name}: BarsOptions) {
  const list = Array.from(values);
  const x = bands(list.length, width, 0.2);
  const y = linear([0, Math.max(...list) || 1], [0, height]);
  const high = (value: number) => rounded(Math.max(y(value), 0.5));
  select(g)
    .selectChildren<SVGRectElement, number>("rect")
    .data(list)
    .join("rect")
    .attr("class", (_, i) => (i < kept ? "bar kept" : "bar"))
    .attr("x", (_, i) => rounded(x.at(i)))
    .attr("y", (value) => rounded(height - high(value)))
    .attr("width", rounded(x.width))
    .attr("height", high)
    .each(function (value, i) {
      layer(this, "title", "value", `${name(i)}: ${fixed(value, 3)}`);
    });
}
