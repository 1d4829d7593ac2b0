/** The handles with which readers drag the rank. */
import {select} from "d3";
import {dragHandle} from "../../../figure/plot/dragHandle.ts";
import {layer} from "../../../figure/plot/layer.ts";

interface RankHandlesOptions {
  /** The rank, and the largest. */
  r: number;
  most: number;
  /** Height of B and width of A. */
  lengthOfB: number;
  lengthOfA: number;
  /** Where B begins across and A begins down, the room for them, and the gap between them and the product. */
  outer: number;
  strip: number;
  gap: number;
  /** Edge of a cell: by so much B and A grow with each rank. */
  cell: number;
  onMove(r: number): void;
}

/** Distance of a handle from its factor, and how far a finger may miss it. */
const HANDLE_GAP = 5;
const REACH = 12;

/** Handles at the outer edges of B and A: dragged outward by a cell, each adds a column to B and a row to A. */
export function rankHandles(
  g: Element,
  {r, most, lengthOfB, lengthOfA, outer, strip, gap, cell, onMove}: RankHandlesOptions,
) {
  const inner = strip + gap;
  const handle = (name: string, isB: boolean) => {
    const length = isB ? lengthOfB : lengthOfA;
    const at = outer - HANDLE_GAP;
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
      .attr(isB ? "width" : "height", REACH + HANDLE_GAP + Math.min(strip - outer, 4))
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
