import {select} from "d3";
import {spreadLabels} from "../../../figures/axes/spreadLabels.ts";
import {layer} from "../../../figures/layer.ts";
import {group} from "../../../figures/panel.ts";
import {rounded} from "../../../figures/rounded.ts";
import {label} from "../../../figures/text/label.ts";
import {withText} from "../../../figures/text/put.ts";
import {textWidth} from "../../../figures/text/textWidth.ts";

/** A best rate on the strip. */
export interface Best {
  /** Class. */
  name: string;
  text: string;
  x: number;
}

export interface BestsOptions {
  width: number;
  /** From one mark to another, with words over the way. */
  from: number;
  to: number;
  ratio: string;
  /** How far up the lowest points of the two bowls begin to be pointed at. */
  above: number;
}

/** From the middle of one word to that of the next, as so many lines of text. */
const APART = 2.2;

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Where the words go so that none overlaps: in the marks' order, and as far to the left of them as to the right. */
export function spread(xs: readonly number[], width: number): number[] {
  const places = spreadLabels(
    xs.map((x) => x / APART),
    width / APART,
  ).map((x) => x * APART);
  const back = Math.min(mean(xs) - mean(places), width - Math.max(...places));
  return places.map((place) => place + back);
}

/** Marks at the best rates, each with its word below, and how far apart two of them are. */
export function bests(g: Element, all: readonly Best[], {width, from, to, above, ratio}: BestsOptions) {
  select(layer(g, "path", "rail")).attr("d", `M0,0H${rounded(width)}`);
  for (const [name, x] of [
    ["bowl-full", from],
    ["bowl-lora", to],
  ] as const)
    select(layer(g, "path", `drop ${name}`)).attr("d", `M${rounded(x)},${-above}V0`);
  select(layer(g, "path", "way")).attr("d", `M${rounded(from)},0H${rounded(to)}`);
  select(group(g, "marks"))
    .selectChildren<SVGCircleElement, Best>("circle")
    .data(all)
    .join("circle")
    .attr("class", ({name}) => name)
    .attr("cx", ({x}) => rounded(x))
    .attr("cy", 0)
    .attr("r", ({name}) => (name === "bowl-other" ? 4 : 5.5));
  const places = spread(
    all.map(({x}) => x),
    width,
  );
  select(group(g, "words"))
    .selectChildren<SVGTextElement, Best>("text")
    .data(all)
    .join("text")
    .attr("class", ({name}) => `name ${name}`)
    .attr("x", (_, i) => rounded(places[i]!))
    .attr("y", 21)
    .attr("text-anchor", "middle")
    .each(withText(({text}) => text));
  const half = textWidth(ratio) / 2;
  const middle = Math.min(Math.max((from + to) / 2, half), width - half);
  label(g, "ratio", ratio, {x: middle, y: -10, anchor: "middle"});
}
