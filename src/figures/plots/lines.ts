import {select} from "d3";
import type {Scale} from "../axes/scales.ts";
import {layer} from "../layer.ts";

export interface Series {
  name: string;
  points: readonly (readonly [x: number, y: number])[];
}

export interface LinesOptions {
  x: Scale;
  y: Scale;
}

const short = (x: number): number => Math.round(x * 1000) / 1000;

/** Straight from point to point; a single one is closed, so that round ends draw it as a dot. d3's own `line` weighs 3 kB. */
const through = (points: readonly string[]): string | null =>
  points.length ? `M${points.join("L")}${points.length === 1 ? "Z" : ""}` : null;

/** One path a series, with its name as class and title. */
export function lines(g: Element, series: readonly Series[], {x, y}: LinesOptions) {
  select(g)
    .selectChildren<SVGPathElement, Series>("path")
    .data(series)
    .join("path")
    .attr("class", ({name}) => `line ${name}`)
    .attr("d", ({points}) => through(points.map((point) => `${short(x(point[0]))},${short(y(point[1]))}`)))
    .each(function ({name}) {
      layer(this, "title", "name", name);
    });
}
