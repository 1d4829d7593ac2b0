/** The marks of a chart, in Observable Plot's words: data, and for each channel a value or a function of the datum. */
import {attributes} from "./children.ts";
import {rounded} from "./rounded.ts";
import {clippedLine, type Place, type Shape, shapePath} from "./shapes.ts";

/** The color of a mark: of the paper's symbol that it shows, of full fine-tuning (`full`), or a gray. */
export type Tone = "w0" | "full" | "a" | "b" | "dw" | "x" | "ink" | "soft" | "edge";
/** How strongly a mark is drawn: from gray and thin to the full color and thick. */
export type Strength = 0 | 1 | 2 | 3;

/** A value for all data, or a function of the datum. */
type Channel<D, T> = T | ((datum: D, i: number) => T);
type Value = number | undefined;

/** What a mark looks like, and what pressing it does. */
interface Style<D> {
  tone?: Channel<D, Tone>;
  strength?: Channel<D, Strength>;
  dashed?: Channel<D, boolean>;
  thin?: Channel<D, boolean>;
  /** Filled with the color of the background. */
  hollow?: Channel<D, boolean>;
  /** It takes 400 ms to move to its new place: for what a choice or a slow clock moves, not for what the reader drags. */
  glides?: boolean;
  /** A class name, for tests and for a figure's own style sheet. */
  kind?: Channel<D, string>;
  title?: Channel<D, string>;
  /** Identifies the datum, so that its shape moves to where the datum goes. Without keys, shapes are matched in their order. */
  key?: Channel<D, string | number>;
  press?(datum: D, i: number): void;
}

/** Writes a look as attributes, by which the style sheet paints the shape. */
export const paint = (element: Element, {tone, strength, dashed, thin, hollow, glides}: Look) =>
  attributes(element, {
    "data-tone": tone,
    "data-strength": strength,
    "data-dashed": dashed,
    "data-thin": thin,
    "data-hollow": hollow,
    "data-glides": glides,
  });

/** The area in which marks are drawn, in units: the places of values, and its size. */
export interface PlotArea {
  x(value: number): number;
  y(value: number): number;
  width: number;
  height: number;
  /** Half the thickness of a bar from the x-axis up (`x`), and of one along a row (`y`). */
  half: {x: number; y: number};
}

/** What a shape looks like, as the text of its attributes; "" for one that is on. */
export type Look = Readonly<
  Partial<Record<"tone" | "strength" | "dashed" | "thin" | "hollow" | "glides" | "kind", string>>
>;

/** One shape of a mark, in units of the plot area. */
interface MarkShape {
  /** Its path; empty for text. */
  d: string;
  text?: {at: Place; words: string; anchor?: "start" | "middle" | "end"};
  look: Look;
  title?: string;
  key?: string | number;
  press?(): void;
}

/** The name of a line, which is written at its end, with what is needed to find that end. */
interface LineEnd {
  words: string;
  look: Look;
  values: readonly number[];
  x(i: number): number;
}

/** A mark of a chart, as the functions below make it. */
export interface Mark {
  type: string;
  /** Values that the axes must hold. */
  xs: readonly number[];
  ys: readonly number[];
  shapes(area: PlotArea): readonly MarkShape[];
  /** Names of its lines. */
  ends?: readonly LineEnd[];
  /** What it lets the reader drag. */
  drag?: Drag;
}

/** A point that the reader moves by pressing or dragging anywhere in the plot. */
export interface Drag {
  /** Where it is, in values of the axes. */
  at: readonly [x: number, y: number];
  set(x: number, y: number): void;
  keys?: Keys;
}

/** How a handle is moved by arrow keys, and what a screen reader says of it. */
export interface Keys {
  /** The handle's name, and its value in words. */
  name: string;
  valueText: string;
  /** How much an arrow key adds to x and to y. */
  step: readonly [x: number, y: number];
}

