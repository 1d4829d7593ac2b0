import type {Matrix} from "../../../engine/linalg/matrix.ts";
import {rowGroups} from "../../../figure/plot/charts/rowGroups.ts";
import {heatmap} from "../../../figure/plot/matrices/heatmap.ts";
import {group} from "../../../figure/plot/panel.ts";
import {fixed} from "../../../figure/plot/text/format.ts";
import {label} from "../../../figure/plot/text/label.ts";

/** A direction of unit length, its projection onto another space, and how much of it that holds, from 0 to 1. */
export interface Shadow {
  /** Which direction of its run, from 1. */
  n: number;
  direction: Float64Array;
  shadow: Float64Array;
  share: number;
}

export interface ShadowsOptions {
  width: number;
  height: number;
}

/** Room for the number of a direction, and for its share; one alone has no number, and says what its share is. */
const [LEFT, RIGHT] = [24, 40];
const ALONE = [0, 64] as const;
/** A pair is at most this high, so that one alone does not fill the panel. */
const MOST = 130;
/** A pair lower than this shows no numbers. */
const LEGIBLE = 15;

const strip = (data: Float64Array): Matrix => ({
  rows: 1,
  cols: data.length,
  data,
});

/** Each direction as a strip of its entries, and right under it its shadow in the other space: alike where it is shared. */
export function shadows(svg: Element, list: readonly Shadow[], {width, height}: ShadowsOptions) {
  const isAlone = list.length === 1;
  const [left, right] = isAlone ? ALONE : [LEFT, RIGHT];
  const inner = width - left - right;
  const step = Math.min(MOST, height / list.length);
  const gap = Math.min(12, step * 0.26);
  const half = (step - gap) / 2;
  const limit = Math.max(...list.flatMap(({direction}) => Array.from(direction, Math.abs)));
  rowGroups(group(svg, "pairs"), list, step, "pair").each(function ({n, direction, shadow, share}, at) {
    const cell = {
      cellWidth: inner / direction.length,
      cellHeight: half,
      limit,
    };
    heatmap(group(this, "direction", left, 0), strip(direction), cell);
    heatmap(group(this, "shadow", left, half), strip(shadow), cell);
    const isSaid = step >= LEGIBLE || at % Math.ceil(LEGIBLE / step) === 0;
    label(this, "number", isSaid && !isAlone ? n : "", {
      x: left - 8,
      y: half,
      dy: "0.34em",
      anchor: "end",
    });
    label(this, "said", isSaid ? `${isAlone ? "φ = " : ""}${fixed(share, 2)}` : "", {
      x: width,
      y: half,
      dy: "0.34em",
      anchor: "end",
    });
  });
}
