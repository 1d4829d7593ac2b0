import {range, select} from "d3";
import {layer} from "../../../figures/layer.ts";
import {BAND_MIDDLE, HALF, type Place, type Places, ROW} from "./flowplaces.ts";

export interface WireOptions {
  /** Values run back: the heads are at the other ends. */
  back: boolean;
  /** The way through A and B is there. */
  pair: boolean;
  /** The sum of the two paths is on the way to h. */
  sum: boolean;
}

/** Corners x, y, x, y, … of a line of level and plumb pieces; one that goes on in the other half has no head there. */
type Wire = readonly [path: readonly number[], goesOn?: boolean];

const middle = ({y, rows}: Place): number => y + (rows * ROW) / 2;
const center = ({x, width, span}: Place): number => x + (width * span) / 2;
const end = ({x, width, span}: Place): number => x + width * span;
const bottom = ({y, rows}: Place): number => y + rows * ROW;
const rowsOf = (place: Place): number[] => range(place.rows).map((l) => place.y + (l + 0.5) * ROW);

/** x (back, ∂L/∂x) goes down to A and along the edge to W₀; what they give leaves at the inner edge. */
function leftWires({dx, A, W0}: Places, {pair}: WireOptions): Wire[] {
  const edge = dx.x - 6;
  const weight = middle(W0);
  return [
    [[dx.x, middle(dx), edge, middle(dx), edge, weight, W0.x, weight]],
    [[end(W0), weight, HALF, weight], true],
    ...(pair ? [[[center(dx), bottom(dx), center(dx), A.y - 15]] as Wire] : []),
    ...(pair ? rowsOf(A).map((y): Wire => [[end(A), y, HALF, y], true]) : []),
  ];
}

/** A's rows turn on the diagonal into B's columns; both paths meet below and rise into h. */
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

/** Lines between the parts of a layer with a head where values arrive, and a plus where the two paths meet. */
export function wires(g: Element, side: "left" | "right", where: Places, options: WireOptions) {
  const low = bottom(where.base) + BAND_MIDDLE;
  const all = side === "left" ? leftWires(where, options) : rightWires(where, options, low);
  const plus = side === "right" && options.pair && options.sum ? center(where.up) : undefined;
  const paths = (name: string, each: readonly string[]) =>
    select(layer(g, "g", name))
      .selectChildren("path")
      .data(each)
      .join("path")
      .attr("d", String);
  paths(
    "wire",
    all.map(([path]) => `M${path.join(" ")}`),
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

/** A triangle at the end (x, y) of a level or plumb piece. */
function head(x: number, y: number, fromX: number, fromY: number): string {
  const [dx, dy] = [Math.sign(x - fromX), Math.sign(y - fromY)];
  return `M${x} ${y}l${-6 * dx - 3.5 * dy} ${-6 * dy - 3.5 * dx}l${7 * dy} ${7 * dx}z`;
}
