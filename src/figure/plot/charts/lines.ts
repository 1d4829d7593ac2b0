import {select} from "d3";
import type {Scale} from "../axes/scales.ts";
import {layer} from "../layer.ts";
import {rounded} from "../rounded.ts";

export interface Series {
  name: string;
  points: readonly (readonly [x: number, y: number])[];
}

/** Joins points by straight lines; a single point becomes a closed path, which round line ends draw as a dot. d3's `line` adds 3 kB of curves. */
const through = (points: readonly string[]): string | null =>
  points.length ? `M${points.join("L")}${points.length === 1 ? "Z" : ""}` : null;

/** A path for each series, with its name as class and tooltip. */
export function lines(g: Element, series: readonly Series[], {x, y}: {x: Scale; y: Scale}) {
  select(g)
    .selectChildren<SVGPathElement, Series>("path")
    .data(series)
    .join("path")
    .attr("class", ({name}) => `line ${name}`)
    .attr("d", ({points}) => through(points.map((point) => `${rounded(x(point[0]))},${rounded(y(point[1]))}`)))
    .each(function ({name}) {
      layer(this, "title", "name", name);
    });
}
