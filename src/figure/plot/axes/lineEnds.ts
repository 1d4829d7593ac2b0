import {select} from "d3";
import {group} from "../panel.ts";
import {rounded} from "../rounded.ts";
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
  // Level up to the plot's edge: a straight leader from a line that ends early would cross other lines.
  select(group(plot, "leaders"))
    .selectChildren<SVGPathElement, LineEnd>("path")
    .data(ends)
    .join("path")
    .attr("class", "leader")
    .attr("d", ({x, y}, i) => `M${rounded(x)} ${rounded(y)}H${width}L${width + GAP - 3} ${rounded(places[i])}`);
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
    .attr("y", (_, i) => rounded(places[i]))
    .attr("dy", "0.32em")
    .each(withText(({text}) => text));

/** A label with an arrow if its line ends above or below the plot, at the edge it has left by. */
export const edgeLabel = (label: string, y: number, height: number): Pick<LineEnd, "text" | "y"> => ({
  text: `${label}${y < 0 ? " ↑" : y > height ? " ↓" : ""}`,
  y: Math.min(Math.max(y, 0), height),
});
