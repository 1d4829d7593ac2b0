/** Draws a chart: its axes, rows, marks, handles, and names at the ends of lines. */
import {type Axis, domainOf, type LaidOutAxis, labelWidth, layOut, type Places, type Rows} from "./axes/axis.ts";
import {spreadLabels} from "./axes/spreadLabels.ts";
import {attributes, children, each, listen, makePressable} from "./children.ts";
import {listenToDrags} from "./drags.ts";
import {layer} from "./layer.ts";
import {type Drag, type Keys, type Mark, type PlotArea, paint} from "./marks.ts";
import {rounded} from "./rounded.ts";
import {put} from "./text/put.ts";

/** Rows closer together than this many units have no room for a line of words above their marks. */
const STACKED_FROM = 32;

/**
 * The letters of a picture's answer beside a row, as a multiple of the others: on charts wider than `above` units, and on others. In
 * rows lower than `pitch` units they are as small as on narrow charts.
 */
const LOUD_LETTERS = {above: 300, wide: 28 / 12, narrow: 20 / 12, pitch: 30} as const;

/** A chart, in Observable Plot's words. */
export interface Plot {
  /** What it shows in words. */
  alt: string;
  x: Axis | Places;
  y: Axis | Rows;
  marks: readonly Mark[];
  /** In units; by default as wide as the words there. Charts one above the other have to share them. */
  marginLeft?: number;
  marginRight?: number;
  /** Room between the plot's edges and the ends of the scale, in units, for marks that reach beyond their place: for both, or left and right. */
  insetX?: number | readonly [left: number, right: number];
  insetTop?: number;
  insetBottom?: number;
}

/** Where the plot area, its axes and its rows are, in units. */
function layout(
  {x, y, marks, marginLeft, marginRight, insetX = 0, insetTop = 0, insetBottom = 0}: Plot,
  width: number,
  height: number,
) {
  const [insetLeft = 0, insetRight = insetLeft] = [insetX].flat();
  const xs = marks.flatMap((mark) => mark.xs);
  const ys = marks.flatMap((mark) => mark.ys);
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => labelWidth(text)));
  const hasWordsAbove = marks.some((mark) => mark.type === "knob" || (mark.type === "text" && !mark.ys.length));
  const isRows = y.type === "rows";
  const top = hasWordsAbove ? 18 : isRows ? 2 : 10;
  const bottom = height - 24;
  const xDomain = x.type === "point" ? ([0, x.names.length - 1] as const) : domainOf(x, xs);
  if (isRows) {
    const [nameWidth, valueWidth] = [widest(y.rows.map(({name}) => name)), widest(y.rows.map((row) => row.valueText))];
    const pitch = (bottom - top) / y.rows.length;
    // Names above their rows where they would take half of the width.
    const isStacked = nameWidth + valueWidth > 0.5 * width && pitch > STACKED_FROM;
    const loudWidth =
      y.loud === undefined
        ? 0
        : labelWidth(y.rows[y.loud]!.valueText) *
          (width > LOUD_LETTERS.above ? LOUD_LETTERS.wide : LOUD_LETTERS.narrow);
    const room = marginRight ?? Math.max(valueWidth, loudWidth) + 24;
    const [left, right] = isStacked ? [14, width - 14] : [nameWidth + 22, width - room];
    const middle = isStacked ? 14 + (pitch - 14) / 2 : pitch / 2;
    const scale = Object.assign((row: number) => row * pitch + middle, {
      invert: (place: number) => (place - middle) / pitch,
    });
    const xAxis = layOut(x, xDomain, [0, right - left]);
    return {left, top, right, bottom, isStacked, pitch, x: xAxis, y: {scale, ticks: []} as LaidOutAxis};
  }
  const yAxis = layOut(y, domainOf(y, ys), [bottom - top - insetBottom, insetTop]);
  const ends = marks.flatMap((mark) => mark.ends ?? []).map(({words}) => words);
  const left = marginLeft ?? widest(yAxis.ticks.map(({name}) => name)) + 8;
  const half = x.type === "point" ? labelWidth(x.names.at(-1)!) / 2 : 12;
  const right = width - (marginRight ?? Math.max(ends.length ? widest(ends) + 14 : 0, half, 8));
  return {left, top, right, bottom, x: layOut(x, xDomain, [insetLeft, right - left - insetRight]), y: yAxis};
}
type Layout = ReturnType<typeof layout>;

