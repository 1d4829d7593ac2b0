import {select} from "d3";
import type {ScaleOptions} from "../axes/axis.ts";
import {layer} from "../layer.ts";
import {type LaneRow, laneRows, laneRowsHeight, WORDS} from "./laneRows.ts";
import {spots} from "./spots.ts";

export interface DotRow extends LaneRow {
  isLit?: boolean;
  values: readonly number[];
  /** NaN if there are no values. */
  mean: number;
}

export interface DotsOptions extends ScaleOptions {
  /** How many dots a complete row has. */
  lanes: number;
  /** Dots from here on are filled; without it all are. */
  goal?: number;
  /** Index of the dot to follow from row to row. */
  followed?: number;
}

const LANE = 3;
const R = 2.4;
const sizeOf = (lanes: number) => ({lanes, lane: LANE, gap: 8});

export const dotsHeight = (rows: number, lanes: number): number => laneRowsHeight(rows, sizeOf(lanes));

/**
 * A dot for every value, row by row on one scale, and a thin line at each row's mean. The nth dot of a row is in its nth lane, so
 * equal values don't hide each other and one seed can be followed down the rows.
 */
export function dots(svg: Element, rows: readonly DotRow[], {lanes, goal, followed, ...scale}: DotsOptions) {
  const rowClass = ({isLit}: DotRow) => (isLit ? "seeds lit" : "seeds");
  const {groups, x} = laneRows(svg, rows, {...scale, ...sizeOf(lanes)}, rowClass);
  const dotClass = (value: number, i: number) =>
    `${goal === undefined || value >= goal ? "there" : "short"}${i === followed ? " followed" : ""}`;
  groups.each(function ({values, mean}) {
    const line = values.length ? `M${x(mean)} ${WORDS}v${LANE * lanes}` : "";
    select(layer(this, "path", "average")).attr("d", line);
    spots(
      layer(this, "g", "each"),
      values.map((value, i) => ({name: dotClass(value, i), x: x(value), y: WORDS + LANE * (i + 0.5)})),
      R,
    );
  });
}
