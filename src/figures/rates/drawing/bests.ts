import {select} from "d3";
import {spreadLabels} from "../../../figure/plot/axes/spreadLabels.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {withText} from "../../../figure/plot/text/put.ts";

/** A best rate on the strip. */
export interface BestMark {
  /** Class. */
  name: string;
  text: string;
  x: number;
}

export interface BestsOptions {
  width: number;
  /** The places of full fine-tuning's best rate and of the chosen rank's. */
  from: number;
  to: number;
  ratio: string;
  /** How far up the plot ends. */
  above: number;
}

/** From the middle of one word to the middle of the next, in lines of text. */
const APART = 2.2;

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Where the words go so that none overlaps: in the marks' order, and as far to the left of them as to the right. */
export function spreadNames(xs: readonly number[], width: number): number[] {
  const places = spreadLabels(
    xs.map((x) => x / APART),
    width / APART,
  ).map((x) => x * APART);
  const back = Math.min(mean(xs) - mean(places), width - Math.max(...places));
  return places.map((place) => place + back);
}

/** Each mark's word in its place, above the line or below it. */
function words(g: Element, name: string, all: readonly BestMark[], width: number, y: number) {
  const places = spreadNames(
    all.map(({x}) => x),
    width,
  );
  select(group(g, name))
    .selectChildren<SVGTextElement, BestMark>("text")
    .data(all)
    .join("text")
    .attr("class", ({name}) => `name ${name}`)
    .attr("x", (_, i) => rounded(places[i]!))
    .attr("y", y)
    .attr("text-anchor", "middle")
    .each(withText(({text}) => text));
}

/**
 * The best rates on a line: each rank's with its word above, full fine-tuning's with its word below, and how far the chosen
 * rank's is from that. Strokes under the plot stand over these two.
 */
export function bests(g: Element, ranks: readonly BestMark[], {width, from, to, above, ratio}: BestsOptions) {
  select(layer(g, "path", "rail")).attr("d", `M0,0H${rounded(width)}`);
  const full = {name: "bowl-full", text: "full", x: from};
  for (const [name, x] of [
    ["bowl-full", from],
    ["bowl-lora", to],
  ] as const)
    select(layer(g, "path", `drop ${name}`)).attr("d", `M${rounded(x)},${-above}v6`);
  select(layer(g, "path", "way")).attr("d", `M${rounded(from)},0H${rounded(to)}`);
  const others = ranks.filter(({name}) => name === "bowl-other");
  // The open marks are larger: they are seen around one that lies on them.
  select(group(g, "marks"))
    .selectChildren<SVGCircleElement, BestMark>("circle")
    .data([...others, full, ...ranks.filter(({name}) => name === "bowl-lora")])
    .join("circle")
    .attr("class", ({name}) => name)
    .attr("cx", ({x}) => rounded(x))
    .attr("cy", 0)
    .attr("r", ({name}) => (name === "bowl-other" ? 6.5 : name === "bowl-full" ? 4 : 5.5));
  words(g, "words", ranks, width, -12);
  words(g, "below", [full, {name: "ratio", text: ratio, x: (from + to) / 2}], width, 21);
}
