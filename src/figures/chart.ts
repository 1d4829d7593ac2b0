import {select} from "d3";
import {layer} from "./layer.ts";
import type {Room} from "./room.ts";
import {type Rich, write} from "./text/symbol.ts";

export interface ChartOptions {
  /** Above the picture. */
  label?: Rich;
  /** Width in CSS pixels that a first frame is drawn for: about what the panel gets on a phone, or between phone and desk. */
  nominal: number;
  /** Height in CSS pixels, given the width. A number is the same at every width, and the first frame has it already. */
  height: number | ((width: number) => number);
  /** One sentence for screen readers; without it the picture is hidden from them. */
  alt?: string;
  /** Whether the picture holds something to focus; it is a group then, not an image. */
  interactive?: boolean;
}

export interface Chart {
  /** The group for the marks. It is hidden from screen readers, which would otherwise read an image's texts one by one. */
  g: Element;
  width: number;
  height: number;
}

/**
 * Makes panels before the first of them is measured, where the style sheet lays them out by which there are (`:has`): one that
 * is measured alone has another width.
 */
export function panels(figure: Element, names: readonly string[]) {
  for (const name of names) layer(figure, "div", `panel drawn-here ${name}`);
}

/**
 * One labeled picture of a figure, drawn in CSS pixels for the width that the style sheet gives its panel, so that letters
 * keep their size. `name` is the panel's class. A first frame is drawn for `nominal` and fitted in; its letters are
 * corrected by the style sheet (`--drawn`).
 */
export function chart(
  figure: Element,
  name: string,
  room: Room,
  {label, nominal, height: heightOf, alt, interactive}: ChartOptions,
): Chart {
  const box = layer(figure, "div", `panel drawn-here ${name}`);
  if (label) write(layer(box, "p", "label"), label);
  const seen = room.widthOf(box);
  const width = Math.round(seen || nominal);
  const isFixed = typeof heightOf === "number";
  const height = Math.round(isFixed ? heightOf : heightOf(width));
  const svg = layer(box, "svg", "chart");
  // A slide scales its pictures, heights too.
  const styles = [
    ...(seen ? [] : [`--drawn:${nominal}`]),
    ...(isFixed && room.size !== "slide" ? [`height:${height}px`] : []),
  ];
  select(svg)
    .attr("viewBox", `0 0 ${width} ${height}`)
    .attr("width", width)
    .attr("height", height)
    .attr("style", styles.join(";") || null)
    .attr("role", alt ? (interactive ? "group" : "img") : null)
    .attr("aria-label", alt ?? null)
    .attr("aria-hidden", alt ? null : "true");
  const g = layer(svg, "g", "marks");
  select(g).attr("aria-hidden", interactive ? null : "true");
  return {g, width, height};
}
