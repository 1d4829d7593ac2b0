import {select} from "d3";
import {axis} from "../../../figures/axes/axis.ts";
import {linear, rangeOf} from "../../../figures/axes/scales.ts";
import {layer} from "../../../figures/layer.ts";
import {group} from "../../../figures/panel.ts";
import {rowGroups} from "../../../figures/plots/rowGroups.ts";
import {whisker} from "../../../figures/plots/whiskers.ts";
import {rounded} from "../../../figures/rounded.ts";
import {label} from "../../../figures/text/label.ts";
import {type Shape, shape} from "./shapes.ts";

export interface Ranked {
  /** Class of its mark, which sets the color. */
  tone: string;
  shape: Shape;
  /** Class for its verdict against the reference: hollow, filled or dashed. */
  verdict: string;
  name: string;
  /** Its result in words, at the right end of its row. */
  said: string;
  value: number;
  /** Ends of its whisker. */
  low?: number;
  high?: number;
}

export interface RankingOptions {
  width: number;
  /** The row that the others are compared with; its whisker runs through all rows as a band. */
  reference: number;
  onPick(row: number): void;
}

/** A row: its words, then its mark. */
const STEP = 32;
const WORDS = 16;
const MARK = 22;
const SIDE = 10;
const AXIS = 22;

export const rankingHeight = (rows: number): number => rows * STEP + AXIS;

/** A row for each result on one scale, with a whisker if it has a spread, and the reference's whisker as a band behind all rows. */
export function ranking(svg: Element, rows: readonly Ranked[], {width, reference, onPick}: RankingOptions) {
  const ends = rows.flatMap(({value, low = value, high = value}) => [low, high]);
  const inner = width - 2 * SIDE;
  const x = linear(rangeOf(ends), [0, inner]);
  const height = rows.length * STEP;
  const plot = group(svg, "plot", SIDE);
  const own = rows[reference];
  const [from, to] = [rounded(x(own?.low ?? own?.value ?? 0) - 0.5), rounded(x(own?.high ?? own?.value ?? 0) + 0.5)];
  // The band is left out behind words.
  const piece = (_: Ranked, i: number) => `M${from} ${i * STEP + WORDS}H${to}V${(i + 1) * STEP}H${from}Z`;
  select(layer(plot, "path", "held-band")).attr("d", own ? rows.map(piece).join("") : "");
  axis(group(plot, "x", 0, height), x.ticks(4), (value) => rounded(x(value)), {
    side: "bottom",
    across: height,
    format: (value) => String(Number(value.toPrecision(6))),
    dashes: `${STEP - WORDS} ${WORDS}`,
  });
  const classOf = (_: Ranked, i: number) => (i === reference ? "ranked held" : "ranked");
  rowGroups(group(plot, "rows"), rows, STEP, classOf).each(function (row) {
    const {tone, shape: form, verdict, name, said, value, low, high} = row;
    label(this, "name", name, {x: -SIDE, y: 12, anchor: "start"});
    label(this, "said", said, {x: inner + SIDE, y: 12, anchor: "end"});
    const ends = low === undefined || high === undefined ? [] : [rounded(x(low)), rounded(x(high))];
    select(layer(this, "path", "whisker")).attr("d", whisker(ends[0], ends[1], MARK, 4));
    select(layer(this, "path", "result"))
      .attr("class", `result ${tone} ${verdict}`)
      .attr("transform", `translate(${rounded(x(value))} ${MARK})`)
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
