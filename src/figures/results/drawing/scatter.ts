import {select} from "d3";
import {axis} from "../../../figure/plot/axes/axis.ts";
import {decades, linear, logarithmic, rangeOf} from "../../../figure/plot/axes/scales.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {type LabelPlace, label} from "../../../figure/plot/text/label.ts";
import {type MarkShape, shape} from "./shapes.ts";

export interface ScatterMark {
  /** Classes of its mark, which set its color and whether it is hollow. */
  mark: string;
  shape: MarkShape;
  name: string;
  x: number;
  y: number;
  /** Ends of its whisker. */
  low?: number;
  high?: number;
  /** Called when it is pressed. */
  onPick(): void;
}

/** The results of one method, in the order of x, joined by a line. */
export interface Trail {
  tone: string;
  spots: readonly ScatterMark[];
}

export interface ScatterOptions {
  width: number;
  height: number;
  /** Labels the powers of ten below. */
  format: (value: number) => string;
  /** The reference's whisker, drawn as a band across the plot. */
  reach?: {low: number; high: number};
  /** A horizontal line with its label. */
  level?: {y: number; label: string};
  /** A vertical line with its label. */
  line?: {x: number; label: string};
}

const [LEFT, RIGHT, TOP, BOTTOM] = [36, 12, 16, 24];
/** A plot lower than this has room for few labels at its side. */
const LOW = 80;

/** The plot's size, the powers of ten below it, and scales that hold all spots, both lines and the band. */
function scalesFor(spots: readonly ScatterMark[], {reach, level, line, ...options}: ScatterOptions) {
  const [width, height] = [options.width - LEFT - RIGHT, options.height - TOP - BOTTOM];
  const across = [...spots.map(({x}) => x), ...(line ? [line.x] : [])];
  const up = [
    ...spots.flatMap(({y, low = y, high = y}) => [low, high]),
    ...(level ? [level.y] : []),
    ...(reach ? [reach.low, reach.high] : []),
  ];
  // Without any spot there is an empty plot.
  const [first, last] = rangeOf(across, [1, 1]);
  const [least, most] = rangeOf(up);
  const domain = [first / 1.5, last * 1.5] as const;
  const room = (most - least || 1) * 0.06;
  const x = logarithmic(domain, [0, width]);
  const y = linear([least - room, most + room], [height, 0]);
  return {width, height, x, y, decades: decades(domain, 5)};
}
type Scales = ReturnType<typeof scalesFor>;

/** Scores over counts on a logarithmic axis: marks with whiskers, lines that join a method's, and the reference's whisker as a band. */
export function scatter(svg: Element, trails: readonly Trail[], options: ScatterOptions) {
  const spots = trails.flatMap(({spots}) => spots);
  const scales = scalesFor(spots, options);
  const {width, height, x, y} = scales;
  const at = {x: (value: number) => rounded(x(value)), y: (value: number) => rounded(y(value))};
  const plot = group(svg, "plot", LEFT, TOP);
  const {format} = options;
  axis(group(plot, "x", 0, height), scales.decades, at.x, {side: "bottom", across: height, format});
  axis(group(plot, "y"), y.ticks(height < LOW ? 2 : 5), at.y, {
    side: "left",
    across: width,
    format: (value) => String(Number(value.toPrecision(6))),
  });
  reference(plot, scales, options);
  select(group(plot, "trails"))
    .selectChildren<SVGPathElement, Trail>("path")
    .data(trails)
    .join("path")
    .attr("class", ({tone}) => `trail ${tone}`)
    .attr("d", ({spots}) => {
      const points = bestOf(spots).map((spot) => `${at.x(spot.x)} ${at.y(spot.y)}`);
      return spots.length > 1 ? `M${points.join("L")}` : "";
    });
  select(group(plot, "spots"))
    .selectChildren<SVGGElement, ScatterMark>("g")
    .data(spots)
    .join("g")
    .attr("class", ({mark}) => `point ${mark}`)
    .attr("transform", (spot) => `translate(${at.x(spot.x)} ${at.y(spot.y)})`)
    .on("click", (_, {onPick}) => onPick())
    .each(function ({name, low, high, ...spot}) {
      const rise = (value: number) => rounded(y(value) - y(spot.y));
      select(layer(this, "path", "whisker")).attr(
        "d",
        low === undefined || high === undefined ? "" : `M0 ${rise(low)}V${rise(high)}`,
      );
      select(layer(this, "path", "shape")).attr("d", shape(spot.shape));
      select(layer(this, "circle", "field")).attr("r", 11);
      layer(this, "title", "name", name);
    });
}

/** Where several spots share an x, the first of them, which is the best. */
function bestOf(spots: readonly ScatterMark[]): ScatterMark[] {
  return spots.filter((one, i) => spots.findIndex(({x}) => x === one.x) === i);
}

/** The band and both lines that the spots are compared with. */
function reference(plot: Element, {width, height, x, y}: Scales, {reach, level, line}: ScatterOptions) {
  const high = (value: number) => rounded(y(value));
  select(layer(plot, "rect", "reach"))
    .attr("x", 0)
    .attr("y", reach ? high(reach.high) - 0.5 : 0)
    .attr("width", width)
    .attr("height", reach ? rounded(high(reach.low) - high(reach.high) + 1) : 0);
  lineWith(group(plot, "chance"), level && `M0 ${high(level.y)}H${width}`, level?.label, {
    x: width,
    y: level ? high(level.y) - 5 : 0,
    anchor: "end",
  });
  const place = line ? rounded(x(line.x)) : 0;
  lineWith(group(plot, "guessing"), line && `M${place} 0V${height}`, line?.label, {
    x: place,
    y: -5,
    anchor: place < width / 4 ? "start" : place > (3 * width) / 4 ? "end" : "middle",
  });
}

/** A line with its label; without them neither shows. */
function lineWith(g: Element, d: string | undefined, text: string | undefined, place: LabelPlace) {
  select(layer(g, "path", "guess")).attr("d", d ?? "");
  label(g, "guessed", text ?? "", place);
}
