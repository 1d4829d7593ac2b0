import {range, select} from "d3";
import {layer} from "../../../figures/layer.ts";
import {rounded} from "../../../figures/rounded.ts";
import type {Levels, Place, Places} from "./flowPlaces.ts";

export interface WireOptions {
  /** Whether the values flow backward; arrowheads are at the other ends then. */
  back: boolean;
  /** Whether to draw the path through A and B. */
  pair: boolean;
  /** Whether to draw the sum of both paths into h. */
  sum: boolean;
}

/** Corners x, y, x, y, … of a line of horizontal and vertical pieces; a line that continues in the other half has no head there. */
type Wire = readonly [path: readonly number[], goesOn?: boolean];

const middle = ({y, rows, height}: Place): number => y + (rows * height) / 2;
const center = ({x, width, span}: Place): number => x + (width * span) / 2;
const end = ({x, width, span}: Place): number => x + width * span;
const bottom = ({y, rows, height}: Place): number => y + rows * height;
const rowsOf = ({y, rows, height}: Place): number[] => range(rows).map((l) => y + (l + 0.5) * height);

/** x (backward, ∂L/∂x) runs down to A and along the outer edge to W₀; their outputs leave at the inner edge. */
function leftWires({dx, x, A, W0}: Places, {pair, back}: WireOptions, half: number): Wire[] {
  const input = back ? dx : x;
  const edge = input.x - 6;
  const weight = middle(W0);
  return [
    [[input.x, middle(input), edge, middle(input), edge, weight, W0.x, weight]],
    [[end(W0), weight, half, weight], true],
    ...(pair ? [[[center(input), bottom(input), center(input), A.y - 15]] as Wire] : []),
    ...(pair ? rowsOf(A).map((y): Wire => [[end(A), y, half, y], true]) : []),
  ];
}

/** A's rows turn into B's columns on the diagonal; both paths meet below and rise into h. */
function rightWires({base, down, B, up, h}: Places, {pair, sum}: WireOptions, low: number): Wire[] {
  const level = middle(base);
  const column = (l: number) => down.x + (l + 0.5) * down.width;
  const straight: Wire = [[center(base), bottom(base), center(base), low, center(h), low, center(h), bottom(h)]];
  const turned = rowsOf(down).flatMap((y, l): Wire[] => [
    [[0, y, column(l), y], true],
    [[column(l), y, column(l), B.y]],
  ]);
  const after: Wire[] = [[[end(B), level, up.x, level]], [[center(up), bottom(up), center(up), low - 8]]];
  return [
    [[0, level, base.x, level]],
    ...(sum ? [straight] : []),
    ...(pair ? turned : []),
    ...(pair && sum ? after : []),
  ];
}

/** Lines between the parts of a layer, with an arrowhead where values arrive and a plus where the two paths meet. */
export function wires(g: Element, side: "left" | "right", where: Places, {low, half}: Levels, options: WireOptions) {
  const all = side === "left" ? leftWires(where, options, half) : rightWires(where, options, low);
  const plus = side === "right" && options.pair && options.sum ? center(where.up) : undefined;
  const paths = (name: string, each: readonly string[]) =>
    select(layer(g, "g", name))
      .selectChildren("path")
      .data(each)
      .join("path")
      .attr("d", String);
  paths(
    "wire",
    all.map(([path]) => `M${path.map((place) => rounded(place)).join(" ")}`),
  );
  paths(
    "arrow",
    all
      .filter(([, goesOn]) => !goesOn)
      .map(([path]) => (options.back ? head(path[0], path[1], path[2], path[3]) : head(...ending(path)))),
  );
  paths(
    "plus",
    plus === undefined ? [] : [`M${plus - 8} ${low}a8 8 0 1 0 16 0a8 8 0 1 0-16 0M${plus - 4} ${low}h8m-4-4v8`],
  );
}

const ending = (path: readonly number[]): [number, number, number, number] => {
  const [fromX, fromY, x, y] = path.slice(-4);
  return [x, y, fromX, fromY];
};

/** An arrowhead at the end (x, y) of a horizontal or vertical piece. */
function head(x: number, y: number, fromX: number, fromY: number): string {
  const [dx, dy] = [Math.sign(x - fromX), Math.sign(y - fromY)];
  return `M${rounded(x)} ${rounded(y)}l${-6 * dx - 3.5 * dy} ${-6 * dy - 3.5 * dx}l${7 * dy} ${7 * dx}z`;
}
