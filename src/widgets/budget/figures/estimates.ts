import {select} from "d3";
import type {ScaleOptions} from "../../../figures/axes/axis.ts";
import {layer} from "../../../figures/layer.ts";
import {type LaneRow, laneRows, laneRowsHeight, WORDS} from "../../../figures/plots/laneRows.ts";
import {whisker} from "../../../figures/plots/whiskers.ts";

export interface Mark {
  value: number;
  /** Its class. */
  kind: string;
}

export interface EstimateRow extends LaneRow {
  isLit: boolean;
  marks: readonly Mark[];
}

export interface EstimatesOptions extends ScaleOptions {
  /** How far a value typically varies to either side. */
  spread: number;
  /** Marks that a row has room for. */
  lanes: number;
}

const LANE = 9;
const R = 3.2;
const CAP = 3;
const sizeOf = (lanes: number) => ({lanes, lane: LANE, gap: 7});

export const estimatesHeight = (rows: number, lanes: number): number => laneRowsHeight(rows, sizeOf(lanes));

/** Values on one scale, row by row, each with a whisker for how far it typically varies. */
export function estimates(svg: Element, rows: readonly EstimateRow[], {spread, lanes, ...scale}: EstimatesOptions) {
  const classOf = ({isLit, marks}: EstimateRow) => `estimate${isLit ? " lit" : ""}${marks.length ? "" : " untested"}`;
  const {groups, x} = laneRows(svg, rows, {...scale, ...sizeOf(lanes)}, classOf);
  groups.each(function ({marks}) {
    select(layer(this, "g", "marks"))
      .selectChildren<SVGGElement, Mark>("g")
      .data(marks)
      .join("g")
      .attr("class", ({kind}) => `mark-of ${kind}`)
      .attr("transform", (_, lane) => `translate(0 ${WORDS + LANE * (lane + 0.5)})`)
      .each(function ({value}) {
        select(layer(this, "path", "whisker")).attr("d", whisker(x(value - spread), x(value + spread), 0, CAP));
        select(layer(this, "circle", "value"))
          .attr("cx", x(value))
          .attr("r", R);
      });
  });
}