/** The value of a channel for a datum. */
const channelValue = <D, T>(channel: Channel<D, T> | undefined, datum: D, i: number): T | undefined =>
  typeof channel === "function" ? (channel as (datum: D, i: number) => T)(datum, i) : channel;
const finiteOf = (values: readonly Value[]): number[] =>
  values.filter((value): value is number => Number.isFinite(value));

function lookOf<D>(style: Style<D>, datum: D, i: number): Look {
  const {tone, strength, dashed, thin, hollow, glides, kind} = style;
  const textOf = (channel: Channel<D, unknown> | undefined) => {
    const value = channelValue(channel, datum, i);
    return value === undefined || value === false ? undefined : value === true ? "" : String(value);
  };
  return {
    tone: textOf(tone),
    strength: textOf(strength),
    dashed: textOf(dashed),
    thin: textOf(thin),
    hollow: textOf(hollow),
    glides: textOf(glides),
    kind: textOf(kind),
  };
}

/** A mark with one shape for each datum that has its channels. */
function markOf<D>(
  type: string,
  data: readonly D[],
  style: Style<D>,
  {
    xs = [],
    ys = [],
  }: {xs?: readonly (Channel<D, Value> | undefined)[]; ys?: readonly (Channel<D, Value> | undefined)[]},
  shapeFor: (
    area: PlotArea,
    get: <T>(channel: Channel<D, T> | undefined) => T | undefined,
  ) => Partial<MarkShape> | undefined,
): Mark {
  const valuesOf = (channels: readonly (Channel<D, Value> | undefined)[]) =>
    finiteOf(channels.flatMap((channel) => data.map((datum, i) => channelValue(channel, datum, i))));
  return {
    type,
    xs: valuesOf(xs),
    ys: valuesOf(ys),
    shapes: (area) =>
      data.flatMap((datum, i) => {
        const markShape = shapeFor(area, (channel) => channelValue(channel, datum, i));
        const {press} = style;
        const [title, key] = [channelValue(style.title, datum, i), channelValue(style.key, datum, i)];
        return markShape
          ? [
              {
                d: "",
                look: lookOf(style, datum, i),
                title,
                key,
                ...(press && {press: () => press(datum, i)}),
                ...markShape,
              },
            ]
          : [];
      }),
  };
}

const index = (_: unknown, i: number) => i;
const itself = (datum: unknown) => datum as number;

interface Point<D> extends Style<D> {
  x?: Channel<D, Value>;
  y?: Channel<D, Value>;
}

/** The corners of a line with steps: level around each place, halfway to its neighbors. */
const stairs = (places: readonly Place[]): Place[] =>
  places.flatMap(([x, y], i) => {
    const [left, right] = [
      places[i - 1]?.[0] ?? 2 * x - places[i + 1]![0],
      places[i + 1]?.[0] ?? 2 * x - places[i - 1]![0],
    ];
    return [[(left + x) / 2, y] as const, [(x + right) / 2, y] as const];
  });

/** A line through all data, straight or with steps, cut off at the plot's upper and lower edge; it ends where a value is Infinity. `end` is written at its end. */
export function lineY<D>(
  data: readonly D[],
  {x = index, y = itself, isStepped = false, end, ...style}: Point<D> & {isStepped?: boolean; end?: string},
): Mark {
  const points = data.map((datum, i) => [channelValue(x, datum, i), channelValue(y, datum, i)] as [number, number]);
  const firstInfinite = points.findIndex(([, yValue]) => yValue === Number.POSITIVE_INFINITY);
  const finitePoints = firstInfinite < 0 ? points : points.slice(0, firstInfinite);
  const look = lookOf(style as Style<unknown>, data[0], 0);
  return {
    type: "lineY",
    xs: points.map(([xValue]) => xValue),
    ys: finiteOf(points.map(([, yValue]) => yValue)),
    shapes: (area) => {
      const places = finitePoints.map(([xValue, yValue]): Place => [area.x(xValue), area.y(yValue)]);
      const through = isStepped ? stairs(places) : places;
      return [
        {
          d: clippedLine(through, area.height),
          look,
          title: channelValue(style.title, data[0], 0) as string | undefined,
        },
      ];
    },
    ends:
      end === undefined
        ? []
        : [
            {
              words: firstInfinite < 0 ? end : `${end} ↑`,
              look,
              values: finitePoints.map(([, yValue]) => yValue),
              x: (i) => points[i]![0],
            },
          ],
  };
}

