import {select} from "d3";
import {axis} from "../../../figures/axes/axis.ts";
import {decades, extent, linear, logarithmic} from "../../../figures/axes/scales.ts";
import {layer} from "../../../figures/layer.ts";
import {group} from "../../../figures/panel.ts";
import {worded} from "../../../figures/text/worded.ts";
import {type Shape, shape} from "./shapes.ts";

export interface Spot {
  tone: string;
  shape: Shape;
  verdict: string;
  name: string;
  x: number;
  y: number;
  /** Ends of its whisker. */
  low?: number;
  high?: number;
}

/** Spots of one method, to be joined by a line in the order of x. */
export interface Trail {
  tone: string;
  spots: readonly Spot[];
}

export interface ScatterOptions {
  width: number;
  height: number;
  /** Labels of the decades below. */
  format: (value: number) => string;
  /** A whisker that runs across as a band. */
  reach?: {low: number; high: number};
  /** A line across at a height, and one up at a place; each with its label. */
  level?: {y: number; label: string};
  line?: {x: number; label: string};
}

const [LEFT, RIGHT, TOP, BOTTOM] = [36, 12, 16, 24];
const short = (x: number): number => Math.round(x * 10) / 10;

/** Scores over counts on a logarithmic axis: trails, marks with whiskers, a band that the reference's whisker makes. */
export function scatter(svg: Element, trails: readonly Trail[], options: ScatterOptions) {
  const {format, reach, level, line} = options;
  const [width, height] = [options.width - LEFT - RIGHT, options.height - TOP - BOTTOM];
  const spots = trails.flatMap(({spots}) => spots);
  const across = [...spots.map(({x}) => x), ...(line ? [line.x] : [])];
  const up = [
    ...spots.flatMap(({y, low = y, high = y}) => [low, high]),
    ...(level ? [level.y] : []),
    ...(reach ? [reach.low, reach.high] : []),
  ];
  // Without a spot there is no scale, but still a plot.
  const [first, last] = extent(across, [1, 1]);
  const [least, most] = extent(up);
  const domain = [first / 1.5, last * 1.5] as const;
  const room = (most - least || 1) * 0.06;
  const x = logarithmic(domain, [0, width]);
  const y = linear([least - room, most + room], [height, 0]);
  const at = {x: (value: number) => short(x(value)), y: (value: number) => short(y(value))};
  const plot = group(svg, "plot", LEFT, TOP);
  axis(group(plot, "x", 0, height), decades(domain, 5), at.x, {side: "bottom", across: height, format});
  axis(group(plot, "y"), y.ticks(5), at.y, {
    side: "left",
    across: width,
    format: (value) => String(Number(value.toPrecision(6))),
  });
  select(layer(plot, "rect", "held-band"))
    .attr("x", 0)
    .attr("y", reach ? at.y(reach.high) - 0.5 : 0)
    .attr("width", width)
    .attr("height", reach ? short(at.y(reach.low) - at.y(reach.high) + 1) : 0);
  mark(group(plot, "chance"), level ? `M0 ${at.y(level.y)}H${width}` : "", level?.label ?? "", {
    x: width,
    y: level ? at.y(level.y) - 5 : 0,
    anchor: "end",
  });
  const place = line ? at.x(line.x) : 0;
  mark(group(plot, "guessing"), line ? `M${place} 0V${height}` : "", line?.label ?? "", {
    x: place,
    y: -5,
    anchor: place < width / 4 ? "start" : place > (3 * width) / 4 ? "end" : "middle",
  });
  select(group(plot, "trails"))
    .selectChildren<SVGPathElement, Trail>("path")
    .data(trails)
    .join("path")
    .attr("class", ({tone}) => `trail ${tone}`)
    .attr("d", ({spots}) =>
      spots.length > 1
        ? `M${bestOf(spots)
            .map((one) => `${at.x(one.x)} ${at.y(one.y)}`)
            .join("L")}`
        : "",
    );
  select(group(plot, "spots"))
    .selectChildren<SVGGElement, Spot>("g")
    .data(spots)
    .join("g")
    .attr("transform", (one) => `translate(${at.x(one.x)} ${at.y(one.y)})`)
    .each(function (one) {
      const {low, high} = one;
      const rise = (value: number) => short(y(value) - y(one.y));
      select(layer(this, "path", "whisker")).attr(
        "d",
        low === undefined || high === undefined ? "" : `M0 ${rise(low)}V${rise(high)}`,
      );
      select(layer(this, "path", "result"))
        .attr("class", `result ${one.tone} ${one.verdict}`)
        .attr("d", shape(one.shape));
      layer(this, "title", "name", one.name);
    });
}

/** Of several spots at one x a trail passes the first: the best, as its maker sorts them. */
function bestOf(spots: readonly Spot[]): Spot[] {
  return spots.filter((one, i) => spots.findIndex(({x}) => x === one.x) === i);
}

function mark(g: Element, d: string, label: string, {x, y, anchor}: {x: number; y: number; anchor: string}) {
  select(layer(g, "path", "guess")).attr("d", d);
  select(layer(g, "text", "guessed"))
    .attr("x", x)
    .attr("y", y)
    .attr("text-anchor", anchor)
    .each(worded(label));
}
