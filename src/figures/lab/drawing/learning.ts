import {select} from "d3";
import {axis} from "../../../figure/plot/axes/axis.ts";
import {labelsAt} from "../../../figure/plot/axes/lineEnds.ts";
import {linear} from "../../../figure/plot/axes/scales.ts";
import {spreadLabels} from "../../../figure/plot/axes/spreadLabels.ts";
import {threshold} from "../../../figure/plot/axes/threshold.ts";
import {spots} from "../../../figure/plot/charts/spots.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";

export interface LearningOptions {
  width: number;
  height: number;
  /** Ends of the axis of losses; lines are cut off beyond them. */
  bottom: number;
  top: number;
  steps: number;
  /** The marked step. */
  step: number;
  /** The name of the points. */
  name: string;
  /** Other runs, drawn behind this one. */
  beside?: readonly Beside[];
  onMove(step: number): void;
}

type Points = readonly (readonly [step: number, value: number])[];

interface Beside {
  /** Class of its line. */
  name: string;
  label: string;
  points: Points;
}

const GAP = 8;

/** A line through the points inside the plot, broken where they leave it. */
function path(points: readonly (readonly [x: number, y: number])[], height: number): string {
  const inside = ([, y]: readonly [number, number]) => y >= 0 && y <= height;
  return points
    .flatMap((point, i) => (inside(point) ? `${i > 0 && inside(points[i - 1]) ? "L" : "M"}${point.join()}` : []))
    .join("");
}

/** The loss on each step's examples as a line; the loss measured on other examples now and then as points on a line. */
export function learning(
  svg: Element,
  losses: readonly number[],
  points: Points,
  {width, height, bottom, top, steps, step, name, beside = [], onMove}: LearningOptions,
) {
  const x = linear([0, steps], [0, width]);
  const y = linear([bottom, top], [height, 0]);
  const high = (value: number) => rounded(y(Math.min(value, 1e6)));
  const inside = (value: number) => Math.min(Math.max(high(value), 0), height);
  const plot = group(svg, "plot", 30, 14);
  axis(group(plot, "x", 0, height), x.ticks(Math.min(4, Math.max(2, Math.floor(width / 40)))), x, {
    side: "bottom",
    across: height,
    format: String,
  });
  axis(group(plot, "y"), y.ticks(4), y, {side: "left", across: width, format: String});
  const training = losses.map((loss, at) => [at, loss] as const);
  const through = (list: Points) =>
    path(
      list.map(([at, value]) => [rounded(x(at)), high(value)]),
      height,
    ) || null;
  select(group(plot, "beside"))
    .selectChildren<SVGPathElement, Beside>("path")
    .data(beside)
    .join("path")
    .attr("class", ({name}) => `line ${name}`)
    .attr("d", ({points}) => through(points));
  select(layer(plot, "path", "line training")).attr("d", through(training));
  select(layer(plot, "path", "line fresh")).attr("d", through(points));
  spots(
    group(plot, "points"),
    points.map(([at, value]) => ({name: "fresh", x: x(at), y: inside(value)})),
    3,
  );
  const named = [
    {name: "training", label: "training", points: training},
    {name: "fresh", label: name, points},
    ...beside,
  ].filter(({points}) => points.length);
  const places = spreadLabels(
    named.map(({points}) => inside(points.at(-1)![1])),
    height,
  );
  labelsAt(
    plot,
    named.map(({name, label}) => ({name, text: label})),
    width + GAP,
    places,
  );
  threshold(group(plot, "handle"), step, {width, height, steps, onMove});
}
