import {axis} from "../axes/axis.ts";
import {lineEnds} from "../axes/lineEnds.ts";
import {linear} from "../axes/scales.ts";
import {threshold} from "../axes/threshold.ts";
import {group} from "../panel.ts";
import {lines} from "./lines.ts";
import {spots} from "./spots.ts";

/** A value at every step from 0; a curve that ends early has left the range of numbers. */
interface Curve {
  name: string;
  label: string;
  values: readonly number[];
}

export interface CurvesOptions {
  width: number;
  height: number;
  /** The last step. */
  steps: number;
  /** The value at the upper edge; curves are cut off above it. */
  top: number;
  /** The marked step. */
  step: number;
  onMove(step: number): void;
}

type Place = readonly [step: number, value: number];

/** The parts of a curve at or below `top`, cut where it crosses. */
export function stretches(values: readonly number[], top: number): Place[][] {
  const all: Place[][] = [];
  values.forEach((value, i) => {
    const before = i === 0 ? value : values[i - 1];
    const crossing: Place = [i - 1 + (top - before) / (value - before), top];
    if (value <= top) {
      if (i === 0) all.push([]);
      else if (before > top) all.push([crossing]);
      all.at(-1)!.push([i, value]);
    } else if (before <= top && i > 0) all.at(-1)!.push(crossing);
  });
  return all;
}

/** Curves over steps, each named at its end; a level that they cannot pass; and a knob at the marked step. */
export function curves(
  svg: Element,
  all: readonly Curve[],
  level: {label: string; value: number},
  {width, height, steps, top, step, onMove}: CurvesOptions,
) {
  const x = linear([0, steps], [0, width]);
  const y = linear([0, top], [height, 0]);
  const plot = group(svg, "plot", 26, 14);
  axis(group(plot, "x", 0, height), x.ticks(4), x, {side: "bottom", across: height, format: String});
  axis(group(plot, "y"), y.ticks(5), y, {side: "left", across: width, format: String});
  const flat = [
    [0, level.value],
    [steps, level.value],
  ] as const;
  const drawn = all.map(({name, values}) => stretches(values, top).map((points) => ({name, points})));
  lines(group(plot, "series"), [{name: "level", points: flat}, ...drawn.flat()], {x, y});

  const ends = all.map(({name, label, values}, i) => {
    const isWhole = values.length > steps && values[steps] <= top;
    const [at, value] = drawn[i].at(-1)?.points.at(-1) ?? [0, top];
    return {name, x: x(at), y: y(value), text: isWhole ? label : `${label} ↑`};
  });
  const named = [...ends, {name: "level", x: width, y: y(level.value), text: level.label}];
  lineEnds(plot, named, width, height);

  threshold(group(plot, "handle"), step, {width, height, steps, onMove});
  const marked = all.filter(({values}) => step < values.length && values[step] <= top);
  spots(
    group(plot, "marks"),
    marked.map(({name, values}) => ({name: `now ${name}`, x: x(step), y: y(values[step])})),
    4,
  );
}
