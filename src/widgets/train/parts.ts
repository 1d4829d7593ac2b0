import type {Matrix} from "../../engine/linalg/matrix.ts";
import {layer} from "../../figures/layer.ts";
import {termsOf} from "../../figures/matrices/entryTerms.ts";
import {extent} from "../../figures/matrices/extent.ts";
import {heatmap} from "../../figures/matrices/heatmap.ts";
import {outline, pick} from "../../figures/matrices/pick.ts";
import {group, panel} from "../../figures/panel.ts";
import {fixed, significant} from "../../figures/text/format.ts";
import {type Rich, write} from "../../figures/text/symbol.ts";
import {sign} from "../../shell/signs.ts";
import type {TrainResult} from "./see.ts";
import type {TrainParams} from "./settings.ts";

/** Edge of a matrix that stands beside ΔW: no text in it shrinks, as it holds none. */
const SQUARE = 192;

export const largest = ({data}: Matrix): number => data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

export interface Beside {
  /** The traced entry, counted from 1; zeros trace nothing. */
  row: number;
  column: number;
  limit: number;
  onPoint(at: {row: number; column: number}): void;
}

/** A matrix of ΔW's shape on ΔW's scale; the traced entry is lit in it too. */
export function square(
  maps: Element,
  name: string,
  m: Matrix,
  label: Rich,
  alt: string,
  {row, column, limit, onPoint}: Beside,
) {
  const cell = SQUARE / m.cols;
  const svg = panel(maps, name, {label, width: SQUARE, height: cell * m.rows, alt: `${alt}: ${extent(m)}`});
  const cells = {rows: m.rows, cols: m.cols, cellWidth: cell, cellHeight: cell};
  heatmap(group(svg, "map"), m, {...cells, limit});
  outline(group(svg, "trace"), row && column ? [{row, column, rows: 1, cols: 1}] : [], cell, cell);
  pick(group(svg, "picker"), {...cells, onPoint: (i, j) => onPoint({row: i, column: j})});
}

/** The traced entry of ΔW: its sum in BA, as it is printed below, times α/r. */
export function scaledEntry(picture: Element, {lora, star}: TrainResult, {row, column, alpha, r}: TrainParams) {
  const line = layer(picture, "p", "entry");
  if (!row || !column) return write(line, []);
  const place = `[${row},${column}]`;
  const exact = termsOf(lora.B, lora.A, row, column).reduce((sum, {b, a}) => sum + b * a, 0);
  const product = Math.round(exact * 1e4) / 1e4;
  const due = star.data[(row - 1) * star.cols + column - 1];
  write(line, [
    {...sign.dW, text: `ΔW${place}`},
    " = (",
    sign.alpha,
    "/",
    sign.r,
    ") ",
    {...sign.BA, text: `BA${place}`},
    ` = ${significant(alpha / r, 3)} × ${fixed(product, 4)} ≈ ${fixed((alpha / r) * product, 2)}; planted was `,
    {...sign.dW, text: `ΔW*${place}`},
    ` = ${fixed(due, 2)}.`,
  ]);
}
