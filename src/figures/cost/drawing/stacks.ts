import {select} from "d3";
import {linear} from "../../../figure/plot/axes/scales.ts";
import {rowGroups} from "../../../figure/plot/charts/rowGroups.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {label} from "../../../figure/plot/text/label.ts";

export interface Segment {
  /** Its class, which sets the color. */
  name: string;
  value: number;
  /** Its tooltip. */
  title: string;
  /** Lines written into it where they fit. */
  lines?: readonly string[];
}

/** A bar of segments end to end, under its name and total. */
export interface Stack {
  name: string;
  total: string;
  segments: readonly Segment[];
  /** A value to compare with: a line across the bar with its label below. */
  mark?: {value: number; label: string};
  /** Lines written behind the bar, if it is shorter than the first. */
  spare?: readonly string[];
  /** The bar consists of pieces of this value, which are drawn apart where they are wide enough. */
  piece?: number;
}

export interface StacksOptions {
  width: number;
  /** Height of a bar. */
  bar: number;
  /** Whether there is a line for marks under each bar. */
  marked: boolean;
}

/** Thinner segments are drawn this wide, so that they can be seen. */
const THINNEST = 1.5;
/** A piece narrower than this is not drawn apart from the next. */
const NARROWEST = 3;
const NAME = 20;
const MARK = 20;
const GAP = 10;
/** About a letter of 13 px, and from line to line. */
const LETTER = 7;
const LINE = 17;

const stepOf = ({bar, marked}: Omit<StacksOptions, "width">): number => NAME + bar + (marked ? MARK : 0) + GAP;

export const stacksHeight = (rows: number, options: Omit<StacksOptions, "width">): number =>
  rows * stepOf(options) - GAP;

/** Horizontal stacked bars on one linear scale from zero. */
export function stacks(svg: Element, rows: readonly Stack[], options: StacksOptions) {
  const {width, bar} = options;
  const sums = rows.map(({segments}) => segments.reduce((sum, {value}) => sum + value, 0));
  const most = Math.max(...sums, ...rows.map(({mark}) => mark?.value ?? 0)) || 1;
  const slack = THINNEST * Math.max(0, ...rows.map(({segments}) => segments.length));
  const x = linear([0, most], [0, width - slack]);
  const first = endsOf(rows[0]?.segments ?? [], x).at(-1)!;
  rowGroups(svg, rows, stepOf(options), "stack").each(function (row) {
    label(this, "name", row.name, {x: 0, y: 13, anchor: "start"});
    label(this, "total", row.total, {x: width, y: 13, anchor: "end"});
    const ends = endsOf(row.segments, x);
    spare(layer(this, "g", "spare"), row.spare ?? [], {from: ends.at(-1)!, to: first, bar});
    select(layer(this, "g", "bar"))
      .selectChildren<SVGRectElement, Segment>("rect")
      .data(row.segments)
      .join("rect")
      .attr("class", (segment) => `part ${segment.name}`)
      .attr("x", (_, n) => ends[n]!)
      .attr("y", NAME)
      .attr("width", (_, n) => ends[n + 1]! - ends[n]!)
      .attr("height", bar)
      .each(function ({title}) {
        layer(this, "title", "value", title);
      });
    select(layer(this, "path", "pieces")).attr("d", pieces(row.piece, ends.at(-1)!, x, bar));
    select(layer(this, "g", "words"))
      .selectChildren<SVGGElement, Segment>("g")
      .data(row.segments)
      .join("g")
      .attr("class", ({name}) => `on ${name}`)
      .each(function ({lines = []}, n) {
        const room = ends[n + 1]! - ends[n]! - 12;
        const fits = lines.every((line) => LETTER * line.length < room) && LINE * lines.length < bar - 6;
        written(this, fits ? lines : [], ends[n]! + 8);
      });
    marked(this, row.mark, x, options);
  });
}

/** Two lines of text in a bar, from its top. */
function written(g: Element, [first = "", second = ""]: readonly string[], x: number) {
  label(g, "line-0", first, {x, y: NAME + 20, anchor: "start"});
  label(g, "line-1", second, {x, y: NAME + 20 + LINE, anchor: "start"});
}

/** What the first bar takes and this one does not. */
function spare(g: Element, lines: readonly string[], {from, to, bar}: {from: number; to: number; bar: number}) {
  const room = to - from;
  const isThere = lines.length > 0 && room > 8;
  select(layer(g, "path", "outline-of")).attr(
    "d",
    isThere ? `M${from + 3} ${NAME + 0.5}H${to - 0.5}v${bar - 1}H${from + 3}` : "",
  );
  written(g, isThere ? lines.filter((line) => LETTER * line.length < room - 20) : [], from + 14);
}

/** The borders between the pieces of a bar. */
function pieces(piece: number | undefined, end: number, x: (value: number) => number, bar: number): string {
  const width = piece ? x(piece) : 0;
  if (width < NARROWEST) return "";
  return Array.from({length: Math.ceil(end / width) - 1}, (_, n) => `M${(n + 1) * width} ${NAME}v${bar}`).join("");
}

function marked(g: Element, mark: Stack["mark"], x: (value: number) => number, {width, bar}: StacksOptions) {
  const at = mark ? x(mark.value) : 0;
  select(layer(g, "path", "compared")).attr("d", mark ? `M${at} ${NAME - 3}V${NAME + bar + 5}` : "");
  // The label extends away from the nearer edge, so it stays inside the picture.
  const anchor = at < width / 2 ? "start" : "end";
  label(g, "printed", mark?.label ?? "", {x: at, y: NAME + bar + 18, anchor});
}

/** Where each segment starts, and where the last one ends. */
function endsOf(segments: readonly Segment[], x: (value: number) => number): number[] {
  const ends = [0];
  for (const {value} of segments) ends.push(ends.at(-1)! + (value ? Math.max(x(value), THINNEST) : 0));
  return ends;
}
