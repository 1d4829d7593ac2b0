import {select} from "d3";
import {linear} from "../../../figures/axes/scales.ts";
import {layer} from "../../../figures/layer.ts";
import {rowGroups} from "../../../figures/plots/rowGroups.ts";
import {label} from "../../../figures/text/label.ts";

export interface Segment {
  /** Its class, which sets the color. */
  name: string;
  value: number;
  /** Its tooltip. */
  title: string;
}

/** A bar of segments end to end, under its name and total. */
export interface Stack {
  name: string;
  total: string;
  segments: readonly Segment[];
  /** A value to compare with: a line across the bar with its label below. */
  mark?: {value: number; label: string};
}

/** Thinner segments are drawn this wide, so that they can be seen. */
const THINNEST = 1.5;
const NAME = 18;
const BAR = 26;
const MARK = 18;
const GAP = 14;

/** A row: name, bar, label of the mark, gap. */
const STEP = NAME + BAR + MARK + GAP;

export const stacksHeight = (rows: number): number => rows * STEP - GAP;

/** Horizontal stacked bars on one linear scale from zero. */
export function stacks(svg: Element, rows: readonly Stack[], {width}: {width: number}) {
  const sums = rows.map(({segments}) => segments.reduce((sum, {value}) => sum + value, 0));
  const most = Math.max(...sums, ...rows.map(({mark}) => mark?.value ?? 0)) || 1;
  const slack = THINNEST * Math.max(0, ...rows.map(({segments}) => segments.length));
  const x = linear([0, most], [0, width - slack]);
  rowGroups(svg, rows, STEP, "stack").each(function ({name, total, segments, mark}) {
    label(this, "name", name, {x: 0, y: 12, anchor: "start"});
    label(this, "total", total, {x: width, y: 12, anchor: "end"});
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
    // The label extends away from the nearer edge, so it stays inside the picture.
    const anchor = at < width / 2 ? "start" : "end";
    label(this, "printed", mark?.label ?? "", {x: at, y: NAME + BAR + 17, anchor});
  });
}

/** Where each segment starts, and where the last one ends. */
function endsOf(segments: readonly Segment[], x: (value: number) => number): number[] {
  const ends = [0];
  for (const {value} of segments) ends.push(ends.at(-1)! + (value ? Math.max(x(value), THINNEST) : 0));
  return ends;
}