/** Draws a chart of this size in units into `g`. Gives the plot area and its upper left corner, for what a figure draws over it. */
export function drawPlot(
  g: Element,
  plot: Plot,
  width: number,
  height: number,
): PlotArea & Readonly<Record<"left" | "top", number>> {
  const plan = layout(plot, width, height);
  const {left, top, right, bottom} = plan;
  const transform = `translate(${rounded(left)} ${rounded(top)})`;
  // Drawn with another origin, marks would be animated from places where nothing was, so they are made anew.
  if (g.getAttribute("transform") !== transform)
    for (const mark of g.querySelectorAll(":is(.mark-rule, .mark-dot, .mark-bar) > path")) mark.remove();
  attributes(g, {transform});
  const area: PlotArea = {
    x: plan.x.scale,
    y: plan.y.scale,
    width: rounded(right - left),
    height: rounded(bottom - top),
    half: {x: Math.abs(plan.x.scale(1) - plan.x.scale(0)) * 0.4, y: Math.min(6, 0.36 * (plan.pitch ?? 20))},
  };
  const {marks, y} = plot;
  const isBehind = ({type}: Mark) => type === "rect" || type === "area";
  const names = [
    ...marks.flatMap((mark, i) => (isBehind(mark) ? [`mark-${mark.type} m${i}`] : [])),
    "axis x",
    "axis y",
    ...(y.type === "rows" ? ["rows"] : []),
    ...marks.flatMap((mark, i) => (isBehind(mark) ? [] : [`mark-${mark.type} m${i}`])),
    ...(marks.some(({ends}) => ends?.length) ? ["ends"] : []),
  ];
  const groups = new Map(children(g, "g", names).map((group, i) => [names[i]!, group]));
  drawAxis(groups.get("axis x")!, plan.x, area);
  drawAxis(groups.get("axis y")!, plan.y, area);
  if (y.type === "rows") drawRows(groups.get("rows")!, y, plan, area, width);
  for (const [i, mark] of marks.entries()) drawMark(groups.get(`mark-${mark.type} m${i}`)!, mark, area, plan);
  const endsGroup = groups.get("ends");
  if (endsGroup) drawEnds(endsGroup, marks, area);
  // Screen readers read no mark but handles: the picture's name says what it shows.
  if (y.type !== "rows")
    for (const group of groups.values())
      attributes(group, {"aria-hidden": group.querySelector("[role=slider]") ? null : "true"});
  return {...area, left, top};
}

/** Draws an axis: labels below the plot or at its left, and at each a line through the plot. */
function drawAxis(g: Element, {scale, ticks}: LaidOutAxis, {width, height}: PlotArea) {
  const isX = g.classList.contains("x");
  const place = (value: number) => rounded(scale(value));
  each(layer(g, "g", "grid"), "path", ticks, (line, {value}) =>
    attributes(line, {d: isX ? `M${place(value)} 0V${height}` : `M0 ${place(value)}H${width}`}),
  );
  each(layer(g, "g", "ticks"), "text", ticks, (text, {value, name}) => {
    attributes(text, isX ? {x: place(value), y: height + 16} : {x: -6, y: place(value), dy: "0.32em"});
    put(text, name);
  });
}

/** Draws the names and words of rows, which can be pressed. */
function drawRows(
  g: Element,
  {rows, chosen, loud, press}: Rows,
  {left, pitch, isStacked}: Layout,
  {y, width: areaWidth}: PlotArea,
  width: number,
) {
  const isChosen = (i: number) => (typeof chosen === "number" ? i === chosen : !!chosen?.includes(i));
  const names = rows.map((_, i) => (isChosen(i) ? "row chosen" : "row"));
  const keys = rows.map(({key, name}) => key ?? name);
  for (const [i, row] of children(g, "g", names, keys).entries()) {
    const {name, valueText, spoken, tone} = rows[i]!;
    const top = i * pitch!;
    const [line, middle] = [rounded(y(i) - top), isStacked ? 11 : rounded(y(i) - top)];
    attributes(row, {transform: `translate(0 ${rounded(top)})`});
    // The name of a button has to contain its visible text.
    const words = spoken?.startsWith(valueText) ? spoken : [valueText, spoken].filter(Boolean).join(", ");
    makePressable(row, `${name}: ${words}`, isChosen(i), press && (() => press(i)));
    attributes(layer(row, "rect", "field"), {x: rounded(1 - left), width: width - 2, height: rounded(pitch!), rx: 4});
    attributes(layer(row, "path", "track"), {d: `M0 ${line}H${areaWidth}`});
    const [nameNode, valueNode] = [layer(row, "text", "name", name), layer(row, "text", "said", valueText)];
    valueNode.classList.toggle("loud", i === loud);
    valueNode.classList.toggle("low", i === loud && pitch! < LOUD_LETTERS.pitch);
    attributes(valueNode, {"data-tone": tone ?? null});
    attributes(nameNode, {x: rounded(6 - left), y: middle, dy: "0.32em"});
    attributes(valueNode, {
      x: rounded(width - left - 6),
      y: isStacked && i === loud ? middle + 3 : middle,
      dy: "0.32em",
      "text-anchor": "end",
    });
    if (valueNode.previousSibling === nameNode) valueNode.before(" ");
  }
}

