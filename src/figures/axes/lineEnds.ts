import {select} from "d3";
import {group} from "../panel.ts";
import {withText} from "../text/put.ts";
import {spreadLabels} from "./spreadLabels.ts";

/** A line's name and where the line ends. */
export interface LineEnd {
  /** The line's own class. */
  name: string;
  text: string;
  x: number;
  y: number;
}

/** From the right edge of a plot to the names. */
const GAP = 12;

/** Line names at the right of a plot, moved apart so that they don't overlap, each with a leader to its line's end. */
export function lineEnds(plot: Element, ends: readonly LineEnd[], width: number, height: number) {
  const places = spreadLabels(
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
  labelsAt(plot, ends, width + GAP, places);
}

/** The names at these heights, without leaders. */
export const labelsAt = (
  plot: Element,
  ends: readonly Pick<LineEnd, "name" | "text">[],
  x: number,
  places: readonly number[],
) =>
  select(group(plot, "labels"))
    .selectChildren<SVGTextElement, (typeof ends)[number]>("text")
    .data(ends)
    .join("text")
    .attr("class", ({name}) => `name ${name}`)
    .attr("x", x)
    .attr("y", (_, i) => places[i])
    .attr("dy", "0.32em")
    .each(withText(({text}) => text));

/** A label with an arrow if its line ends above or below the plot, at the edge it has left by. */
export const edgeLabel = (label: string, y: number, height: number): Pick<LineEnd, "text" | "y"> => ({
  text: `${label}${y < 0 ? " ↑" : y > height ? " ↓" : ""}`,
  y: Math.min(Math.max(y, 0), height),
});
