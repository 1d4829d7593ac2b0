import {select} from "d3";
import {axis} from "../axes/axis.ts";
import {layer} from "../layer.ts";
import {group} from "../panel.ts";
import {rounded} from "../rounded.ts";
import {label} from "../text/label.ts";
import {withText} from "../text/put.ts";
import {type DotPlotOptions, dotPlotLayout, INSET, LINE, type PlotRow, type Point} from "./dotPlotLayout.ts";
import {whisker} from "./whisker.ts";

type Layout = ReturnType<typeof dotPlotLayout>;

/** Half the height of a bar and of a tick, and of the caps of a whisker. */
const [BAR, TICK, CAP] = [6, 8, 4];
/** Radius of a dot, alone in its row and in a lane. */
const [R, SMALL] = [4.5, 2.6];

const circle = (r: number): string => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;

/** Height in CSS pixels of a dot plot of these rows, drawn with these options. */
export const dotPlotHeight = (rows: readonly PlotRow[], options: DotPlotOptions): number =>
  dotPlotLayout(rows, options).height;

/**
 * Rows of marks on one scale: names at the left, values at the right, grid lines through all rows, and one axis below. Drawn
 * in CSS pixels for `width`; where that is narrow, name and value stand in a line above the marks of their row. Gives the group of the plot, whose origin is
 * the upper left corner of the rows, its size, and the scale, for what a figure adds to it.
 */
export function dotPlot(g: Element, rows: readonly PlotRow[], options: DotPlotOptions) {
  const layout = dotPlotLayout(rows, options);
  const {left, inner, x, top, bottom, ticks, format} = layout;
  const plot = group(g, "dotplot", left, top);
  const height = bottom - top;
  const [low, high] = layout.ends;
  const at = (value: number) => rounded(x(Math.min(Math.max(value, low), high)));
  const [from, to] = options.band?.map(at) ?? [0, 0];
  select(layer(plot, "rect", "reach"))
    .attr("x", from)
    .attr("width", options.band ? Math.max(rounded(to - from), 1) : 0)
    .attr("height", rounded(height));
  axis(group(plot, "x", 0, height), ticks, at, {side: "bottom", across: height, format});
  references(group(plot, "references"), layout, height);
  select(group(plot, "headings"))
    .selectChildren<SVGTextElement, Layout["headings"][number]>("text")
    .data(layout.headings)
    .join("text")
    .attr("class", "heading")
    .attr("x", INSET - left)
    .attr("y", ({y}) => y - top)
    .attr("dy", "0.32em")
    .each(withText(({text}) => text));
  rowsOf(group(plot, "rows"), rows, layout, options, at);
  return {plot, width: inner, height, x};
}

function references(g: Element, {words}: Layout, height: number) {
  // All lines first, so that no words are behind one.
  select(layer(g, "g", "rules"))
    .selectChildren<SVGPathElement, Layout["words"][number]>("path")
    .data(words)
    .join("path")
    .attr("class", ({name}) => `reference ${name}`)
    .attr("d", ({x, line}) => `M${rounded(x)} ${-LINE * line - 2}V${rounded(height)}`);
  select(layer(g, "g", "over"))
    .selectChildren<SVGTextElement, Layout["words"][number]>("text")
    .data(words)
    .join("text")
    .attr("class", ({name}) => `words ${name}`)
    .attr("x", ({middle}) => rounded(middle))
    .attr("y", ({line}) => -LINE * line - 5)
    .attr("text-anchor", "middle")
    .each(withText(({words}) => words));
}

