import {range, select} from "d3";
import {BAND_MIDDLE, HALF, type Place, type Places, ROW} from "./flowplaces.ts";
import {layer} from "./layer.ts";

export interface WireOptions {
  r: number;
  /** Values run back: the heads are at the other ends. */
  back: boolean;
  /** The way through A and B is there. */
  pair: boolean;
  /** The sum of the two paths is on the way to h. */
  sum: boolean;
}

type Point = readonly [x: number, y: number];

interface Wire {
  points: readonly Point[];
  /** Without a head it goes on in the other half. */
  head: boolean;
}

const middle = ({y, rows}: Place): number => y + (rows * ROW) / 2;
const center = ({x, width, span}: Place): number => x + (width * span) / 2;
const bottom = ({y, rows}: Place): number => y + rows * ROW;

/** x (back, ∂L/∂x) goes down to A and along the edge to W₀; what they give leaves at the inner edge. */
function leftWires({dx: x, A, W0}: Places, {pair}: WireOptions): Wire[] {
  const edge = x.x - 6;
  const end = (one: Place) => one.x + one.width * one.span;
  const through: Wire = {
    points: [
      [x.x, middle(x)],
      [edge, middle(x)],
      [edge, middle(W0)],
      [W0.x, middle(W0)],
    ],
    head: true,
  };
  const out: Wire = {
    points: [
      [end(W0), middle(W0)],
      [HALF, middle(W0)],
    ],
    head: false,
  };
  if (!pair) return [through, out];
  const toA: Wire = {
    points: [
      [center(x), bottom(x)],
      [center(x), A.y - 15],
    ],
    head: true,
  };
  const rows = range(A.rows).map((l): Wire => {
    const y = A.y + (l + 0.5) * ROW;
    return {
      points: [
        [end(A), y],
        [HALF, y],
      ],
      head: false,
    };
  });
  return [through, out, toA, ...rows];
}

/** A's rows turn on the diagonal into B's columns; both paths meet below and rise into h. */
function rightWires({base, down, B, up, h}: Places, {pair, sum}: WireOptions, low: number): Wire[] {
  const into: Wire = {
    points: [
      [0, middle(base)],
      [base.x, middle(base)],
    ],
    head: true,
  };
  const plus = center(up);
  const straight: Wire = {
    points: [
      [center(base), bottom(base)],
      [center(base), low],
      [center(h), low],
      [center(h), bottom(h)],
    ],
    head: true,
  };
  const turned = range(down.rows).flatMap((l): Wire[] => {
    const [x, y] = [down.x + (l + 0.5) * down.width, down.y + (l + 0.5) * ROW];
    return [
      {
        points: [
          [0, y],
          [x, y],
        ],
        head: false,
      },
      {
        points: [
          [x, y],
          [x, B.y],
        ],
        head: true,
      },
    ];
  });
  const after: Wire[] = [
    {
      points: [
        [B.x + B.width * B.span, middle(B)],
        [up.x, middle(B)],
      ],
      head: true,
    },
    {
      points: [
        [plus, bottom(up)],
        [plus, low - 8],
      ],
      head: true,
    },
  ];
  return [into, ...(sum ? [straight] : []), ...(pair ? turned : []), ...(pair && sum ? after : [])];
}

/** Lines between the parts of a layer with a head where values arrive, and a plus where the two paths meet. */
export function wires(g: Element, side: "left" | "right", where: Places, options: WireOptions) {
  const low = bottom(where.base) + BAND_MIDDLE;
  const all = side === "left" ? leftWires(where, options) : rightWires(where, options, low);
  select(g)
    .selectChildren<SVGPathElement, Wire>("path.wire")
    .data(all)
    .join((enter) => enter.insert("path", "g"))
    .attr("class", "wire")
    .attr("d", ({points}) => `M${points.map((point) => point.join(" ")).join("L")}`);
  select(layer(g, "g", "heads"))
    .selectChildren<SVGPathElement, Wire>("path")
    .data(all.filter(({head}) => head))
    .join("path")
    .attr("class", "arrow")
    .attr("d", ({points}) => {
      const path = options.back ? [...points].reverse() : points;
      return head(path.at(-2)!, path.at(-1)!);
    });
  const plus = side === "right" && options.pair && options.sum ? [center(where.up)] : [];
  select(layer(g, "g", "sums"))
    .selectChildren<SVGPathElement, number>("path")
    .data(plus)
    .join("path")
    .attr("class", "plus")
    .attr("d", (x) => `M${x - 8} ${low}a8 8 0 1 0 16 0a8 8 0 1 0-16 0M${x - 4} ${low}h8M${x} ${low - 4}v8`);
}

/** A triangle that ends at the second of two points on a level or plumb line. */
function head([fromX, fromY]: Point, [x, y]: Point): string {
  const [dx, dy] = [Math.sign(x - fromX), Math.sign(y - fromY)];
  const [backX, backY] = [x - 6 * dx, y - 6 * dy];
  return `M${x} ${y}L${backX - 3.5 * dy} ${backY - 3.5 * dx}L${backX + 3.5 * dy} ${backY + 3.5 * dx}z`;
}
