import {select} from "d3";
import type {Scale} from "../../../figure/plot/axes/scales.ts";
import {threshold} from "../../../figure/plot/axes/threshold.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";

/** The plot of a dot plot. */
export interface Plot {
  plot: Element;
  width: number;
  height: number;
  x: Scale;
}

export interface GuessOptions {
  ends: readonly [number, number];
  /** Steps between the ends of the scale. */
  steps: number;
  /** Place of the line across all rows; without it the line is hidden. */
  at?: number;
  /** Called when the line is moved; without it the line is fixed. */
  onMove?(value: number): void;
}

/** A movable line across all rows. */
export function guessLine({plot, width, height}: Plot, {ends: [low, high], steps, at, onMove}: GuessOptions) {
  const handle = group(plot, "handle");
  threshold(handle, at === undefined ? 0 : ((at - low) / (high - low)) * steps, {
    width,
    height,
    steps,
    // Without the rounding error of float64: 3 + 35 tenths is 6.5.
    onMove: (step) => onMove?.(Number((low + (step / steps) * (high - low)).toPrecision(12))),
  });
  select(handle)
    .attr("visibility", at === undefined ? "hidden" : null)
    .attr("pointer-events", onMove ? null : "none");
}

/** From the guess to each row's own place: nothing where the row has none, or the guess is inside. */
export function guessGaps({plot, x}: Plot, rows: readonly {from?: number; to?: number}[], guess: number | undefined) {
  select(plot)
    .selectAll<SVGGElement, unknown>(".plot-row")
    .each(function (_, i) {
      const {from, to = from} = rows[i]!;
      const middle = Number(select(this).select(".name").attr("y"));
      const near =
        guess === undefined || from === undefined ? undefined : guess < from ? from : guess > to! ? to : guess;
      const isApart = near !== undefined && near !== guess;
      const [a, b] = isApart ? [rounded(x(near)), rounded(x(guess!))] : [0, 0];
      select(group(this, "gap"))
        .selectChildren<SVGPathElement, string>("path")
        .data([isApart ? `M${a} ${middle - 5}v10M${a} ${middle}H${b}` : ""])
        .join("path")
        .attr("class", "bracket")
        .attr("d", (d) => d);
    });
}
/** A circle in front of each name that can be chosen; the style sheet fills the chosen row's circle. */
export function radios({plot}: Plot, rows: readonly {strategy?: string}[], room: number) {
  select(plot)
    .selectAll<SVGGElement, unknown>(".plot-row")
    .each(function (_, i) {
      if (!rows[i]!.strategy) return;
      const name = select(this).select(".name");
      const x = Number(name.attr("x"));
      name.attr("x", x + room);
      select(layer(this, "circle", "radio"))
        .attr("cx", x + 6)
        .attr("cy", name.attr("y"))
        .attr("r", 5);
    });
}
