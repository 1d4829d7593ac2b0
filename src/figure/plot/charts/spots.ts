import {select} from "d3";

interface Spot {
  /** Its class. */
  name: string;
  x: number;
  y: number;
}

/** A round mark at each place. */
export const spots = (g: Element, all: readonly Spot[], r: number) =>
  select(g)
    .selectChildren<SVGCircleElement, Spot>("circle")
    .data(all)
    .join("circle")
    .attr("class", ({name}) => name)
    .attr("cx", ({x}) => x)
    .attr("cy", ({y}) => y)
    .attr("r", r);
