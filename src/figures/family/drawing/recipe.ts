import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {group} from "../../../figure/plot/panel.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {withText} from "../../../figure/plot/text/put.ts";

export interface RecipePart {
  name: string;
  lines: readonly string[];
  state: "plain" | "lit" | "gone";
}

interface Shape {
  /** Its middle, and half its width and height, as shares of the drawing's. */
  at: readonly [x: number, y: number];
  half: readonly [x: number, y: number];
  /** How far the lower (below 0: the upper) corners are drawn in, as a share of the half width. */
  taper?: number;
}

const [WEIGHT, PAIR] = [0.22, 0.74];

const shapes: Readonly<Record<string, Shape>> = {
  out: {at: [WEIGHT, 0.07], half: [0.215, 0.055]},
  scale: {at: [PAIR, 0.2], half: [0.12, 0.055]},
  B: {at: [PAIR, 0.385], half: [0.25, 0.09], taper: 0.14},
  middle: {at: [PAIR, 0.555], half: [0.185, 0.05]},
  A: {at: [PAIR, 0.725], half: [0.25, 0.09], taper: -0.14},
  base: {at: [WEIGHT, 0.555], half: [0.2, 0.26]},
};

/** From the input at the foot up through both ways to the sum and the output. */
const wires = [
  [
    [WEIGHT, 0.93],
    [WEIGHT, 0.125],
  ],
  [
    [WEIGHT, 0.885],
    [PAIR, 0.885],
    [PAIR, 0.2],
    [WEIGHT, 0.2],
  ],
] as const;

const LINE = 16;

/** One adapted layer. Its parts say what they are; the parts that a work changes are lit. */
export function recipe(svg: Element, parts: readonly RecipePart[], {width, height}: {width: number; height: number}) {
  const [x, y] = [(share: number) => rounded(share * width), (share: number) => rounded(share * height)];
  const isAlone = parts.some(({name, state}) => name === "A" && state === "gone");
  select(group(svg, "wires"))
    .selectChildren<SVGPathElement, (typeof wires)[number]>("path")
    .data(wires.slice(0, isAlone ? 1 : 2))
    .join("path")
    .attr("class", "wire")
    .attr("d", (points) => `M${points.map(([a, b]) => `${x(a)} ${y(b)}`).join("L")}`);
  const sum = layer(svg, "circle", "sum");
  select(sum)
    .attr("cx", x(WEIGHT))
    .attr("cy", y(0.2))
    .attr("r", isAlone ? 0 : 9);
  lines(layer(svg, "g", "plus"), isAlone ? [] : ["+"], x(WEIGHT), y(0.2));
  lines(layer(svg, "g", "input"), ["x"], x(WEIGHT), y(0.965));
  select(group(svg, "parts"))
    .selectChildren<SVGGElement, RecipePart>("g")
    .data(parts)
    .join("g")
    .attr("class", ({name, state}) => `step at-${name} ${state}`)
    .each(function ({name, lines: words, state}) {
      const {at, half, taper = 0} = shapes[name]!;
      const [upper, lower] = [half[0] * (1 - Math.max(-taper, 0)), half[0] * (1 - Math.max(taper, 0))];
      const [top, foot] = [y(at[1] - half[1]), y(at[1] + half[1])];
      select(layer(this, "path", "box")).attr(
        "d",
        `M${x(at[0] - upper)} ${top}H${x(at[0] + upper)}L${x(at[0] + lower)} ${foot}H${x(at[0] - lower)}Z`,
      );
      lines(layer(this, "g", "words"), state === "gone" ? [] : words, x(at[0]), y(at[1]));
    });
}

/** Lines of text around a middle. */
function lines(g: Element, all: readonly string[], x: number, y: number) {
  select(g)
    .selectChildren<SVGTextElement, string>("text")
    .data(all)
    .join("text")
    .attr("x", x)
    .attr("y", (_, i) => rounded(y + LINE * (i - (all.length - 1) / 2)))
    .attr("dy", "0.34em")
    .attr("text-anchor", "middle")
    .each(withText((text) => text));
}
