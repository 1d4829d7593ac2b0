import {select} from "d3";
import {axis} from "../../../figure/plot/axes/axis.ts";
import {logarithmic} from "../../../figure/plot/axes/scales.ts";
import {drags} from "../../../figure/plot/drags.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {label} from "../../../figure/plot/text/label.ts";
import {write} from "../../../figure/plot/text/symbol.ts";
import {ENDS} from "./fourNorms.ts";

export interface FaderGroup {
  /** Sets the color: "W0", "dW" or "random". */
  tone: string;
  /** Its name, and a text on it where there is room. */
  name: readonly string[];
  said: string;
  /** Where its knobs are, and where the slate part ends. */
  level: number;
  base: number;
  /** What the level may be, for a group that is turned up. */
  reach?: {low: number; high: number};
}

export interface FaderOptions {
  width: number;
  height: number;
  /** Directions in each group: a fader for each, or for as many as there is room for. */
  count: number;
  /** The norm to which the knobs of the group with a reach were dragged. */
  onDrag(norm: number): void;
  onCancel(): void;
}

const [LEFT, TOP, BELOW] = [36, 4, 40];
/** The least distance between two faders that the eye can count. */
const LEAST = 2.6;

/** Three groups of faders on one logarithmic scale. All faders of a group stand at its norm. */
export function faders(svg: Element, all: readonly FaderGroup[], {width, height, count, ...acts}: FaderOptions) {
  const deep = height - TOP - BELOW;
  const inner = width - LEFT;
  const gap = inner * 0.04;
  const wide = (inner - 2 * gap) / 3;
  const y = logarithmic(ENDS, [deep, 0]);
  const plot = group(svg, "plot", LEFT, TOP);
  axis(group(plot, "y"), [0.01, 0.1, 1, 10], y, {side: "left", across: inner, format: String});
  const drawn = wide / count < LEAST ? count / 4 : count;
  select(group(plot, "each"))
    .selectChildren<SVGGElement, FaderGroup>("g")
    .data(all)
    .join("g")
    .attr("class", "faders")
    .attr("data-tone", ({tone}) => tone)
    .attr("transform", (_, i) => `translate(${rounded(i * (wide + gap))} 0)`)
    .each(function (one) {
      ground(this, {y: -TOP, height: deep + TOP, width: wide});
      bars(this, one, {wide, deep, y, drawn});
      const name = layer(this, "text", "name");
      select(name)
        .attr("x", rounded(wide / 2))
        .attr("y", rounded(deep + 17))
        .attr("text-anchor", "middle");
      write(name, one.name, "tspan");
      label(this, "said", one.said, {x: wide / 2, y: deep + 34, anchor: "middle"});
      if (!one.reach) return;
      const field = layer(this, "rect", "field");
      select(field)
        .attr("y", -TOP)
        .attr("width", rounded(wide))
        .attr("height", rounded(deep + TOP));
      drags(field, this, {onDrag: (_, at) => acts.onDrag(y.invert(at)), onCancel: acts.onCancel});
    });
}

const ground = (g: Element, {y, width, height}: {y: number; width: number; height: number}) =>
  select(layer(g, "rect", "ground"))
    .attr("y", y)
    .attr("width", rounded(width))
    .attr("height", rounded(height))
    .attr("rx", 5);

interface Scaled {
  wide: number;
  deep: number;
  y(value: number): number;
  drawn: number;
}

/** Each fader's way, its slate part and what is added, as one path each; then the knobs. */
function bars(g: Element, {level, base, reach}: FaderGroup, {wide, deep, y, drawn}: Scaled) {
  const step = wide / drawn;
  const isFew = step > 12;
  const places = Array.from({length: drawn}, (_, i) => rounded((i + 0.5) * step));
  const path = (name: string, from: number, to: number, thick: number) =>
    select(layer(g, "path", name))
      .attr("d", from > to ? places.map((x) => `M${x} ${rounded(from)}V${rounded(to)}`).join("") : null)
      .attr("stroke-width", rounded(thick));
  const thick = isFew ? Math.min(step / 5, 9) : step * 0.6;
  path("way", deep, 0, isFew ? 1 : 0);
  path("base", deep, y(Math.min(base, level)), thick);
  path("added", y(base), y(level), thick);
  if (reach) {
    const [high, low] = [y(reach.high), y(Math.max(reach.low, ENDS[0]))];
    select(layer(g, "rect", "reach"))
      .attr("width", rounded(wide))
      .attr("y", rounded(high))
      .attr("height", rounded(low - high));
    select(layer(g, "line", "silent"))
      .attr("x2", rounded(wide))
      .attr("y1", rounded(y(base)))
      .attr("y2", rounded(y(base)));
  }
  const knob = isFew ? Math.min(step * 0.5, 26) : wide;
  const at = rounded(y(level) - 5);
  const xs = isFew ? places.map((x) => x - knob / 2) : [0];
  select(layer(g, "path", "knobs")).attr(
    "d",
    xs.map((x) => `M${rounded(x)} ${at}h${rounded(knob)}v10h${rounded(-knob)}z`).join(""),
  );
}