/** The area between zero and a line with steps through all values, with that line. */
export function areaY(values: readonly number[], style: Style<number>): Mark {
  const look = lookOf(style, values[0]!, 0);
  return {
    type: "area",
    xs: values.map(index),
    ys: [0, ...values],
    shapes: (area) => {
      const places = values.map((value, i): Place => [area.x(i), area.y(value)]);
      const top = stairs(places).map(([x, y]) => `${rounded(x)} ${rounded(y)}`);
      const [zero, first, last] = [rounded(area.y(0)), top[0]!.split(" ")[0], top.at(-1)!.split(" ")[0]];
      return [
        {d: `M${first} ${zero}L${top.join("L")}L${last} ${zero}Z`, look: {...look, kind: "under"}},
        {d: `M${top.join("L")}`, look: {...look, kind: "top"}},
      ];
    },
  };
}

/** A shape at the place of each datum; none outside the plot's height. */
export const dot = <D>(
  data: readonly D[],
  {
    x = index,
    y = itself,
    symbol = "circle",
    r = 4,
    ...style
  }: Point<D> & {symbol?: Channel<D, Shape>; r?: Channel<D, number>},
): Mark =>
  markOf("dot", data, style, {xs: [x], ys: [y]}, (area, get) => {
    const [xValue, yValue] = [get(x), get(y)];
    if (xValue === undefined || yValue === undefined) return;
    const at: Place = [area.x(xValue), area.y(yValue)];
    return at[1] >= -1 && at[1] <= area.height + 1 ? {d: shapePath(get(symbol)!, at, get(r)!)} : undefined;
  });

/** Bars from zero up or down, at the places of x. */
export const barY = <D>(data: readonly D[], {x = index, y = itself, ...style}: Point<D>): Mark =>
  markOf("bar", data, style, {xs: [x], ys: [y, 0]}, (area, get) => {
    const [middle, top, zero] = [area.x(get(x)!), area.y(get(y)!), area.y(0)];
    return {d: rectanglePath(middle - area.half.x, top, middle + area.half.x, zero)};
  });

/** Bars from zero to the right or left, along the rows of y. */
export const barX = <D>(data: readonly D[], {x = itself, y = index, ...style}: Point<D>): Mark =>
  markOf("bar", data, style, {xs: [x, 0]}, (area, get) => {
    const [middle, end, zero] = [area.y(get(y)!), area.x(get(x)!), area.x(0)];
    return {d: rectanglePath(zero, middle - area.half.y, end, middle + area.half.y)};
  });

type Span<D> = Style<D> & {[K in "x" | "y" | "x1" | "x2" | "y1" | "y2"]?: Channel<D, Value>};

/** Vertical lines: through the whole plot, or from y1 to y2 as far as that lies in it. */
export const ruleX = <D>(data: readonly D[], {x = itself, y1, y2, ...style}: Span<D>): Mark =>
  markOf("rule", data, style, {xs: [x], ys: [y1, y2]}, (area, get) => {
    const [low, high] = [get(y1), get(y2)];
    if (y1 !== undefined && (low === undefined || high === undefined)) return;
    const inside = (y: number) => Math.min(Math.max(area.y(y), 0), area.height);
    const ends = low === undefined ? [0, area.height] : [inside(low), inside(high!)];
    if (ends[0] === ends[1]) return;
    return {d: `M${rounded(area.x(get(x)!))} ${rounded(ends[0]!)}V${rounded(ends[1]!)}`};
  });

