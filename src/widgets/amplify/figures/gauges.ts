import {select} from "d3";
import {axis} from "../../../figures/axes/axis.ts";
import {linear} from "../../../figures/axes/scales.ts";
import {layer} from "../../../figures/layer.ts";
import {group} from "../../../figures/panel.ts";
import {rowGroups} from "../../../figures/plots/rowGroups.ts";
import {whisker} from "../../../figures/plots/whiskers.ts";
import {label} from "../../../figures/text/label.ts";

export interface Gauge {
  /** Sets the color. */
  tone: string;
  name: string;
  value: number;
  /** The value in words. */
  said: string;
  /** Standard deviation of the draws behind the value. */
  deviation?: number;
}

const ROW = 34;
const WORDS = 15;
const BAR = 12;
const AXIS = 22;
const SIDE = 6;

export const gaugesHeight = (count: number): number => count * ROW + AXIS;

/** Horizontal bars from zero on one scale, each under its name and value. */
export function gauges(svg: Element, all: readonly Gauge[], {width}: {width: number}) {
  const inner = width - 2 * SIDE;
  const x = linear([0, Math.max(...all.map(({value}) => value))], [0, inner]);
  const plot = group(svg, "plot", SIDE, 0);
  axis(group(plot, "x", 0, all.length * ROW), x.ticks(4), x, {side: "bottom", across: 5, format: String});
  rowGroups(group(plot, "each"), all, ROW, "gauge").each(function ({tone, name, value, said, deviation}) {
    label(this, "name", name, {x: -SIDE, y: 12, anchor: "start"});
    label(this, "said", said, {x: inner + SIDE, y: 12, anchor: "end"});
    select(layer(this, "rect", "length"))
      .attr("data-tone", tone)
      .attr("y", WORDS + 2)
      .attr("width", Math.max(x(value), 0.5))
      .attr("height", BAR);
    const ends = deviation ? [x(Math.max(value - deviation, 0)), x(value + deviation)] : [];
    select(layer(this, "path", "whisker")).attr("d", whisker(ends[0], ends[1], WORDS + 2 + BAR / 2, 4));
  });
}
