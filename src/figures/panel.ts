import {select} from "d3";
import {layer} from "./layer.ts";
import {type Rich, write} from "./text/symbol.ts";

/** `name` is the panel's class; a second word in it, such as "wide", is styling. */
export interface PanelOptions {
  /** What stands above the picture. */
  label: Rich;
  width: number;
  height: number;
  /** One sentence for readers who do not see the picture; without it the picture is hidden from them. */
  alt?: string;
  /** The picture holds something to focus, so it is a group and not one image. */
  interactive?: boolean;
}

/**
 * One labeled picture of a figure: an `<svg>` with a fixed viewBox under its label. The CSS grid of the figure places
 * panels and restacks them on narrow screens; 256 units of width fit a 320 px screen at full size, so text never shrinks.
 * What comes back is where the marks go: screen readers read the text of an image's marks one by one unless it is hidden.
 */
export function panel(figure: Element, name: string, {label, width, height, alt, interactive}: PanelOptions): Element {
  const box = layer(figure, "div", `panel ${name}`);
  write(layer(box, "p", "label"), label);
  const svg = layer(box, "svg", "chart");
  select(svg)
    .attr("viewBox", `0 0 ${width} ${height}`)
    .attr("width", width)
    .attr("height", height)
    .attr("role", alt ? (interactive ? "group" : "img") : null)
    .attr("aria-label", alt ?? null)
    .attr("aria-hidden", alt ? null : "true");
  const marks = layer(svg, "g", "marks");
  select(marks).attr("aria-hidden", interactive ? null : "true");
  return marks;
}

/** A group of `svg` moved to (x, y). */
export function group(svg: Element, name: string, x = 0, y = 0): Element {
  const g = layer(svg, "g", name);
  g.setAttribute("transform", `translate(${x} ${y})`);
  return g;
}