function rowsOf(
  g: Element,
  rows: readonly PlotRow[],
  {places, top, step, middle, left, inner, isStacked}: Layout,
  {width, lanes = 1, onPress}: DotPlotOptions,
  at: (value: number) => number,
) {
  const press = (row: PlotRow) => onPress?.(rows.indexOf(row));
  select(g)
    .selectChildren<SVGGElement, PlotRow>("g")
    .data(rows)
    .join("g")
    .attr("class", ({isChosen}) => (isChosen ? "plot-row chosen" : "plot-row"))
    .attr("transform", (_, i) => `translate(0 ${rounded(places[i]! - top)})`)
    .attr("role", onPress ? "button" : null)
    .attr("tabindex", onPress ? 0 : null)
    .attr("aria-pressed", onPress ? ({isChosen}) => String(isChosen === true) : null)
    .attr("aria-label", onPress ? spoken : null)
    .on("click", (event: MouseEvent, row) => event.detail < 2 && press(row))
    .on("keydown", (event: KeyboardEvent, row) => {
      if (!onPress || (event.key !== "Enter" && event.key !== " ")) return;
      event.preventDefault();
      press(row);
    })
    .each(function ({name, said, points}) {
      select(layer(this, "rect", "field"))
        // Leaves room for the outline inside the picture.
        .attr("x", 1 - left)
        .attr("width", width - 2)
        .attr("height", rounded(step))
        .attr("rx", 5);
      select(layer(this, "path", "track")).attr("d", `M0 ${rounded(middle)}H${rounded(inner)}`);
      const y = isStacked ? LINE / 2 : middle;
      label(this, "name", name, {x: INSET - left, y, dy: "0.32em"});
      label(this, "said", said, {x: width - left - INSET, y, dy: "0.32em", anchor: "end"});
      marks(
        group(this, "points", 0, middle),
        points,
        {lanes, lane: (step - (isStacked ? LINE + 4 : 0) - 8) / lanes},
        at,
      );
      if (onPress) apart(this);
    });
}

/** All that a row shows and tells when it is pointed at: "LoRA: 73.4 ± 0.5, within the spread". */
function spoken({name, said, points}: PlotRow): string {
  const told = [said, ...points.map(({title}) => title)].filter(Boolean);
  return told.length ? `${name}: ${told.join(", ")}` : String(name);
}

/** Puts spaces between the texts of a row's button, which would otherwise run together in its accessible name. */
function apart(row: Element) {
  for (const text of row.querySelectorAll(".said, .point > title"))
    if (text.previousSibling?.nodeType !== 3) text.before(" ");
}

/** Where a mark stands: at its value, or for an interval at its lower end. */
const placeOf = ({value, low}: Point): number => value ?? low ?? Number.NaN;

function marks(
  g: Element,
  points: readonly Point[],
  {lanes, lane}: {lanes: number; lane: number},
  at: (value: number) => number,
) {
  select(g)
    .selectChildren<SVGGElement, Point>("g")
    .data(points.filter((point) => Number.isFinite(placeOf(point))))
    .join("g")
    .attr("class", ({name}) => `point ${name}`)
    .attr("transform", (point) => {
      const y = point.lane === undefined ? 0 : (point.lane + 0.5 - lanes / 2) * lane;
      return `translate(${at(placeOf(point))} ${rounded(y)})`;
    })
    .each(function (point) {
      const from = at(placeOf(point));
      const end = (value: number | undefined) => (value === undefined ? undefined : rounded(at(value) - from));
      const [low, high] = [end(point.low), end(point.high)];
      const isInterval = point.value === undefined;
      select(layer(this, "path", "whisker")).attr("d", isInterval ? "" : whisker(low, high, 0, CAP));
      const own = point.d ?? circle(point.lane === undefined ? R : SMALL);
      const zero = end(0) ?? 0;
      const forms = {bar: `M${zero} ${-BAR}H0V${BAR}H${zero}Z`, tick: `M0 ${-TICK}V${TICK}`};
      select(layer(this, "path", "shape"))
        .attr("class", `shape ${isInterval ? "interval" : (point.form ?? "dot")}`)
        .attr("d", isInterval ? `M0 0H${high ?? 0}` : point.form ? forms[point.form] : own);
      select(this)
        .selectChildren<SVGTitleElement, string>("title")
        .data(point.title ? [point.title] : [])
        .join("title")
        .each(withText((title) => title));
    });
}
