import {select} from "d3";
import {dragHandle} from "../../../figure/plot/dragHandle.ts";
import {layer} from "../../../figure/plot/layer.ts";

export interface EdgesOptions {
  r: number;
  most: number;
  /** Height of B and width of A. */
  tall: number;
  wide: number;
  /** Where B begins across and A begins down; both end `gap` before the product. */
  outer: number;
  strip: number;
  gap: number;
  /** Edge of a cell: how far a rank reaches. */
  cell: number;
  onMove(r: number): void;
}

/** From the handle to the strip it widens, and how far a finger may miss it. */
const OFF = 5;
const REACH = 12;

/** Handles at the outer edges of B and A: pulled outward, each adds a column of B and a row of A for every cell. */
export function edges(g: Element, {r, most, tall, wide, outer, strip, gap, cell, onMove}: EdgesOptions) {
  const inner = strip + gap;
  const handle = (name: string, isB: boolean) => {
    const [length, at] = isB ? [tall, outer - OFF] : [wide, outer - OFF];
    const middle = inner + length / 2;
    const box = layer(g, "g", `edge ${name}`);
    const half = Math.min(length / 5, 14);
    select(layer(box, "path", "grip")).attr(
      "d",
      isB ? `M${at} ${middle - half}v${2 * half}` : `M${middle - half} ${at}h${2 * half}`,
    );
    const field = layer(box, "rect", "pull");
    select(field)
      .attr(isB ? "x" : "y", at - REACH)
      .attr(isB ? "y" : "x", inner)
      .attr(isB ? "width" : "height", REACH + OFF + Math.min(strip - outer, 4))
      .attr(isB ? "height" : "width", length);
    dragHandle(field, g, {
      from: () => r,
      onPull: (from, dx, dy) => onMove(Math.min(Math.max(from - Math.round((isB ? dx : dy) / cell), 0), most)),
      onCancel: onMove,
    });
  };
  handle("of-B", true);
  handle("of-A", false);
}
