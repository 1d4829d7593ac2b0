import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {attributes, children, join} from "../../../figure/plot/children.ts";
import {dragHandle} from "../../../figure/plot/dragHandle.ts";
import {group} from "../../../figure/plot/group.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {heatmap} from "../../../figure/plot/matrices/heatmap.ts";
import {slices} from "../../../figure/plot/matrices/slices.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {put} from "../../../figure/plot/text/put.ts";
import {type ProductPlan, START, WORDS} from "./plan.ts";

export interface PiecesOptions {
  sheets: readonly Matrix[];
  B: Matrix;
  A: Matrix;
  limit: number;
  /** The first `summed` pieces lie in the sum; the others lie beside it. */
  summed: number;
  /** The highlighted piece, counted from 1; 0 for none. */
  lit: number;
  /** The sum's own field: what is pulled off it is the piece that was laid down last. */
  sum: Element;
  /** How many pieces the sum has after a press on one, or after one was pulled out or dropped back. */
  onSum(summed: number): void;
}

const STRIP = 10;
/** A pointer that has moved less has pressed. */
const PRESS = 4;
/** A piece that was pulled less far falls back to where it was. */
const FAR = 24;

const move = (x: number, y: number): string => `translate(${rounded(x)} ${rounded(y)})`;

/** The outer products b·aᵀ that add up to BA: each has a place with its column of B and its row of A, and lies there or in the sum. */
export function pieces(g: Element, plan: ProductPlan, options: PiecesOptions) {
  const {sheets, summed, sum, onSum} = options;
  join(layer(g, "g", "places"), "g", sheets, {name: "place"}, (box, _, l) => place(box, l, plan, options));
  const all = children(
    layer(g, "g", "flying"),
    "g",
    sheets.map(() => "piece"),
  );
  for (const [l, piece] of all.entries()) {
    const cell = plan.sum.cell;
    heatmap(layer(piece, "g", "map"), sheets[l]!, {
      cellWidth: cell,
      cellHeight: cell,
      limit: options.limit,
    });
    attributes(layer(piece, "rect", "edge"), {
      width: rounded(sheets[l]!.cols * cell),
      height: rounded(sheets[l]!.rows * cell),
    });
    lay(piece, l, plan, summed);
  }
  const pulls = (field: Element, which: () => number | undefined, isPressed: boolean) =>
    dragHandle(field, g, {
      from: which,
      onPull: (l, dx, dy) => lay(all[l]!, l, plan, summed, [dx, dy]),
      onCancel: (l) => lay(all[l]!, l, plan, summed),
      onDrop(l, dx, dy) {
        lay(all[l]!, l, plan, summed);
        const far = Math.hypot(dx, dy);
        if (far > FAR || (isPressed && far < PRESS)) onSum(l < summed ? l : l + 1);
      },
    });
  // A press on the sum traces an entry; a press on a place moves its piece.
  pulls(sum, () => (summed ? summed - 1 : undefined), false);
  for (const [l, field] of g.querySelectorAll(".places > .place > .pull").entries()) pulls(field, () => l, true);
}

/** A piece's name, its column of B, its row of A, and a pale picture of it. */
function place(
  box: Element,
  l: number,
  {places, isRoomy}: ProductPlan,
  {sheets, B, A, limit, summed, lit}: PiecesOptions,
) {
  const {columns, rows, most} = slices(B, A);
  const {x, y, cell} = places[l]!;
  attributes(box, {
    transform: move(x, y),
    "data-lit": l + 1 === lit ? "" : null,
  });
  const name = layer(box, "text", "called");
  attributes(name, {y: 11});
  const where = isRoomy ? (l < summed ? ", in the sum" : ", left out") : "";
  put(name, `piece ${l + 1}${where}`);
  heatmap(group(box, "B", 0, WORDS + START), columns[l]!, {
    cellWidth: STRIP,
    cellHeight: cell,
    limit: most,
  });
  heatmap(group(box, "A", START, WORDS), rows[l]!, {
    cellWidth: cell,
    cellHeight: STRIP,
    limit: most,
  });
  heatmap(group(box, "map", START, WORDS + START), sheets[l]!, {
    cellWidth: cell,
    cellHeight: cell,
    limit,
  });
  const field = layer(box, "rect", "pull");
  attributes(field, {
    width: rounded(START + cell * A.cols),
    height: rounded(WORDS + START + cell * B.rows),
  });
}

/** Lays a piece into the sum, where it is not seen, or into its place; or where a hand has pulled it from there. */
function lay(
  piece: Element,
  l: number,
  {sum, places}: ProductPlan,
  summed: number,
  pulled?: readonly [x: number, y: number],
) {
  const isIn = l < summed;
  const {x, y, cell} = places[l]!;
  const [left, top] = isIn ? [sum.x, sum.y] : [x + START, y + WORDS + START];
  const [dx, dy] = pulled ?? [0, 0];
  attributes(piece, {
    "data-summed": isIn && !pulled ? "" : null,
    "data-held": pulled ? "" : null,
    transform: `${move(left + dx, top + dy)} scale(${isIn ? 1 : rounded(cell / sum.cell, 3)})`,
  });
}
