/** A matrix drawn as cells of four strengths, by the sizes of its entries without their signs. */
import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {attributes, join} from "../../../figure/plot/children.ts";
import {rounded} from "../../../figure/plot/rounded.ts";

/** How many strengths there are. */
const LEVELS = 4;

/** Draws the cells, each `cellWidth` by `cellHeight` units. Neighbors of one strength in a row are one rectangle. */
export function mosaic(g: Element, {rows, cols, data}: Matrix, cellWidth: number, cellHeight: number) {
  const most = data.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0) || 1;
  // By the root of its size, because most entries are far smaller than the largest.
  const levelOf = (x: number) => Math.min(Math.floor(LEVELS * Math.sqrt(Math.abs(x) / most)), LEVELS - 1);
  const paths = Array.from({length: LEVELS}, () => "");
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < cols; ) {
      const level = levelOf(data[i * cols + j]!);
      let end = j + 1;
      while (end < cols && levelOf(data[i * cols + end]!) === level) end++;
      paths[level] += `M${j} ${i}h${end - j}v1H${j}z`;
      j = end;
    }
  const transform = `scale(${rounded(cellWidth, 3)} ${rounded(cellHeight, 3)})`;
  join(g, "path", paths, {name: (_, level) => `level-${level}`}, (path, d) =>
    attributes(path, {d: d || null, transform: d ? transform : null}),
  );
}
