import {select} from "d3";
import {axis} from "../../../figure/plot/axes/axis.ts";
import {linear} from "../../../figure/plot/axes/scales.ts";
import {threshold} from "../../../figure/plot/axes/threshold.ts";
import {lines} from "../../../figure/plot/charts/lines.ts";
import {attributes} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {moveByKeys} from "../../../figure/plot/plot.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {thumbs} from "./painted.ts";

/** The results of the runs at one place, as shares of 1: least, median, greatest, and one run's with what it painted. */
export interface Try {
  name: string;
  low: number;
  median: number;
  high: number;
  own: number;
  painting: ArrayLike<number>;
}

export interface BandOptions {
  width: number;
  height: number;
  /** Cells along a side of a painting. */
  side: number;
  /** The share at the lower edge of the plot. */
  bottom: number;
  /** A share to reach, and its label. */
  line: {value: number; label: string};
  /** The marked try, and the share that it has reached with this painting; one below the lower edge is drawn at the edge. */
  at: number;
  now: number;
  painting: ArrayLike<number>;
  /** What a screen reader says of the knob. */
  said: string;
  onMove(at: number): void;
}

/** The knob's room over the paintings. */
const KNOB = 8;
/** The largest painting, and one that leaves room for the name of every try. */
const [LARGEST, ROOMY] = [48, 24];

/** How large a painting is in a plot of this width: beside each other they fill it, with a little between them. */
const sizeIn = (width: number, tries: number): number => Math.min(LARGEST, Math.floor((0.94 * width) / tries));

/** Tries side by side: what one run painted at each, as high as its share; a band from least to greatest with the median in it; and a knob at the marked try. */
export function band(svg: Element, tries: readonly Try[], options: BandOptions) {
  const {width, height, side, bottom, line, at, now, painting, said, onMove} = options;
  const last = tries.length - 1;
  const size = sizeIn(width, tries.length);
  const x = linear([0, Math.max(last, 1)], [size / 2, width - size / 2]);
  const y = linear([bottom, 1], [height - size / 2, size / 2 + KNOB]);
  const plot = group(svg, "plot", 38, 14);
  // Where not all names have room, every other one has, and so has the last; in a narrow chart every third, if it is not next to the last.
  const named = tries
    .map((_, i) => i)
    .filter((i) => size >= ROOMY || i === 0 || i === last || (width < 200 ? i % 3 === 1 && i < last - 1 : i % 2 === 1));
  axis(group(plot, "x", 0, height), named, x, {side: "bottom", across: height, format: (i) => tries[i]?.name ?? ""});
  axis(group(plot, "y"), y.ticks(4), y, {
    side: "left",
    across: width,
    format: (share) => `${Math.round(100 * share)}%`,
  });
  const upper = tries.map(({high}, i) => `${x(i)},${y(high)}`);
  const lower = tries.map(({low}, i) => `${x(i)},${y(low)}`).reverse();
  select(layer(plot, "path", "band")).attr("d", `M${[...upper, ...lower].join("L")}Z`);
  const target = [
    [-0.5, line.value],
    [last + 0.5, line.value],
  ] as const;
  const median = tries.map((one, i) => [i, one.median] as const);
  const series = [
    {name: "target", points: target},
    {name: "median", points: median},
  ];
  lines(group(plot, "series"), series, {x, y});
  label(plot, "aim", line.label, {x: 4, y: y(line.value) - 6});
  const handle = group(plot, "handle", size / 2);
  threshold(handle, at, {width: width - size, height, steps: last, onMove});
  const keys = {called: "Random directions d", said, step: [1, 1]} as const;
  moveByKeys(layer(handle, "circle", "knob"), {at: [at, at], set: (x, y) => onMove(x === at ? y : x)}, keys);
  const places = tries.map(({own, painting: stored}, i) => ({
    x: x(i),
    y: y(Math.max(i === at ? now : own, bottom)),
    colors: i === at ? painting : stored,
  }));
  thumbs(group(plot, "thumbs"), places, at, side, size);
  // Beside the knob nothing is read: the picture's name says what it shows.
  for (const one of plot.children) attributes(one, {"aria-hidden": one === handle ? null : "true"});
}
