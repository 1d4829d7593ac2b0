import {select} from "d3";
import {axis} from "../../../figure/plot/axes/axis.ts";
import {bands, linear} from "../../../figure/plot/axes/scales.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {fixed} from "../../../figure/plot/text/format.ts";
import {withText} from "../../../figure/plot/text/put.ts";

/** How strongly W₀ and ΔW act on one direction. */
export interface Strengths {
  weight: number;
  delta: number;
}

const [LEFT, TOP, BELOW] = [30, 8, 20];

/** For each singular direction of W₀, strongest first, a wide bar for W₀ and in front of it a thin one for ΔW. */
export function equalizer(svg: Element, all: readonly Strengths[], {width, height}: {width: number; height: number}) {
  const [inner, deep] = [width - LEFT - 2, height - TOP - BELOW];
  const x = bands(all.length, inner, 0.2);
  const y = linear([0, Math.max(...all.flatMap(({weight, delta}) => [weight, delta]))], [deep, 0]);
  const plot = group(svg, "plot", LEFT, TOP);
  axis(group(plot, "y"), y.ticks(3), y, {side: "left", across: inner, format: String});
  select(group(plot, "bands"))
    .selectChildren<SVGGElement, Strengths>("g")
    .data(all)
    .join("g")
    .attr("class", "band")
    .attr("transform", (_, i) => `translate(${rounded(x.at(i))} 0)`)
    .each(function ({weight, delta}, i) {
      const bar = (name: string, value: number, from: number, wide: number) =>
        select(layer(this, "rect", name))
          .attr("x", rounded(from))
          .attr("y", rounded(y(value)))
          .attr("width", rounded(wide))
          .attr("height", rounded(deep - y(value)));
      bar("weight", weight, 0, x.width);
      bar("delta", delta, x.width / 4, x.width / 2);
      layer(this, "title", "name", `band ${i + 1}: W₀ ${fixed(weight, 2)}, ΔW ${fixed(delta, 2)}`);
    });
  const marks = [1, ...[0.25, 0.5, 0.75, 1].map((share) => Math.round(share * all.length))];
  select(group(plot, "orders", 0, deep))
    .selectChildren<SVGTextElement, number>("text")
    .data(marks)
    .join("text")
    .attr("x", (n) => rounded(x.at(n - 1) + x.width / 2))
    .attr("y", 16)
    .attr("text-anchor", "middle")
    .each(withText((n) => n));
}
