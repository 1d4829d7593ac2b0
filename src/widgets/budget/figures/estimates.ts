import {select} from "d3";
import {axis} from "../../../figures/axes/axis.ts";
import {linear} from "../../../figures/axes/scales.ts";
import {layer} from "../../../figures/layer.ts";
import {group} from "../../../figures/panel.ts";
import {worded} from "../../../figures/text/worded.ts";

export interface Mark {
  value: number;
  /** Its class: what it is one of. */
  kind: string;
}

export interface EstimateRow {
  name: string;
  /** What it comes to, at the other end of its line. */
  said: string;
  isLit: boolean;
  /** One below another; a row without any has an empty place. */
  marks: readonly Mark[];
}

export interface EstimatesOptions {
  width: number;
  ends: readonly [number, number];
  ticks: readonly number[];
  format: (value: number) => string;
  /** How far to both sides a value is known to vary. */
  spread: number;
  /** Marks that a row has room for. */
  lanes: number;
}

/** A row's words, then a line for each of its marks, then a gap. */
const WORDS = 17;
const LANE = 9;
const GAP = 7;
const R = 3.2;
const CAP = 3;
const SIDE = 14;
const AXIS = 22;

const stepOf = (lanes: number): number => WORDS + LANE * lanes + GAP;

/** Height of a picture of so many rows. */
export const estimatesHeight = (rows: number, lanes: number): number => rows * stepOf(lanes) + AXIS;

/** Values on one scale, row by row, each with a whisker as long as it is known to vary. */
export function estimates(svg: Element, rows: readonly EstimateRow[], options: EstimatesOptions) {
  const {ends, ticks, format, spread, lanes} = options;
  const inner = options.width - 2 * SIDE;
  const step = stepOf(lanes);
  const height = rows.length * step;
  const x = linear(ends, [0, inner]);
  const plot = group(svg, "plot", SIDE, 0);
  const scale = group(plot, "x", 0, height);
  axis(scale, ticks, x, {side: "bottom", across: height - WORDS, format});
  // Grid lines are seen behind marks and not behind words.
  select(scale)
    .selectAll(".grid")
    .attr("stroke-dasharray", `${step - WORDS} ${WORDS}`);
  select(group(plot, "rows"))
    .selectChildren<SVGGElement, EstimateRow>("g")
    .data(rows)
    .join("g")
    .attr("class", ({isLit, marks}) => `estimate${isLit ? " lit" : ""}${marks.length ? "" : " untested"}`)
    .attr("transform", (_, i) => `translate(0 ${i * step})`)
    .each(function ({name, said, marks}) {
      const words = (part: string, at: number, anchor: string, text: string) =>
        select(layer(this, "text", part))
          .attr("x", at)
          .attr("y", 11)
          .attr("text-anchor", anchor)
          .each(worded(text));
      words("name", -SIDE, "start", name);
      words("said", inner + SIDE, "end", said);
      select(layer(this, "g", "marks"))
        .selectChildren<SVGGElement, Mark>("g")
        .data(marks)
        .join("g")
        .attr("class", ({kind}) => `mark-of ${kind}`)
        .attr("transform", (_, lane) => `translate(0 ${WORDS + LANE * (lane + 0.5)})`)
        .each(function ({value}) {
          const [low, high] = [x(value - spread), x(value + spread)];
          select(layer(this, "path", "whisker")).attr(
            "d",
            `M${low} 0H${high}M${low} ${-CAP}v${2 * CAP}M${high} ${-CAP}v${2 * CAP}`,
          );
          select(layer(this, "circle", "value"))
            .attr("cx", x(value))
            .attr("r", R);
        });
    });
}
