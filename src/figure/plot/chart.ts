import {select} from "d3";
import {layer} from "./layer.ts";
import type {Room} from "./room.ts";
import {rounded} from "./rounded.ts";
import {type Rich, write} from "./text/symbol.ts";

export interface ChartOptions {
  /** Above the picture. */
  label?: Rich;
  /** Width in CSS pixels for which a first frame is drawn: about the panel's on a phone, or one between phone and desktop. */
  nominal: number;
  /** Height in CSS pixels, given the width. A number is the same at every width, and the first frame has it already. */
  height: number | ((width: number) => number);
  /** The height is constant or a straight line over the width, so the first frame's CSS can compute it. */
  isStraight?: boolean;
  /** Widths, ascending, at which the height changes from one straight line over the width to another. */
  bends?: readonly number[];
  /**
   * Heights of a first frame that depend on where it is: on a phone, in a narrow column, elsewhere. card.css chooses among
   * them. Without `wide`, the height elsewhere is the straight line's.
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
 * Makes all panels before the first is measured, where the style sheet's layout depends on which panels there are (`:has`):
 * measured alone, a panel has another width.
 */
export function panels(figure: Element, names: readonly string[]) {
  for (const name of names) layer(figure, "div", `panel drawn-here ${name}`);
}

/** The height as a CSS `calc()` of the panel's width: a straight line through the height at `from`, or several with `bends`. */
function lineOf(heightOf: (width: number) => number, from: number, bends: readonly number[]): string {
  // Each line is found from two heights: at the width where it begins, and `apart` pixels further.
  const [starts, apart] = bends.length ? [[bends[0]! - 2, ...bends], 1] : [[from], 100];
  const lines = starts.map((x) => {
    const slope = (heightOf(x + apart) - heightOf(x)) / apart;
    return {slope, at: (width: number) => heightOf(x) + slope * (width - x)};
  });
  const terms = [`${rounded(lines[0]!.at(0))}px + ${rounded(100 * lines[0]!.slope, 3)}cqi`];
  for (const [i, x] of bends.entries()) {
    const [before, after] = [lines[i]!, lines[i + 1]!];
    const [jump, turn] = [after.at(x) - before.at(x), after.slope - before.slope];
    // Steep enough to be a step.
    const step = `clamp(0px, (100cqi - ${x - 0.5}px) * 9999, ${rounded(Math.abs(jump), 2)}px)`;
    if (Math.abs(jump) > 0.01) terms.push(`${jump < 0 ? "-" : "+"} ${step}`);
    if (Math.abs(turn) > 1e-6) terms.push(`+ ${rounded(turn, 5)} * max(0px, 100cqi - ${x}px)`);
  }
  return `calc(${terms.join(" ")})`;
}

/**
 * One labeled picture of a figure, drawn in CSS pixels for the width that the style sheet gives its panel, so that letters
 * keep their size. `name` is the panel's class. A first frame is drawn for `nominal` and scaled to the panel; the style
 * sheet corrects the size of its letters (`--drawn`).
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
  // A slide scales its pictures, heights too. Only first frames get a style: a host's strict policy forbids the attribute.
  const named = Object.entries(framed ?? {}).map(([name, height]) => `--${name}-height:${rounded(height, 2)}px`);
  const usual = line && !framed?.wide ? [`${framed ? "--wide-height" : "height"}:${line}`] : [];
  const style = [`--drawn:${nominal}`, ...(room.size === "slide" ? [] : [...usual, ...named])].join(";");
  select(svg)
    // The exact height, so that the panel is as high as its first frame was; the drawing uses whole pixels.
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
