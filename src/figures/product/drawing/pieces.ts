/** The outer products that add up to BA, and how they are dragged in and out of the sum. */
import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {attributes, children, join} from "../../../figure/plot/children.ts";
import {dragHandle} from "../../../figure/plot/dragHandle.ts";
import {group} from "../../../figure/plot/group.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {largestAbs} from "../../../figure/plot/matrices/extent.ts";
import {heatmap} from "../../../figure/plot/matrices/heatmap.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {put} from "../../../figure/plot/text/put.ts";
import {type ProductPlan, START, WORDS} from "./plan.ts";

interface PiecesOptions {
  /** The r outer products (d,k), with B (d,r) and A (r,k). */
  pieces: readonly Matrix[];
  B: Matrix;
  A: Matrix;
  /** The color scale of pieces and sum runs from −limit to limit. */
  limit: number;
  /** The first `summed` pieces lie in the sum; the others lie beside it. */
  summed: number;
  /** The highlighted piece, counted from 1; 0 for none. */
  lit: number;
  /** The pressable area of the sum: dragging from it takes out the last piece. */
  sum: Element;
  /** Gets how many pieces the sum has after a press, or after a piece was dragged out or back. */
  onSum(summed: number): void;
}

/** Width of a piece's column of B and height of its row of A. */
const STRIP = 10;
/** A pointer that has moved less than this has pressed. */
const MAX_PRESS = 4;
/** A piece that is dragged less far than this returns to where it was. */
const MIN_DRAG = 24;

const translation = (x: number, y: number): string => `translate(${rounded(x)} ${rounded(y)})`;

/** The columns of B (d,r) as matrices (d,1), the rows of A (r,k) as matrices (1,k), and the largest magnitude in both. */
export function slices(B: Matrix, A: Matrix): {columns: Matrix[]; rows: Matrix[]; most: number} {
  const indices = Array.from({length: B.cols}, (_, l) => l);
  return {
    columns: indices.map((l) => ({
      rows: B.rows,
      cols: 1,
      data: Float64Array.from({length: B.rows}, (_, i) => B.data[i * B.cols + l]),
    })),
    rows: indices.map((l) => ({rows: 1, cols: A.cols, data: A.data.slice(l * A.cols, (l + 1) * A.cols)})),
    most: Math.max(largestAbs(B), largestAbs(A)),
  };
}

/** Draws the outer products b·aᵀ. Each has a place with its column of B and its row of A, and lies either there or in the sum. */
export function drawPieces(g: Element, plan: ProductPlan, options: PiecesOptions) {
  const {pieces, summed, sum, onSum} = options;
  join(layer(g, "g", "places"), "g", pieces, {name: "place"}, (box, _, l) => place(box, l, plan, options));
  const all = children(
    layer(g, "g", "flying"),
    "g",
    pieces.map(() => "piece"),
  );
  for (const [l, piece] of all.entries()) {
    const cell = plan.sum.cell;
    heatmap(layer(piece, "g", "map"), pieces[l]!, {
      cellWidth: cell,
      cellHeight: cell,
      limit: options.limit,
    });
    attributes(layer(piece, "rect", "edge"), {
      width: rounded(pieces[l]!.cols * cell),
      height: rounded(pieces[l]!.rows * cell),
    });
    lay(piece, l, plan, summed);
  }
  const draggable = (field: Element, which: () => number | undefined, isPressed: boolean) =>
    dragHandle(field, g, {
      from: which,
      onPull: (l, dx, dy) => lay(all[l]!, l, plan, summed, [dx, dy]),
      onCancel: (l) => lay(all[l]!, l, plan, summed),
      onDrop(l, dx, dy) {
        lay(all[l]!, l, plan, summed);
        const distance = Math.hypot(dx, dy);
        if (distance > MIN_DRAG || (isPressed && distance < MAX_PRESS)) onSum(l < summed ? l : l + 1);
      },
    });
  // A press on the sum traces an entry; a press on a place moves its piece.
  draggable(sum, () => (summed ? summed - 1 : undefined), false);
  for (const [l, field] of g.querySelectorAll(".places > .place > .pull").entries()) draggable(field, () => l, true);
}

/** A piece's name, its column of B, its row of A, and a pale picture of it. */
function place(
  box: Element,
  l: number,
  {places, isRoomy}: ProductPlan,
  {pieces, B, A, limit, summed, lit}: PiecesOptions,
) {
  const {columns, rows, most} = slices(B, A);
  const {x, y, cell} = places[l]!;
  attributes(box, {
    transform: translation(x, y),
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
  heatmap(group(box, "map", START, WORDS + START), pieces[l]!, {
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

/** Puts a piece into the sum or into its place, moved by the distance that it has been dragged. */
function lay(
  piece: Element,
  l: number,
  {sum, places}: ProductPlan,
  summed: number,
  dragDistance?: readonly [dx: number, dy: number],
) {
  const isIn = l < summed;
  const {x, y, cell} = places[l]!;
  const [left, top] = isIn ? [sum.x, sum.y] : [x + START, y + WORDS + START];
  const [dx, dy] = dragDistance ?? [0, 0];
  attributes(piece, {
    "data-summed": isIn && !dragDistance ? "" : null,
    "data-held": dragDistance ? "" : null,
    transform: `${translation(left + dx, top + dy)} scale(${isIn ? 1 : rounded(cell / sum.cell, 3)})`,
  });
}
