import {select} from "d3";
import {axis} from "../../../figures/axes/axis.ts";
import {linear} from "../../../figures/axes/scales.ts";
import {group} from "../../../figures/panel.ts";
import {rounded} from "../../../figures/rounded.ts";
import {label} from "../../../figures/text/label.ts";

export interface Strip {
  /** Class of its dots. */
  name: string;
  title: string;
  values: readonly number[];
}

const R = 4;

/** Values from 0 to 1 as dots, a line for each list of them. */
export function strips(
  g: Element,
  all: readonly Strip[],
  {left, width, top, height}: Record<"left" | "width" | "top" | "height", number>,
) {
  const x = linear([0, 1], [R + 2, width - R - 2]);
  const box = group(g, "strips", left, top);
  const below = height - 22;
  axis(group(box, "x", 0, below), [0, 0.5, 1], x, {side: "bottom", across: below, format: String});
  const step = below / all.length;
  select(group(box, "each"))
    .selectChildren<SVGGElement, Strip>("g")
    .data(all)
    .join("g")
    .attr("class", ({name}) => `strip ${name}`)
    .attr("transform", (_, i) => `translate(0 ${rounded(i * step)})`)
    .each(function ({title, values}) {
      label(this, "title", title, {x: 0, y: 14});
      select(group(this, "dots", 0, 20))
        .selectChildren<SVGCircleElement, number>("circle")
        .data(values)
        .join("circle")
        .attr("cx", (value) => rounded(x(value)))
        // Near values lie beside each other.
        .attr("cy", (_, i) => rounded(R + ((i % 4) * (step - 28 - 2 * R)) / 3))
        .attr("r", R);
    });
}
