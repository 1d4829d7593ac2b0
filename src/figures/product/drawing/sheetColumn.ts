import {select} from "d3";
import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {chart} from "../../../figure/plot/chart.ts";
import {dragHandle} from "../../../figure/plot/dragHandle.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {heatmap} from "../../../figure/plot/matrices/heatmap.ts";
import {slices} from "../../../figure/plot/matrices/slices.ts";
import {group} from "../../../figure/plot/panel.ts";
import type {Room} from "../../../figure/plot/room.ts";

export interface SheetColumnOptions {
  B: Matrix;
  A: Matrix;
  limit: number;
  /** The first `summed` sheets are in the sum; the others are pale. */
  summed: number;
  /** The highlighted sheet, counted from 1; 0 for none. */
  lit: number;
  room: Room;
  /** How many sheets the sum has after a press on one, or after one was pulled out or dropped back. */
  onSum(summed: number): void;
}

/** On a card and a slide no sum and no sheet is higher than this share of its width. */
export const SHEET_HEIGHT = 0.75;
const STRIP = 10;
const START = STRIP + 4;
/** A pointer that has moved less has pressed. */
const PRESS = 4;
/** A sheet that was pulled less far falls back to where it was. */
const FAR = 24;

/** The outer products b·aᵀ that add up to BA, each with its column of B at the left and its row of A above. */
export function sheetColumn(box: Element, all: readonly Matrix[], options: SheetColumnOptions) {
  const {B, A, limit, summed, lit, room, onSum} = options;
  const {columns, rows, most} = slices(B, A);
  select(box)
    .attr("data-count", all.length)
    .selectChildren<HTMLDivElement, Matrix>("div")
    .data(all)
    .join("div")
    .attr("class", "sheet")
    .attr("data-summed", (_, l) => (l < summed ? "" : null))
    .attr("data-lit", (_, l) => (l + 1 === lit ? "" : null))
    .each(function (sheet, l) {
      const n = "₀₁₂₃₄₅₆₇₈₉"[l + 1];
      const cellIn = (width: number) =>
        Math.min(
          (width - START) / A.cols,
          room.size === "card" || room.size === "slide"
            ? (SHEET_HEIGHT * (width - START)) / B.rows
            : Number.POSITIVE_INFINITY,
        );
      const {g, width, height} = chart(this, "outer", room, {
        label: [
          l ? "+ " : "",
          {symbol: "B", text: `b${n}`},
          {symbol: "A", text: `a${n}ᵀ`},
          l < summed ? "" : " (not yet)",
        ],
        nominal: 112,
        height: (width) => START + cellIn(width) * B.rows,
        isStraight: true,
      });
      const cell = cellIn(width);
      heatmap(group(g, "B", 0, START), columns[l], {cellWidth: STRIP, cellHeight: cell, limit: most});
      heatmap(group(g, "A", START, 0), rows[l], {cellWidth: cell, cellHeight: STRIP, limit: most});
      heatmap(group(g, "map", START, START), sheet, {cellWidth: cell, cellHeight: cell, limit});
      const field = layer(g, "rect", "pull");
      select(field).attr("width", width).attr("height", height);
      const rest = () => this.style.removeProperty("translate");
      dragHandle(field, box, {
        from: () => 0,
        onPull: (_, dx, dy) => this.style.setProperty("translate", `${dx}px ${dy}px`),
        onCancel: rest,
        onDrop: (_, dx, dy) => {
          rest();
          const far = Math.hypot(dx, dy);
          if (far < PRESS || far > FAR) onSum(l < summed ? l : l + 1);
        },
      });
    });
}
