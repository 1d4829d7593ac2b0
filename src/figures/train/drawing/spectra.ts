import {select} from "d3";
import {axis} from "../../../figure/plot/axes/axis.ts";
import {bands, linear} from "../../../figure/plot/axes/scales.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {thousandths} from "../../../figure/plot/text/format.ts";
import {label} from "../../../figure/plot/text/label.ts";

interface Spectrum {
  /** A singular value of the target, and how much of it each of two students has found. */
  due: number;
  lora: number;
  full: number;
}

export interface SpectraOptions {
  width: number;
  height: number;
  /** The value at the upper edge; larger ones end there. */
  top: number;
}

/** Space left of the plot for its scale, and what both sides take of a picture's width. */
const LEFT = 20;
export const SIDES = LEFT + 3;

/** Singular values side by side: a hollow bar for the target, a filled bar inside it for LoRA, a line across it for full fine-tuning. */
export function spectraChart(svg: Element, all: readonly Spectrum[], {width, height, top}: SpectraOptions) {
  const x = bands(all.length, width, 0.25);
  const y = linear([0, top], [height, 0]);
  const high = (value: number) => y(Math.min(value, top));
  const plot = group(svg, "plot", LEFT, 8);
  axis(group(plot, "y"), y.ticks(3), y, {side: "left", across: width, format: String});
  select(group(plot, "values"))
    .selectChildren<SVGGElement, Spectrum>("g")
    .data(all)
    .join("g")
    .attr("class", "value")
    .attr("transform", (_, i) => `translate(${rounded(x.at(i))} 0)`)
    .each(function ({due, lora, full}, i) {
      const wide = rounded(x.width);
      const bar = (name: string, value: number, inset: number) =>
        select(layer(this, "rect", name))
          .attr("x", rounded(inset))
          .attr("y", rounded(high(value)))
          .attr("width", rounded(wide - 2 * inset))
          .attr("height", rounded(height - high(value)));
      bar("due", due, 0);
      bar("found", lora, wide / 4);
      select(layer(this, "line", "tick full"))
        .attr("x1", -2)
        .attr("x2", rounded(wide + 2))
        .attr("y1", rounded(high(full)))
        .attr("y2", rounded(high(full)));
      const text = `σ${i + 1}: ΔW* ${thousandths(due)}, LoRA ${thousandths(lora)}, full ${thousandths(full)}`;
      layer(this, "title", "name", text);
      label(this, "order", i + 1, {x: rounded(wide / 2), y: height + 16, anchor: "middle"});
    });
}
