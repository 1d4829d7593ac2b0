import {select} from "d3";
import {layer} from "./layer.ts";
import type {Room} from "./room.ts";
import {rounded} from "./rounded.ts";
import {type Rich, write} from "./text/symbol.ts";

export interface ChartOptions {
  /** Above the picture. */
  label?: Rich;
  /** Width in CSS pixels that a first frame is drawn for: about what the panel gets on a phone, or between phone and desk. */
  nominal: number;
  /** Height in CSS pixels, given the width. A number is the same at every width, and the first frame has it already. */
  height: number | ((width: number) => number);
  /** The height is level over the width, as that of rows, or another straight line: the first frame takes it off that line. */
  isStraight?: boolean;
  /**
   * Heights of a first frame where its room decides on them, which card.css asks for by name: of a card on a phone, in a narrow
   * column, and elsewhere; there it has its straight line if none is given.
   */
  framed?: Readonly<Partial<Record<"narrow" | "column" | "wide", number>>>;
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

/** The straight line of a height over a panel's width, from two of its points on. */
function lineOf(heightOf: (width: number) => number, from: number): string {
  const slope = (heightOf(from + 100) - heightOf(from)) / 100;
  return `calc(${rounded(heightOf(from) - slope * from)}px + ${rounded(100 * slope, 3)}cqi)`;
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
  {label, nominal, height: heightOf, isStraight, framed, alt, interactive}: ChartOptions,
): Chart {
  const box = layer(figure, "div", `panel drawn-here ${name}`);
  if (label) write(layer(box, "p", "label"), label);
  const seen = room.widthOf(box);
  const width = Math.round(seen || nominal);
  const height = Math.round(typeof heightOf === "number" ? heightOf : heightOf(width));
  const svg = layer(box, "svg", "chart");
  const line = typeof heightOf === "number" ? `${height}px` : isStraight && lineOf(heightOf, nominal);
  // A slide scales its pictures, heights too. Only a first frame has a style: a strict policy of a host forbids the attribute.
  const named = Object.entries(framed ?? {}).map(([name, height]) => `--${name}-height:${Math.round(height)}px`);
  const usual = line && !framed?.wide ? [`${framed ? "--wide-height" : "height"}:${line}`] : [];
  const style = [`--drawn:${nominal}`, ...(room.size === "slide" ? [] : [...usual, ...named])].join(";");
  select(svg)
    .attr("viewBox", `0 0 ${width} ${height}`)
    .attr("width", width)
    .attr("height", height)
    .attr("style", seen ? null : style)
    .attr("role", alt ? (interactive ? "group" : "img") : null)
    .attr("aria-label", alt ?? null)
    .attr("aria-hidden", alt ? null : "true");
  const g = layer(svg, "g", "marks");
  select(g).attr("aria-hidden", interactive ? null : "true");
  return {g, width, height};
}
