import {select} from "d3";
import {axis} from "../axes/axis.ts";
import {linear} from "../axes/scales.ts";
import {layer} from "../layer.ts";
import {group} from "../panel.ts";
import {worded} from "../text/worded.ts";

export interface DotRow {
  name: string;
  isLit?: boolean;
  /** What its dots come to, at the other end of its line. */
  said: string;
  /** None where nothing is known yet; the mean is no number then. */
  values: readonly number[];
  mean: number;
}

export interface DotsOptions {
  width: number;
  ends: readonly [number, number];
  ticks: readonly number[];
  format: (value: number) => string;
  /** Dots that have a line in each row: as many as a row will have. */
  lanes: number;
  /** From here on dots are filled; without it all are. */
  goal?: number;
  /** The dot that is followed down the rows, from 0 on. */
  followed?: number;
}

/** A row's words, then a line for each of its dots, then a gap. */
const WORDS = 17;
const LINE = 3;
const GAP = 8;
const R = 2.4;
/** Room at the sides for half a word of the axis, and below for the axis. */
const SIDE = 14;
const AXIS = 22;

const stepOf = (lanes: number): number => WORDS + LINE * lanes + GAP;

/** Height of a picture of so many rows. */
export const dotsHeight = (rows: number, lanes: number): number => rows * stepOf(lanes) + AXIS;

/**
 * Every value a dot, row by row on one scale, and the mean of a row a thin line. The nth dot of each row stands on the
 * nth line of the row, so dots of one value do not hide each other and one seed can be followed down the rows.
 */
export function dots(
  svg: Element,
  rows: readonly DotRow[],
  {width, ends, ticks, format, lanes, goal, followed}: DotsOptions,
) {
  const inner = width - 2 * SIDE;
  const [step, depth] = [stepOf(lanes), LINE * lanes];
  const height = rows.length * step;
  const x = linear(ends, [0, inner]);
  const plot = group(svg, "plot", SIDE, 0);
  const scale = group(plot, "x", 0, height);
  axis(scale, ticks, x, {side: "bottom", across: height - WORDS, format});
  // Grid lines are seen behind dots and not behind words.
  select(scale)
    .selectAll(".grid")
    .attr("stroke-dasharray", `${depth + GAP} ${WORDS}`);
  select(group(plot, "rows"))
    .selectChildren<SVGGElement, DotRow>("g")
    .data(rows)
    .join("g")
    .attr("class", ({isLit}) => (isLit ? "seeds lit" : "seeds"))
    .attr("transform", (_, i) => `translate(0 ${i * step})`)
    .each(function ({name, said, values, mean}) {
      const words = (part: string, at: number, anchor: string, text: string) =>
        select(layer(this, "text", part))
          .attr("x", at)
          .attr("y", 11)
          .attr("text-anchor", anchor)
          .each(worded(text));
      words("name", -SIDE, "start", name);
      words("said", inner + SIDE, "end", said);
      select(layer(this, "path", "average")).attr("d", values.length ? `M${x(mean)} ${WORDS}v${depth}` : "");
      select(layer(this, "g", "each"))
        .selectChildren<SVGCircleElement, number>("circle")
        .data(values)
        .join("circle")
        .attr(
          "class",
          (value, i) =>
            `${goal === undefined || value >= goal ? "there" : "short"}${i === followed ? " followed" : ""}`,
        )
        .attr("cx", x)
        .attr("cy", (_, i) => WORDS + LINE * (i + 0.5))
        .attr("r", R);
    });
}