/** Half the height of a whisker's caps, in units. */
const CAP = 4;
/** Level lines: across the whole plot, or from x1 to x2 with caps at both ends, as whiskers. */
export const ruleY = <D>(data: readonly D[], {y = itself, x1, x2, ...style}: Span<D>): Mark =>
  markOf("rule", data, style, {xs: [x1, x2], ys: [y]}, (area, get) => {
    const [low, high, at] = [get(x1), get(x2), rounded(area.y(get(y)!))];
    if (x1 === undefined) return {d: `M0 ${at}H${area.width}`};
    if (low === undefined || high === undefined) return;
    const [from, to] = [rounded(area.x(low)), rounded(area.x(high))];
    return {d: `M${from} ${at}H${to}M${from} ${at - CAP}v${2 * CAP}M${to} ${at - CAP}v${2 * CAP}`};
  });

/** Areas between two values of one axis or of both, behind other marks. */
export const rect = <D>(data: readonly D[], {x1, x2, y1, y2, ...style}: Span<D>): Mark =>
  markOf("rect", data, style, {xs: [x1, x2], ys: [y1, y2]}, ({x, y, width, height}, get) => {
    const at = (scale: (value: number) => number, channel: Channel<D, Value> | undefined, edge: number) =>
      channel === undefined ? edge : scale(get(channel)!);
    return {d: rectanglePath(at(x, x1, 0), at(y, y2, 0), at(x, x2, width), at(y, y1, height))};
  });

type Words<D> = Point<D> & {
  text: Channel<D, string>;
  anchor?: "start" | "middle" | "end";
  dx?: Channel<D, number>;
  dy?: Channel<D, number>;
};
/** Words at places; without y at the upper edge of the plot. */
export const text = <D>(
  data: readonly D[],
  {x = index, y, text: words, anchor = "middle", dx = 0, dy = 0, ...style}: Words<D>,
): Mark =>
  markOf("text", data, style, {xs: [x], ys: [y]}, (area, get) => {
    const yValue = get(y);
    const at: Place = [area.x(get(x)!) + get(dx)!, (yValue === undefined ? -5 : area.y(yValue)) + get(dy)!];
    return {text: {at, words: get(words)!, anchor}};
  });

/** A dashed vertical line with a handle on top, which the reader drags along x. If it `glides`, it takes 400 ms to where anything but dragging puts it. */
export const knob = (at: number, set: (x: number) => void, keys?: Keys, glides = false): Mark => ({
  type: "knob",
  xs: [at],
  ys: [],
  drag: {at: [at, 0], set, ...(keys && {keys})},
  shapes: ({x, height}) => [
    {d: `M${rounded(x(at))} 0V${rounded(height)}`, look: {kind: "line", ...(glides && {glides: ""})}},
    {d: shapePath("circle", [x(at), 0], 6), look: {kind: "handle", ...(glides && {glides: ""})}},
  ],
});

/** A point that the reader drags along both axes. */
export const handle = (at: readonly [x: number, y: number], set: Drag["set"], keys: Keys): Mark => ({
  type: "handle",
  xs: [at[0]],
  ys: [at[1]],
  drag: {at, set, keys},
  shapes: ({x, y}) => [{d: shapePath("circle", [x(at[0]), y(at[1])], 7), look: {kind: "handle"}}],
});

/** An area or a line for each datum, whose path the figure computes. */
export const shape = <D>(
  type: "area" | "lineY",
  data: readonly D[],
  d: (area: PlotArea, datum: D) => string,
  style: Style<D> = {},
): Mark => ({
  type,
  xs: [],
  ys: [],
  shapes: (area) => data.map((datum, i) => ({d: d(area, datum), look: lookOf(style, datum, i)})),
});

/** The path of a rectangle. */
const rectanglePath = (x1: number, y1: number, x2: number, y2: number): string =>
  `M${rounded(x1)} ${rounded(y1)}H${rounded(x2)}V${rounded(y2)}H${rounded(x1)}Z`;
