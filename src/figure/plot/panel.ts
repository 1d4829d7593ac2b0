import {select} from "d3";
import {layer} from "./layer.ts";
import {rounded} from "./rounded.ts";
import {type Rich, write} from "./text/symbol.ts";

export interface PanelOptions {
  /** Above the picture. */
  label: Rich;
  width: number;
  height: number;
  /** One sentence for screen readers; without it the picture is hidden from them. */
  alt?: string;
  /** Whether the picture holds something to focus; it is a group then, not an image. */
  interactive?: boolean;
}

/**
 * One labeled picture of a figure: an `<svg>` with a fixed viewBox under its label; `name` is its class. The CSS grid of the
 * figure stacks panels on narrow screens; 256 units of width fit a 320 px screen at full size, so text never shrinks.
 * Returns the group for the marks. It is hidden from screen readers, which would otherwise read an image's texts one by one.
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

/** A `<g>` moved to (x, y). */
export function group(svg: Element, name: string, x = 0, y = 0): Element {
  const g = layer(svg, "g", name);
  g.setAttribute("transform", `translate(${rounded(x, 2)} ${rounded(y, 2)})`);
  return g;
}
