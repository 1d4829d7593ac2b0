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
  /** The height is a straight line over the width but for these widths, from which on it is another one; from the least on. */
  bends?: readonly number[];
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

/** A height over a panel's width that is a straight line, and from each bend on another one; the first goes through `from`. */
function lineOf(heightOf: (width: number) => number, from: number, bends: readonly number[]): string {
  // Between bends a line is known by the width it begins with and the next.
  const [starts, apart] = bends.length ? [[bends[0]! - 2, ...bends], 1] : [[from], 100];
  const lines = starts.map((x) => {
    const slope = (heightOf(x + apart) - heightOf(x)) / apart;
    return {slope, at: (width: number) => heightOf(x) + slope * (width - x)};
  });
  const terms = [`${rounded(lines[0]!.at(0))}px + ${rounded(100 * lines[0]!.slope, 3)}cqi`];
  for (const [i, x] of bends.entries()) {
    const [before, after] = [lines[i]!, lines[i + 1]!];
    const [jump, turn] = [after.at(x) - before.at(x), after.slope - before.slope];
    // As steep as a step.
    const step = `clamp(0px, (100cqi - ${x - 0.5}px) * 9999, ${rounded(Math.abs(jump), 2)}px)`;
    if (Math.abs(jump) > 0.01) terms.push(`${jump < 0 ? "-" : "+"} ${step}`);
    if (Math.abs(turn) > 1e-6) terms.push(`+ ${rounded(turn, 5)} * max(0px, 100cqi - ${x}px)`);
  }
  return `calc(${terms.join(" ")})`;
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
  {label, nominal, height: heightOf, isStraight, bends, framed, alt, interactive}: ChartOptions,
): Chart {
  const box = layer(figure, "div", `panel drawn-here ${name}`);
  if (label) write(layer(box, "p", "label"), label);
  const seen = room.widthOf(box);
  const width = Math.round(seen || nominal);
  const exact = typeof heightOf === "number" ? heightOf : heightOf(width);
  const height = Math.round(exact);
  const svg = layer(box, "svg", "chart");
  const isLine = isStraight || bends;
  const line = typeof heightOf === "number" ? `${height}px` : isLine && lineOf(heightOf, nominal, bends ?? []);
  // A slide scales its pictures, heights too. Only a first frame has a style: a strict policy of a host forbids the attribute.
  const named = Object.entries(framed ?? {}).map(([name, height]) => `--${name}-height:${rounded(height, 2)}px`);
  const usual = line && !framed?.wide ? [`${framed ? "--wide-height" : "height"}:${line}`] : [];
  const style = [`--drawn:${nominal}`, ...(room.size === "slide" ? [] : [...usual, ...named])].join(";");
  select(svg)
    // The room it takes is exact, so that it is that of its first frame; what is drawn has whole pixels.
    .attr("viewBox", `0 0 ${width} ${rounded(exact, 2)}`)
    .attr("width", width)
    .attr("height", rounded(exact, 2))
    .attr("style", seen ? null : style)
    .attr("role", alt ? (interactive ? "group" : "img") : null)
    .attr("aria-label", alt ?? null)
    .attr("aria-hidden", alt ? null : "true");
  const g = layer(svg, "g", "marks");
  select(g).attr("aria-hidden", interactive ? null : "true");
  return {g, width, height};
}
