import {line, type ScaleContinuousNumeric, select} from "d3";
import {layer} from "./layer.ts";

export interface Series {
  name: string;
  points: readonly (readonly [x: number, y: number])[];
}

export interface LinesOptions {
  x: ScaleContinuousNumeric<number, number>;
  y: ScaleContinuousNumeric<number, number>;
}

/** One path a series, with its name as class and title. */
export function lines(g: Element, series: readonly Series[], {x, y}: LinesOptions) {
  const path = line<readonly [number, number]>(
    (point) => x(point[0]),
    (point) => y(point[1]),
  );
  select(g)
    .selectChildren<SVGPathElement, Series>("path")
    .data(series)
    .join("path")
    .attr("class", ({name}) => `line ${name}`)
    .attr("d", ({points}) => path(points))
    .each(function ({name}) {
      layer(this, "title", "name").textContent = name;
    });
}