/** Draws the shapes of a mark, as paths or texts, and lets the reader drag it. */
function drawMark(g: Element, mark: Mark, area: PlotArea, {x, y}: Layout) {
  const {drag} = mark;
  if (drag) {
    const field = layer(g, "path", "field");
    attributes(field, {d: `M-12 -12H${area.width + 12}V${area.height + 12}H-12Z`});
    const inside = (place: number, length: number) => Math.min(Math.max(place, 0), length);
    const onDrag = (left: number, top: number) =>
      drag.set(x.scale.invert(inside(left, area.width)), y.scale.invert(inside(top, area.height)));
    listenToDrags(field, g, {onDrag, onCancel: () => drag.set(...drag.at)});
  }
  const box = drag ? layer(g, "g", "handle") : g;
  const shapes = mark.shapes(area);
  const names = shapes.map(({look}) => look.kind ?? "");
  const keys = shapes.flatMap(({key}) => (key === undefined ? [] : [key]));
  const elements = children(box, mark.type === "text" ? "text" : "path", names, keys.length ? keys : undefined);
  for (const [i, {d, text, look, title, press}] of shapes.entries()) {
    const element = elements[i]!;
    paint(element, look);
    if (text) {
      attributes(element, {
        x: rounded(text.at[0]),
        y: rounded(text.at[1]),
        "text-anchor": text.anchor === "start" ? null : text.anchor!,
      });
      put(element, text.words);
      continue;
    }
    attributes(element, {d});
    const [titleElement] = children(element, "title", title ? [""] : []);
    if (titleElement) put(titleElement, title!);
    attributes(element, {"data-press": press ? "" : null});
    listen(element, "click", press);
    if (drag?.keys && look.kind === "handle") moveByKeys(element, drag, drag.keys);
  }
}

/** The direction of each arrow key. */
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Makes a shape the handle of a drag, which arrow keys move. */
function moveByKeys(shape: Element, {at, set}: Pick<Drag, "at" | "set">, {name, valueText, step}: Keys) {
  attributes(shape, {
    tabindex: 0,
    role: "slider",
    "aria-label": name,
    "aria-valuenow": at[step[0] ? 0 : 1],
    "aria-valuetext": valueText,
  });
  listen(shape, "keydown", (event) => {
    const {key, altKey, ctrlKey, metaKey} = event as KeyboardEvent;
    const direction = ARROWS[key];
    if (!direction || altKey || ctrlKey || metaKey) return;
    event.preventDefault();
    // A handle on one axis is moved by both pairs of arrows, as every slider is.
    const [dx, dy] = step[1] ? direction : [direction[0] + direction[1], 0];
    set(at[0] + dx * step[0], at[1] + dy * step[1]);
  });
}

/** Draws the names of lines at the right edge, moved apart, each with a leader to the end of its line. */
function drawEnds(g: Element, marks: readonly Mark[], {x, y, width, height}: PlotArea) {
  const ends = marks.flatMap((mark) => mark.ends ?? []);
  const inside = (place: number) => Math.min(Math.max(place, 0), height);
  const places = ends.map(({values, words}) => inside(words.endsWith("↑") ? 0 : y(values.at(-1)!)));
  const spread = spreadLabels(places, height);
  each(layer(g, "g", "leaders"), "path", ends, (leader, {values, x: at}, i) => {
    const end = rounded(x(at(Math.max(values.length - 1, 0))));
    attributes(leader, {d: `M${end} ${rounded(places[i]!)}H${width}L${rounded(width + 8)} ${rounded(spread[i]!)}`});
  });
  each(layer(g, "g", "names"), "text", ends, (name, {words, look}, i) => {
    attributes(name, {x: rounded(width + 11), y: rounded(spread[i]!), dy: "0.32em"});
    paint(name, look);
    put(name, words);
  });
}
