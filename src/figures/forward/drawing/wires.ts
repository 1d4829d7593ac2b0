import {select} from "d3";
import {layer} from "../../../figure/plot/layer.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import type {FlowMargins, FlowPlace, Places} from "./flowPlaces.ts";

export interface WireOptions {
  /** Whether the values flow backward; arrowheads are at the other ends then. */
  back: boolean;
  /** Whether to draw the way through A and B. */
  adapter: boolean;
  /** Whether to draw the sum of both ways into h. */
  sum: boolean;
}

/**
 * A piece of a way: whose it is, with `beside` or `below` if it is seen only where the halves stand so; its corners x, y, x, y, …;
 * and the end that lies on the edge of its half, where it goes on in the other.
 */
type Wire = readonly [name: string, path: readonly number[], open?: "start" | "end"];

const middle = ({y, rows, height}: FlowPlace): number => y + (rows * height) / 2;
const center = ({x, width, cols}: FlowPlace): number => x + (width * cols) / 2;
const end = ({x, width, cols}: FlowPlace): number => x + width * cols;
const bottom = ({y, rows, height}: FlowPlace): number => y + rows * height;

/** x goes down into W₀, and out of this half on its way to A; W₀x leaves toward h. */
function leftWires({dx, x, W0, base}: Places, {adapter, sum, back}: WireOptions, on: FlowMargins): Wire[] {
  const input = back ? dx : x;
  const [level, out] = [middle(input), center(base)];
  const turn = (end(x) + on.half) / 2;
  return [
    ["frozen", [center(input), bottom(input), center(input), W0.y]],
    ["frozen", [end(W0), middle(W0), base.x, middle(base)]],
    ...(sum
      ? ([
          ["frozen beside", [out, bottom(base), out, on.low, on.half, on.low], "end"],
          ["frozen below", [out, bottom(base), out, on.height], "end"],
        ] as const)
      : []),
    ...(adapter
      ? ([
          ["pair beside", [end(input), level, turn, level, turn, middle(x), on.half, middle(x)], "end"],
          ["pair below", [input.x, level, on.margin, level, on.margin, on.height], "end"],
        ] as const)
      : []),
  ];
}

/** x arrives at A, its replies go through B, and what B makes of them meets W₀x at the plus sign. */
function rightWires({x, base, A, down, B, up, h}: Places, {adapter, sum}: WireOptions, on: FlowMargins): Wire[] {
  const [reply, level] = [center(down), middle(h)];
  const gap = adapter ? 9 : 0;
  const unit = on.half / 311;
  const turn = B.y - 24 * unit;
  const last = adapter ? [] : [on.plus, level, h.x, level];
  const frozen = [
    ["frozen beside", [0, on.low, on.plus, on.low, on.plus, level + gap, ...last], "start"],
    [
      "frozen below",
      [center(base), 30 * unit, center(base), turn, on.plus, turn, on.plus, level - gap, ...last],
      "start",
    ],
  ] as const;
  const through = [
    ["pair beside", [0, middle(x), on.stem, middle(x), on.stem, A.y], "start"],
    ["pair below", [on.margin, 0, on.margin, middle(A), A.x, middle(A)], "start"],
    ["pair", [reply, bottom(A), reply, down.y]],
    ["pair", [reply, bottom(down), reply, B.y]],
    ["pair", [end(B), level, up.x, level]],
  ] as const;
  const sums = [
    ["pair", [end(up), level, on.plus - gap, level]],
    ["sum", [on.plus + gap, level, h.x, level]],
  ] as const;
  return [...(sum ? frozen : []), ...(adapter ? through : []), ...(adapter && sum ? sums : [])];
}

/** The two ways of x: past each other, each in its color, with an arrowhead where values arrive, to a plus where they meet. */
export function wires(g: Element, side: "left" | "right", where: Places, on: FlowMargins, options: WireOptions) {
  const all = side === "left" ? leftWires(where, options, on) : rightWires(where, options, on);
  select(layer(g, "g", "wire"))
    .selectChildren<SVGPathElement, Wire>("path")
    .data(all)
    .join("path")
    .attr("class", ([name]) => name)
    .attr(
      "d",
      ([, path, open]) => `M${path.map((place) => rounded(place)).join(" ")}${headOf(path, options.back, open)}`,
    );
  const plus = side === "right" && options.adapter && options.sum ? [[on.plus, middle(where.h)]] : [];
  select(layer(g, "g", "plus"))
    .selectChildren("path")
    .data(plus)
    .join("path")
    .attr("d", ([x, y]) => `M${rounded(x - 9)} ${rounded(y)}a9 9 0 1 0 18 0a9 9 0 1 0-18 0m4 0h10m-5-5v10`);
}

/** Two strokes of an arrowhead where values arrive, if that is in this half. */
function headOf(path: readonly number[], back: boolean, open?: "start" | "end"): string {
  if (open === (back ? "start" : "end")) return "";
  const [fromX, fromY, x, y] = back ? [path[2], path[3], path[0], path[1]] : path.slice(-4);
  const [dx, dy] = [Math.sign(x - fromX), Math.sign(y - fromY)];
  return dx
    ? `M${rounded(x - 8 * dx)} ${rounded(y - 6)}l${7 * dx} 6l${-7 * dx} 6`
    : `M${rounded(x - 6)} ${rounded(y - 8 * dy)}l6 ${7 * dy}l6 ${-7 * dy}`;
}
