import {select} from "d3";
import {linear} from "../../../figures/axes/scales.ts";
import {layer} from "../../../figures/layer.ts";
import {worded} from "../../../figures/text/worded.ts";

export interface Segment {
  /** Its class: what gives it its color. */
  name: string;
  value: number;
  /** What it is, for a pointer that rests on it. */
  title: string;
}

/** One bar of segments end to end, under its name and what it comes to. */
export interface Stack {
  name: string;
  total: string;
  segments: readonly Segment[];
  /** A value to compare with: a line across the bar, its label below. */
  mark?: {value: number; label: string};
}

/** Width of the thinnest segment: what is thinner to scale is still to be seen. */
const THINNEST = 1.5;
const NAME = 18;
const BAR = 26;
const MARK = 18;
const GAP = 14;

/** From one bar to the next: its name, itself, the label of its mark, a gap. */
const STEP = NAME + BAR + MARK + GAP;

/** Height that `rows` bars take. */
export const stacksHeight = (rows: number): number => rows * STEP - GAP;

/** Horizontal stacked bars on one linear scale from zero. */
export function stacks(svg: Element, rows: readonly Stack[], {width}: {width: number}) {
  const sums = rows.map(({segments}) => segments.reduce((sum, {value}) => sum + value, 0));
  const most = Math.max(...sums, ...rows.map(({mark}) => mark?.value ?? 0)) || 1;
  const slack = THINNEST * Math.max(0, ...rows.map(({segments}) => segments.length));
  const x = linear([0, most], [0, width - slack]);
  select(svg)
    .selectChildren<SVGGElement, Stack>("g")
    .data(rows)
    .join("g")
    .attr("class", "stack")
    .attr("transform", (_, i) => `translate(0 ${i * STEP})`)
    .each(function ({name, total, segments, mark}) {
      words(layer(this, "text", "name"), 0, 12, "start", name);
      words(layer(this, "text", "total"), width, 12, "end", total);
      const ends = endsOf(segments, x);
      select(layer(this, "g", "bar"))
        .selectChildren<SVGRectElement, Segment>("rect")
        .data(segments)
        .join("rect")
        .attr("class", (segment) => `part ${segment.name}`)
        .attr("x", (_, n) => ends[n]!)
        .attr("y", NAME)
        .attr("width", (_, n) => ends[n + 1]! - ends[n]!)
        .attr("height", BAR)
        .each(function ({title}) {
          layer(this, "title", "value", title);
        });
      const at = mark ? x(mark.value) : 0;
      select(layer(this, "path", "compared")).attr("d", mark ? `M${at} ${NAME - 3}V${NAME + BAR + 5}` : "");
      // The label reads away from the nearer end, so that it never leaves the picture.
      const side = at < width / 2 ? "start" : "end";
      words(layer(this, "text", "printed"), at, NAME + BAR + 17, side, mark?.label ?? "");
    });
}

function words(text: Element, x: number, y: number, anchor: string, content: string) {
  select(text).attr("x", x).attr("y", y).attr("text-anchor", anchor).each(worded(content));
}

/** Where each segment starts, and where the last one ends. */
function endsOf(segments: readonly Segment[], x: (value: number) => number): number[] {
  const ends = [0];
  for (const {value} of segments) ends.push(ends.at(-1)! + (value ? Math.max(x(value), THINNEST) : 0));
  return ends;
}
