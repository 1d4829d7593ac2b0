import {select} from "d3";
import {axis} from "../../../figure/plot/axes/axis.ts";
import {lineEnds} from "../../../figure/plot/axes/lineEnds.ts";
import {linear, logarithmic} from "../../../figure/plot/axes/scales.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";

/** Shares by number of names, for one rank. */
export interface Rising {
  name: string;
  label: string;
  shares: readonly {names: number; low: number; median: number; high: number}[];
}

export interface ByHeartOptions {
  width: number;
  height: number;
  named: readonly number[];
  format(names: number): string;
  /** The share at the line that the curves are read by. */
  held: number;
}

/** How much of a list each rank has learned by heart, by the length of the list: a dot for the middle seed, a whisker over all. */
export function byHeartChart(
  plot: Element,
  all: readonly Rising[],
  {width, height, named, format, held}: ByHeartOptions,
) {
  const lengths = all[0]!.shares.map(({names}) => names);
  const x = logarithmic([lengths[0]!, lengths.at(-1)!], [10, width - 10]);
  const y = linear([0, 1], [height, 0]);
  axis(group(plot, "x", 0, height), named, x, {side: "bottom", across: 0, format});
  const percent = (share: number) => `${Math.round(100 * share)}%`;
  axis(group(plot, "y"), [0, 0.3, 0.6, 0.9], y, {side: "left", across: width, format: percent});
  select(layer(plot, "path", "held")).attr("d", `M0,${rounded(y(held))}H${rounded(width)}`);
  const place = (names: number, share: number) => `${rounded(x(names))},${rounded(y(share))}`;
  for (const {name, shares} of all) {
    const g = group(plot, `rising ${name}`);
    const path = (kind: string, d: string) => select(layer(g, "path", kind)).attr("d", d);
    path("line", `M${shares.map(({names, median}) => place(names, median)).join("L")}`);
    path("whisker", shares.map(({names, low, high}) => `M${place(names, low)}L${place(names, high)}`).join(""));
    select(g)
      .selectChildren<SVGCircleElement, Rising["shares"][number]>("circle")
      .data(shares)
      .join("circle")
      .attr("cx", ({names}) => rounded(x(names)))
      .attr("cy", ({median}) => rounded(y(median)))
      .attr("r", 3.5);
  }
  lineEnds(
    plot,
    all.map(({name, label, shares}) => ({name, text: label, x: width - 10, y: y(shares.at(-1)!.median)})),
    width,
    height,
  );
}
