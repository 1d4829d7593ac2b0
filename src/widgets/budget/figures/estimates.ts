import {select} from "d3";
import {axis, type ScaleOptions} from "../../../figures/axes/axis.ts";
import {linear} from "../../../figures/axes/scales.ts";
import {layer} from "../../../figures/layer.ts";
import {group} from "../../../figures/panel.ts";
import {rowGroups} from "../../../figures/plots/rowGroups.ts";
import {whisker} from "../../../figures/plots/whiskers.ts";
import {label} from "../../../figures/text/label.ts";

export interface Mark {
  value: number;
  /** Its class. */
  kind: string;
}

export interface EstimateRow {
  name: string;
  /** The row's result, at its right end. */
  said: string;
  isLit: boolean;
  /** One below another. */
  marks: readonly Mark[];
}

export interface EstimatesOptions extends ScaleOptions {
  /** How far a value typically varies to either side. */
  spread: number;
  /** Marks that a row has room for. */
  lanes: number;
}

/** A row: its words, a line for each of its marks, a gap. */
const WORDS = 17;
const LANE = 9;
const GAP = 7;
const R = 3.2;
const CAP = 3;
const SIDE = 14;
const AXIS = 22;

const stepOf = (lanes: number): number => WORDS + LANE * lanes + GAP;

export const estimatesHeight = (rows: number, lanes: number): number => rows * stepOf(lanes) + AXIS;

/** Values on one scale, row by row, each with a whisker for how far it typically varies. */
export function estimates(svg: Element, rows: readonly EstimateRow[], options: EstimatesOptions) {
  const {width, ends, ticks, format, spread, lanes} = options;
  const inner = width - 2 * SIDE;
  const step = stepOf(lanes);
  const height = rows.length * step;
  const x = linear(ends, [0, inner]);
  const plot = group(svg, "plot", SIDE, 0);
  const dashes = `${step - WORDS} ${WORDS}`;
  axis(group(plot, "x", 0, height), ticks, x, {side: "bottom", across: height - WORDS, format, dashes});
  const classOf = ({isLit, marks}: EstimateRow) => `estimate${isLit ? " lit" : ""}${marks.length ? "" : " untested"}`;
  rowGroups(group(plot, "rows"), rows, step, classOf).each(function ({name, said, marks}) {
    label(this, "name", name, {x: -SIDE, y: 11, anchor: "start"});
    label(this, "said", said, {x: inner + SIDE, y: 11, anchor: "end"});
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
