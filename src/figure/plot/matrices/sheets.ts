import {select} from "d3";
import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {group, panel} from "../panel.ts";
import {heatmap} from "./heatmap.ts";
import {slices} from "./slices.ts";

export interface SheetsOptions {
  B: Matrix;
  A: Matrix;
  limit: number;
  /** The first `summed` sheets are in the sum; the others are pale. */
  summed: number;
  /** The highlighted sheet, counted from 1; 0 for none. */
  lit: number;
}

const WIDTH = 112;
const STRIP = 10;

/** The outer products b·aᵀ that add up to BA, a panel each, with its column of B at the left and its row of A above. */
export function sheets(box: Element, all: readonly Matrix[], {B, A, limit, summed, lit}: SheetsOptions) {
  const {columns, rows, most} = slices(B, A);
  const cell = (WIDTH - STRIP - 4) / Math.max(B.rows, A.cols);
  select(box)
    .selectChildren<HTMLDivElement, Matrix>("div")
    .data(all)
    .join("div")
    .attr("class", "sheet")
    .attr("data-summed", (_, l) => (l < summed ? "" : null))
    .attr("data-lit", (_, l) => (l + 1 === lit ? "" : null))
    .each(function (sheet, l) {
      const n = l + 1;
      const svg = panel(this, "outer", {
        label: [
          {symbol: "B", text: `b${sub(n)}`},
          " ",
          {symbol: "A", text: `a${sub(n)}ᵀ`},
          l < summed ? "" : " (not yet)",
        ],
        width: WIDTH,
        height: STRIP + 4 + cell * B.rows,
      });
      const start = STRIP + 4;
      heatmap(group(svg, "B", 0, start), columns[l], {cellWidth: STRIP, cellHeight: cell, limit: most});
      heatmap(group(svg, "A", start, 0), rows[l], {cellWidth: cell, cellHeight: STRIP, limit: most});
      heatmap(group(svg, "map", start, start), sheet, {cellWidth: cell, cellHeight: cell, limit});
    });
}

const sub = (n: number): string => [..."₀₁₂₃₄₅₆₇₈₉"][n];
