import {select} from "d3";
import {axis} from "../../../figures/axes/axis.ts";
import {bands, linear} from "../../../figures/axes/scales.ts";
import {layer} from "../../../figures/layer.ts";
import {group} from "../../../figures/panel.ts";
import {thousandths} from "../../../figures/text/format.ts";
import {worded} from "../../../figures/text/worded.ts";

export interface Spectrum {
  /** What is looked for, and what two students have found of it; 0 where there is no more. */
  due: number;
  lora: number;
  full: number;
}

export interface SpectraOptions {
  width: number;
  height: number;
  /** The value at the upper edge; what is larger ends there. */
  top: number;
}

const short = (x: number): number => Math.round(x * 10) / 10;

/** Singular values side by side: a hollow bar for what is due, a filled one inside it for LoRA's, a line across it for the full run's. */
export function spectra(svg: Element, all: readonly Spectrum[], {width, height, top}: SpectraOptions) {
  const x = bands(all.length, width, 0.25);
  const y = linear([0, top], [height, 0]);
  const high = (value: number) => y(Math.min(value, top));
  const plot = group(svg, "plot", 22, 8);
  axis(group(plot, "y"), y.ticks(3), y, {side: "left", across: width, format: String});
  select(group(plot, "values"))
    .selectChildren<SVGGElement, Spectrum>("g")
    .data(all)
    .join("g")
    .attr("class", "value")
    .attr("transform", (_, i) => `translate(${short(x.at(i))} 0)`)
    .each(function ({due, lora, full}, i) {
      const wide = short(x.width);
      const bar = (name: string, value: number, inset: number) =>
        select(layer(this, "rect", name))
          .attr("x", short(inset))
          .attr("y", short(high(value)))
          .attr("width", short(wide - 2 * inset))
          .attr("height", short(height - high(value)));
      bar("due", due, 0);
      bar("found", lora, wide / 4);
      select(layer(this, "line", "tick full"))
        .attr("x1", -2)
        .attr("x2", short(wide + 2))
        .attr("y1", short(high(full)))
        .attr("y2", short(high(full)));
      const text = `σ${i + 1}: ΔW* ${thousandths(due)}, LoRA ${thousandths(lora)}, full ${thousandths(full)}`;
      layer(this, "title", "name", text);
      select(layer(this, "text", "order"))
        .attr("x", short(wide / 2))
        .attr("y", height + 16)
        .attr("text-anchor", "middle")
        .each(worded(i + 1));
    });
}
