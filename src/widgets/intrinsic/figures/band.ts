import {select} from "d3";
import {axis} from "../../../figures/axes/axis.ts";
import {linear} from "../../../figures/axes/scales.ts";
import {threshold} from "../../../figures/axes/threshold.ts";
import {layer} from "../../../figures/layer.ts";
import {group} from "../../../figures/panel.ts";
import {lines} from "../../../figures/plots/lines.ts";
import {worded} from "../../../figures/text/worded.ts";

/** What came of each try, as shares of one: the least, the middle and the most of all, and one of them. */
export interface Try {
  name: string;
  low: number;
  median: number;
  high: number;
  own: number;
}

export interface BandOptions {
  width: number;
  height: number;
  /** The share at the lower edge. */
  bottom: number;
  /** A share that is to be reached, and its label. */
  line: {value: number; label: string};
  /** The try that is looked at, and the share it has got to; one below the edge is drawn at it. */
  at: number;
  now: number;
  onMove(at: number): void;
}

/** Tries side by side: a band from least to most, the median in it, one series of its own with a dot a try; a knob marks one. */
export function band(svg: Element, tries: readonly Try[], options: BandOptions) {
  const {width, height, bottom, line, at, now, onMove} = options;
  const last = tries.length - 1;
  const x = linear([0, Math.max(last, 1)], [0, width]);
  const y = linear([bottom, 1], [height, 0]);
  const plot = group(svg, "plot", 38, 14);
  // Every other name has room, and the last one beside its neighbor.
  const named = tries.map((_, i) => i).filter((i) => i === 0 || i % 2 === 1 || i === last);
  axis(group(plot, "x", 0, height), named, x, {side: "bottom", across: height, format: (i) => tries[i]?.name ?? ""});
  axis(group(plot, "y"), y.ticks(4), y, {
    side: "left",
    across: width,
    format: (share) => `${Math.round(100 * share)}%`,
  });
  const upper = tries.map(({high}, i) => `${x(i)},${y(high)}`);
  const lower = tries.map(({low}, i) => `${x(i)},${y(low)}`).reverse();
  select(layer(plot, "path", "band")).attr("d", `M${[...upper, ...lower].join("L")}Z`);
  const series = (name: string, of: (one: Try) => number) => ({
    name,
    points: tries.map((one, i) => [i, of(one)] as const),
  });
  const target = [
    [0, line.value],
    [Math.max(last, 1), line.value],
  ] as const;
  lines(
    group(plot, "series"),
    [{name: "target", points: target}, series("own", ({own}) => own), series("median", ({median}) => median)],
    {x, y},
  );
  select(group(plot, "dots"))
    .selectChildren<SVGCircleElement, Try>("circle")
    .data(tries)
    .join("circle")
    .attr("class", "dot")
    .attr("cx", (_, i) => x(i))
    .attr("cy", ({own}) => y(own))
    .attr("r", 2.5);
  threshold(group(plot, "handle"), at, {width, height, steps: last, label: "", onMove});
  select(layer(plot, "text", "aim"))
    .attr("x", 4)
    .attr("y", y(line.value) - 6)
    .each(worded(line.label));
  select(layer(plot, "circle", "reached"))
    .attr("cx", x(at))
    .attr("cy", y(Math.max(now, bottom)))
    .attr("r", 5);
}
