import {select} from "d3";
import {axis} from "../../../figures/axes/axis.ts";
import {linear} from "../../../figures/axes/scales.ts";
import {layer} from "../../../figures/layer.ts";
import {group} from "../../../figures/panel.ts";
import {worded} from "../../../figures/text/worded.ts";

export interface Gauge {
  /** Its class: what gives it its color. */
  tone: string;
  name: string;
  value: number;
  said: string;
  /** How far draws usually lie about the value. */
  deviation?: number;
}

const ROW = 34;
const WORDS = 15;
const BAR = 12;
const AXIS = 22;
const SIDE = 6;

/** Height of a picture of these gauges. */
export const gaugesHeight = (count: number): number => count * ROW + AXIS;

/** Lengths from zero on one scale, a row each under its name. */
export function gauges(svg: Element, all: readonly Gauge[], {width}: {width: number}) {
  const inner = width - 2 * SIDE;
  const x = linear([0, Math.max(...all.map(({value}) => value))], [0, inner]);
  const bottom = all.length * ROW;
  const plot = group(svg, "plot", SIDE, 0);
  axis(group(plot, "x", 0, bottom), x.ticks(4), x, {side: "bottom", across: 5, format: String});
  select(group(plot, "each"))
    .selectChildren<SVGGElement, Gauge>("g")
    .data(all)
    .join("g")
    .attr("class", "gauge")
    .attr("transform", (_, n) => `translate(0 ${n * ROW})`)
    .each(function ({tone, name, value, said, deviation = 0}) {
      const words = (part: string, at: number, anchor: string, text: string) =>
        select(layer(this, "text", part))
          .attr("x", at)
          .attr("y", 12)
          .attr("text-anchor", anchor)
          .each(worded(text));
      words("name", -SIDE, "start", name);
      words("said", inner + SIDE, "end", said);
      select(layer(this, "rect", "length"))
        .attr("data-tone", tone)
        .attr("y", WORDS + 2)
        .attr("width", Math.max(x(value), 0.5))
        .attr("height", BAR);
      const [from, to, middle] = [x(Math.max(value - deviation, 0)), x(value + deviation), WORDS + 2 + BAR / 2];
      select(layer(this, "path", "whisker")).attr(
        "d",
        deviation ? `M${from} ${middle}H${to}M${from} ${middle - 4}v8M${to} ${middle - 4}v8` : "",
      );
    });
}
