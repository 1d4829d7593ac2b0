import {select} from "d3";
import {axis} from "../../../figures/axes/axis.ts";
import {extent, linear} from "../../../figures/axes/scales.ts";
import {layer} from "../../../figures/layer.ts";
import {group} from "../../../figures/panel.ts";
import {worded} from "../../../figures/text/worded.ts";
import {type Shape, shape} from "./shapes.ts";

export interface Ranked {
  /** Class of its mark: what gives it its color. */
  tone: string;
  shape: Shape;
  /** Class that says how it stands to the reference: hollow, filled, dashed. */
  verdict: string;
  name: string;
  /** What it comes to, at the other end of its line. */
  said: string;
  value: number;
  /** Ends of its whisker. */
  low?: number;
  high?: number;
}

export interface RankingOptions {
  width: number;
  /** The row that the others are held against; its whisker runs down all of them as a band. */
  reference: number;
  onPick(row: number): void;
}

/** From one row to the next: its words, then its mark. */
const STEP = 32;
const WORDS = 16;
const MARK = 22;
const SIDE = 10;
const AXIS = 22;

/** Height of a picture of so many rows. */
export const rankingHeight = (rows: number): number => rows * STEP + AXIS;

const short = (x: number): number => Math.round(x * 10) / 10;

/** One line a result on one scale, with a whisker where it has a spread, and the reference's whisker as a band behind all. */
export function ranking(svg: Element, rows: readonly Ranked[], {width, reference, onPick}: RankingOptions) {
  const ends = rows.flatMap(({value, low = value, high = value}) => [low, high]);
  const inner = width - 2 * SIDE;
  const x = linear(extent(ends), [0, inner]);
  const height = rows.length * STEP;
  const plot = group(svg, "plot", SIDE);
  const own = rows[reference];
  const [from, to] = [short(x(own?.low ?? own?.value ?? 0) - 0.5), short(x(own?.high ?? own?.value ?? 0) + 0.5)];
  // The band is seen behind marks and not behind words.
  const piece = (_: Ranked, i: number) => `M${from} ${i * STEP + WORDS}H${to}V${(i + 1) * STEP}H${from}Z`;
  select(layer(plot, "path", "held-band")).attr("d", own ? rows.map(piece).join("") : "");
  const scale = group(plot, "x", 0, height);
  axis(scale, x.ticks(4), (value) => short(x(value)), {
    side: "bottom",
    across: height,
    format: (value) => String(Number(value.toPrecision(6))),
  });
  // Grid lines are seen beside marks and not behind words.
  select(scale)
    .selectAll(".grid")
    .attr("stroke-dasharray", `${STEP - WORDS} ${WORDS}`);
  select(group(plot, "rows"))
    .selectChildren<SVGGElement, Ranked>("g")
    .data(rows)
    .join("g")
    .attr("class", (_, i) => (i === reference ? "ranked held" : "ranked"))
    .attr("transform", (_, i) => `translate(0 ${i * STEP})`)
    .each(function ({tone, shape: form, verdict, name, said, value, low, high}) {
      const words = (part: string, at: number, anchor: string, text: string) =>
        select(layer(this, "text", part))
          .attr("x", at)
          .attr("y", 12)
          .attr("text-anchor", anchor)
          .each(worded(text));
      words("name", -SIDE, "start", name);
      words("said", inner + SIDE, "end", said);
      const hasWhisker = low !== undefined && high !== undefined;
      const [start, end] = [short(x(low ?? value)), short(x(high ?? value))];
      select(layer(this, "path", "whisker")).attr(
        "d",
        hasWhisker ? `M${start} ${MARK}H${end}M${start} ${MARK - 4}v8M${end} ${MARK - 4}v8` : "",
      );
      select(layer(this, "path", "result"))
        .attr("class", `result ${tone} ${verdict}`)
        .attr("transform", `translate(${short(x(value))} ${MARK})`)
        .attr("d", shape(form));
    });
  select(group(plot, "fields"))
    .selectChildren<SVGRectElement, Ranked>("rect")
    .data(rows)
    .join("rect")
    .attr("class", "field")
    .attr("x", -SIDE)
    .attr("y", (_, i) => i * STEP)
    .attr("width", width)
    .attr("height", STEP)
    .on("click", (_, row) => onPick(rows.indexOf(row)));
}
