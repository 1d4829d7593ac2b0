import {select} from "d3";
import {group} from "../panel.ts";
import {worded} from "../text/worded.ts";
import {spread} from "./spread.ts";

/** What a line is called, and where it ends. */
export interface LineEnd {
  /** The line's own class. */
  name: string;
  text: string;
  x: number;
  y: number;
}

/** From the right edge of a plot to the words. */
const GAP = 12;

/** Lines called by their names at the right of a plot, apart from each other, each led to where its line ends. */
export function lineEnds(plot: Element, ends: readonly LineEnd[], width: number, height: number) {
  const places = spread(
    ends.map(({y}) => y),
    height,
  );
  select(group(plot, "leaders"))
    .selectChildren<SVGLineElement, LineEnd>("line")
    .data(ends)
    .join("line")
    .attr("class", "leader")
    .attr("x1", ({x}) => x)
    .attr("y1", ({y}) => y)
    .attr("x2", width + GAP - 3)
    .attr("y2", (_, i) => places[i]);
  select(group(plot, "labels"))
    .selectChildren<SVGTextElement, LineEnd>("text")
    .data(ends)
    .join("text")
    .attr("class", ({name}) => `name ${name}`)
    .attr("x", width + GAP)
    .attr("y", (_, i) => places[i])
    .attr("dy", "0.32em")
    .each(worded(({text}) => text));
}
