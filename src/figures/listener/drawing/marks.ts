import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {whole} from "../../../figure/plot/text/format.ts";
import {withText} from "../../../figure/plot/text/put.ts";

/** A ring around each of these places. */
export const rings = (g: Element, places: readonly (readonly [x: number, y: number])[]) =>
  select(g)
    .selectChildren<SVGCircleElement, readonly [number, number]>("circle")
    .data(places)
    .join("circle")
    .attr("class", "circled")
    .attr("cx", ([x]) => x)
    .attr("cy", ([, y]) => y)
    .attr("r", 8);

/** The numbers of a scale, below it. */
export const scaleNumbers = (g: Element, values: readonly number[], across: (value: number) => number, y: number) =>
  select(g)
    .selectChildren<SVGTextElement, number>("text")
    .data(values)
    .join("text")
    .attr("x", across)
    .attr("y", y)
    .attr("text-anchor", "middle")
    .each(withText((value) => whole(value)));

/** Takes away the children of this class, or those without it. */
export const without = (g: Element, selector: string) => select(g).selectChildren(selector).remove();

/** One path of this name; without `d` it is empty. */
export const pathIn = (g: Element, name: string, d: string | undefined) =>
  layer(g, "path", name).setAttribute("d", d ?? "");
