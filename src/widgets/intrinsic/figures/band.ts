import {select} from "d3";
import {axis} from "../../../figures/axes/axis.ts";
import {linear} from "../../../figures/axes/scales.ts";
import {threshold} from "../../../figures/axes/threshold.ts";
import {layer} from "../../../figures/layer.ts";
import {group} from "../../../figures/panel.ts";
import {lines} from "../../../figures/plots/lines.ts";
import {spots} from "../../../figures/plots/spots.ts";
import {label} from "../../../figures/text/label.ts";

/** The results of the runs at one place, as shares of 1: the least, the median, the greatest, and that of one run. */
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
  /** The share at the lower edge of the plot. */
  bottom: number;
  /** A share to reach, and its label. */
  line: {value: number; label: string};
  /** The marked try, and the share that it has reached; one below the lower edge is drawn at the edge. */
  at: number;
  now: number;
  onMove(at: number): void;
}

/** Tries side by side: a band from least to greatest with the median in it, one run as a line with a dot for each try, and a knob at the marked try. */
export function band(svg: Element, tries: readonly Try[], options: BandOptions) {
  const {width, height, bottom, line, at, now, onMove} = options;
  const last = tries.length - 1;
  const x = linear([0, Math.max(last, 1)], [0, width]);
  const y = linear([bottom, 1], [height, 0]);
  const plot = group(svg, "plot", 38, 14);
  // Every other name has room, and so has the last; in a narrow chart every third, if it is not next to the last.
  const named = tries
    .map((_, i) => i)
    .filter((i) => i === 0 || i === last || (width < 200 ? i % 3 === 1 && i < last - 1 : i % 2 === 1));
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
  spots(
    group(plot, "dots"),
    tries.map(({own}, i) => ({name: "dot", x: x(i), y: y(own)})),
    2.5,
  );
  threshold(group(plot, "handle"), at, {width, height, steps: last, onMove});
  label(plot, "aim", line.label, {x: 4, y: y(line.value) - 6});
  select(layer(plot, "circle", "reached"))
    .attr("cx", x(at))
    .attr("cy", y(Math.max(now, bottom)))
    .attr("r", 5);
}
