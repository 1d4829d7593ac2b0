/** What the methods add to a block: B and A, prefix positions, biases, adapter layers. */
import {rounded} from "../../../figure/plot/rounded.ts";
import {APART, BETWEEN, type PlanPart, THICK} from "./parts.ts";
import {type BlockPlan, GATE, PREFIX, type Square, TEXT} from "./plan.ts";

/** The columns of B at the left edge and the rows of A at the top edge; merged, they have moved into the square. */
export function factorStrips({x, y, size}: Square, rank: number, isMerged = false): PlanPart[] {
  const at = (i: number) => size * (APART + THICK + i * (THICK + BETWEEN));
  return Array.from({length: rank}, (_, i) => [
    {
      name: "thread B",
      x: x - at(i),
      y,
      width: size * THICK,
      height: size,
      moved: [isMerged ? 0.7 * size : 0, 0] as const,
    },
    {
      name: "thread A",
      x,
      y: y - at(i),
      width: size,
      height: size * THICK,
      moved: [0, isMerged ? 0.7 * size : 0] as const,
    },
  ]).flat();
}

/**
 * The cells of the attention weights: a triangle, since a token attends to itself and to those before it, each as opaque as its
 * weight. A prefix comes before all tokens, so it adds rows above and columns at the left.
 */
export function cellsOf(
  {x, y, size}: Square,
  attention: readonly (readonly number[])[],
  hasPrefix: boolean,
): PlanPart[] {
  const side = size / TEXT;
  const added = hasPrefix ? PREFIX : 0;
  const count = TEXT + added;
  return Array.from({length: count * count}, (_, n) => {
    const [row, column] = [Math.floor(n / count) - added, (n % count) - added];
    const isLit = column <= row;
    const isAdded = isLit && Math.min(row, column) < 0;
    return {
      name: isAdded ? "cell added" : isLit ? "cell lit" : "cell",
      ...{x: x + column * side + 0.5, y: y + row * side + 0.5, width: side - 1, height: side - 1},
      ...(isLit && !isAdded && {strength: Math.max(attention[row]![column]!, 0.08)}),
    };
  });
}

/** The area of the attention weights with a prefix. */
export function attendedArea({x, y, size}: Square): PlanPart {
  const [more, all] = [(PREFIX * size) / TEXT, ((PREFIX + TEXT) * size) / TEXT];
  return {name: "ground", x: x - more, y: y - more, width: all, height: all};
}

/** The positions of the input, and a prefix's positions before them. */
export function tokenSquares({tokens: [x, y, step]}: BlockPlan, hasPrefix: boolean): PlanPart[] {
  const side = 0.78 * step;
  return Array.from({length: PREFIX + TEXT}, (_, i) => i)
    .slice(hasPrefix ? 0 : PREFIX)
    .map((i) => ({
      name: i < PREFIX ? "token added" : "token",
      x: x + i * step,
      y,
      width: side,
      height: side,
    }));
}

/** A thin bar for the bias of every matrix, at the edge where its output leaves. */
export const biasBars = (squares: readonly Square[]): PlanPart[] =>
  squares.map(({x, y, size, out}) => {
    const thick = Math.max(0.09 * size, 4);
    return out === "right"
      ? {name: "sliver", x: x + size - thick, y, width: thick, height: size}
      : {name: "sliver", x, y: y + size - thick, width: size, height: thick};
  });

/** The path of the adapter layers before each sum, narrow in the middle like their hidden layer. */
export function adapterLayerPath({gates, isUpright, width}: BlockPlan): string {
  const f = width / (isUpright ? 660 : 311);
  const [along, across] = GATE[isUpright ? "wide" : "tall"].map((length) => length * f) as [number, number];
  const point = (x: number, y: number, [a, b]: readonly [number, number]) =>
    isUpright ? `${rounded(x + b)} ${rounded(y + a)}` : `${rounded(x + a)} ${rounded(y + b)}`;
  const wing = (x: number, y: number, way: 1 | -1) => {
    const corners = [
      [along * way, -across],
      [along * way, across],
      [3 * way, 0.32 * across],
      [3 * way, -0.32 * across],
    ] as const;
    return `M${corners.map((corner) => point(x, y, corner)).join("L")}z`;
  };
  return gates.map(([x, y]) => wing(x, y, 1) + wing(x, y, -1)).join("");
}
