/** The marks of a chart, in Observable Plot's words: data, and for each channel a value or a function of the datum. */
import {attributes} from "./children.ts";
import {clip, closed, type Place, type Shape} from "./closed.ts";

/** The color of a symbol; `full` is full fine-tuning. */
export type Tone = "w0" | "full" | "a" | "b" | "dw" | "x" | "ink" | "soft" | "edge";
/** From gray and thin to the full color and thick. */
export type Strength = 0 | 1 | 2 | 3;

type Channel<D, T> = T | ((datum: D, i: number) => T);
type Value = number | undefined;

interface Style<D> {
  tone?: Channel<D, Tone>;
  strength?: Channel<D, Strength>;
  dashed?: Channel<D, boolean>;
  thin?: Channel<D, boolean>;
  /** Filled with the color of the ground. */
  hollow?: Channel<D, boolean>;
  /** It takes 400 ms to its new place: for what a choice or a slow clock moves, not for what a hand drags. */
  glides?: boolean;
  /** A name for tests and for what a figure paints by itself. */
  kind?: Channel<D, string>;
  title?: Channel<D, string>;
  /** Who it is: its shape travels to where its datum goes. Without it, shapes stand for each other in their order. */
  key?: Channel<D, string | number>;
  press?(datum: D, i: number): void;
}

/** Writes how a shape looks; the style sheet paints it. */
export const paint = (element: Element, {tone, strength, dashed, thin, hollow, glides}: Drawn["look"]) =>
  attributes(element, {
    "data-tone": tone,
    "data-strength": strength,
    "data-dashed": dashed,
    "data-thin": thin,
    "data-hollow": hollow,
    "data-glides": glides,
  });

/** What a mark is drawn with: places of values, and the size of the plot. */
export interface Ground {
  x(value: number): number;
  y(value: number): number;
  width: number;
  height: number;
  /** Half the width of a bar on either axis. */
  half: {x: number; y: number};
}

/** One shape of a mark in units of the plot. */
export interface Drawn {
  /** Empty for text. */
  d: string;
  text?: {at: Place; words: string; anchor?: "start" | "middle" | "end"};
  look: Readonly<Partial<Record<"tone" | "strength" | "dashed" | "thin" | "hollow" | "glides" | "kind", string>>>;
  title?: string;
  key?: string | number;
  press?(): void;
}

/** A line's name, written at its end. */
export interface End {
  words: string;
  look: Drawn["look"];
  values: readonly number[];
  x(i: number): number;
}

export interface Mark {
  type: string;
  /** Values that the axes must hold. */
  xs: readonly number[];
  ys: readonly number[];
  shapes(ground: Ground): readonly Drawn[];
  ends?: readonly End[];
  drag?: Drag;
}

/** What is moved by pressing or dragging anywhere in the plot. */
export interface Drag {
  /** Where it is, in values of the axes. */
  at: readonly [x: number, y: number];
  set(x: number, y: number): void;
  keys?: Keys;
}

/** How a handle is moved by arrow keys, and what a screen reader says of it. */
export interface Keys {
  called: string;
  said: string;
  /** What a key adds to x and to y. */
  step: readonly [x: number, y: number];
}

const value = <D, T>(channel: Channel<D, T> | undefined, datum: D, i: number): T | undefined =>
  typeof channel === "function" ? (channel as (datum: D, i: number) => T)(datum, i) : channel;
const finite = (values: readonly Value[]): number[] => values.filter((one): one is number => Number.isFinite(one));

function lookOf<D>(style: Style<D>, datum: D, i: number): Drawn["look"] {
  const {tone, strength, dashed, thin, hollow, glides, kind} = style;
  const text = (channel: Channel<D, unknown> | undefined) => {
    const now = value(channel, datum, i);
    return now === undefined || now === false ? undefined : now === true ? "" : String(now);
  };
  return {
    tone: text(tone),
    strength: text(strength),
    dashed: text(dashed),
    thin: text(thin),
    hollow: text(hollow),
    glides: text(glides),
    kind: text(kind),
  };
}

/** A mark with one shape for each datum that has its channels. */
function each<D>(
  type: string,
  data: readonly D[],
  style: Style<D>,
  {
    xs = [],
    ys = [],
  }: {xs?: readonly (Channel<D, Value> | undefined)[]; ys?: readonly (Channel<D, Value> | undefined)[]},
  shape: (ground: Ground, get: <T>(channel: Channel<D, T> | undefined) => T | undefined) => Partial<Drawn> | undefined,
): Mark {
  const all = (channels: readonly (Channel<D, Value> | undefined)[]) =>
    finite(channels.flatMap((channel) => data.map((datum, i) => value(channel, datum, i))));
  return {
    type,
    xs: all(xs),
    ys: all(ys),
    shapes: (ground) =>
      data.flatMap((datum, i) => {
        const drawn = shape(ground, (channel) => value(channel, datum, i));
        const {press} = style;
        const [title, key] = [value(style.title, datum, i), value(style.key, datum, i)];
        return drawn
          ? [{d: "", look: lookOf(style, datum, i), title, key, ...(press && {press: () => press(datum, i)}), ...drawn}]
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

/** How a line gets from value to value: straight, or level around each, with a step halfway between two. */
type Curve = "linear" | "step";

/** The corners of a stair that is as wide around each place as the next is far. */
const stairs = (places: readonly Place[]): Place[] =>
  places.flatMap(([x, y], i) => {
    const [left, right] = [
      places[i - 1]?.[0] ?? 2 * x - places[i + 1]![0],
      places[i + 1]?.[0] ?? 2 * x - places[i - 1]![0],
    ];
    return [[(left + x) / 2, y] as const, [(x + right) / 2, y] as const];
  });

/** A line through all data, cut off at the plot's edges; it ends where a value is Infinity. `end` is written at its end. */
export function lineY<D>(
  data: readonly D[],
  {x = index, y = itself, curve = "linear", end, ...style}: Point<D> & {curve?: Curve; end?: string},
): Mark {
  const at = data.map((datum, i) => [value(x, datum, i), value(y, datum, i)] as [number, number]);
  const lost = at.findIndex(([, high]) => high === Number.POSITIVE_INFINITY);
  const seen = lost < 0 ? at : at.slice(0, lost);
  const look = lookOf(style as Style<unknown>, data[0], 0);
  return {
    type: "lineY",
    xs: at.map(([across]) => across),
    ys: finite(at.map(([, high]) => high)),
    shapes: (ground) => {
      const places = seen.map(([across, high]): Place => [ground.x(across), ground.y(high)]);
      const through = curve === "step" ? stairs(places) : places;
      return [{d: clip(through, ground.height), look, title: value(style.title, data[0], 0) as string | undefined}];
    },
    ends:
      end === undefined
        ? []
        : [{words: lost < 0 ? end : `${end} ↑`, look, values: seen.map(([, y]) => y), x: (i) => at[i]![0]}],
  };
}

/** What lies between zero and a line through all data, with the line. */
export function areaY<D>(
  data: readonly D[],
  {x = index, y = itself, curve = "linear", ...style}: Point<D> & {curve?: Curve},
): Mark {
  const at = data.map((datum, i) => [value(x, datum, i), value(y, datum, i)] as Place);
  const look = lookOf(style as Style<unknown>, data[0], 0);
  return {
    type: "area",
    xs: at.map(([across]) => across),
    ys: [0, ...at.map(([, high]) => high)],
    shapes: (ground) => {
      const places = at.map(([across, high]): Place => [ground.x(across), ground.y(high)]);
      const top = (curve === "step" ? stairs(places) : places).map(([left, high]) => `${n(left)} ${n(high)}`);
      const [zero, first, last] = [n(ground.y(0)), top[0]!.split(" ")[0], top.at(-1)!.split(" ")[0]];
      return [
        {d: `M${first} ${zero}L${top.join("L")}L${last} ${zero}Z`, look: {...look, kind: "under"}},
        {d: `M${top.join("L")}`, look: {...look, kind: "top"}},
      ];
    },
  };
}

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
  each("dot", data, style, {xs: [x], ys: [y]}, ({x: across, y: up, height}, get) => {
    const [left, high] = [get(x), get(y)];
    if (left === undefined || high === undefined) return;
    const at: Place = [across(left), up(high)];
    return at[1] >= -1 && at[1] <= height + 1 ? {d: closed(get(symbol)!, at, get(r)!)} : undefined;
  });

/** Bars from zero: up from the places of x, or along the rows of y. */
export const barY = <D>(data: readonly D[], {x = index, y = itself, ...style}: Point<D>): Mark =>
  each("bar", data, style, {xs: [x], ys: [y, 0]}, (ground, get) => {
    const [middle, top, zero] = [ground.x(get(x)!), ground.y(get(y)!), ground.y(0)];
    return {d: box(middle - ground.half.x, top, middle + ground.half.x, zero)};
  });

export const barX = <D>(data: readonly D[], {x = itself, y = index, ...style}: Point<D>): Mark =>
  each("bar", data, style, {xs: [x, 0]}, (ground, get) => {
    const [middle, end, zero] = [ground.y(get(y)!), ground.x(get(x)!), ground.x(0)];
    return {d: box(zero, middle - ground.half.y, end, middle + ground.half.y)};
  });

type Span<D> = Style<D> & {[K in "x" | "y" | "x1" | "x2" | "y1" | "y2"]?: Channel<D, Value>};

/** A vertical line: all through the plot, or as much of y1 to y2 as lies in it. */
export const ruleX = <D>(data: readonly D[], {x = itself, y1, y2, ...style}: Span<D>): Mark =>
  each("rule", data, style, {xs: [x], ys: [y1, y2]}, (ground, get) => {
    const [low, high] = [get(y1), get(y2)];
    if (y1 !== undefined && (low === undefined || high === undefined)) return;
    const inside = (y: number) => Math.min(Math.max(ground.y(y), 0), ground.height);
    const ends = low === undefined ? [0, ground.height] : [inside(low), inside(high!)];
    if (ends[0] === ends[1]) return;
    return {d: `M${n(ground.x(get(x)!))} ${n(ends[0]!)}V${n(ends[1]!)}`};
  });

const CAP = 4;
/** A level line: all across the plot, or from x1 to x2 and then with caps, as a whisker. */
export const ruleY = <D>(data: readonly D[], {y = itself, x1, x2, ...style}: Span<D>): Mark =>
  each("rule", data, style, {xs: [x1, x2], ys: [y]}, (ground, get) => {
    const [low, high, at] = [get(x1), get(x2), n(ground.y(get(y)!))];
    if (x1 === undefined) return {d: `M0 ${at}H${ground.width}`};
    if (low === undefined || high === undefined) return;
    const [from, to] = [n(ground.x(low)), n(ground.x(high))];
    return {d: `M${from} ${at}H${to}M${from} ${at - CAP}v${2 * CAP}M${to} ${at - CAP}v${2 * CAP}`};
  });

/** An area between two values of one axis or of both, as a band behind the rest. */
export const rect = <D>(data: readonly D[], {x1, x2, y1, y2, ...style}: Span<D>): Mark =>
  each("rect", data, style, {xs: [x1, x2], ys: [y1, y2]}, ({x, y, width, height}, get) => {
    const at = (scale: (value: number) => number, channel: Channel<D, Value> | undefined, edge: number) =>
      channel === undefined ? edge : scale(get(channel)!);
    return {d: box(at(x, x1, 0), at(y, y2, 0), at(x, x2, width), at(y, y1, height))};
  });

type Words<D> = Point<D> & {
  text: Channel<D, string>;
  anchor?: "start" | "middle" | "end";
  dx?: Channel<D, number>;
  dy?: Channel<D, number>;
};
/** Words at places; without y at the upper edge. */
export const text = <D>(
  data: readonly D[],
  {x = index, y, text: words, anchor = "middle", dx = 0, dy = 0, ...style}: Words<D>,
): Mark =>
  each("text", data, style, {xs: [x], ys: [y]}, (ground, get) => {
    const high = get(y);
    const at: Place = [ground.x(get(x)!) + get(dx)!, (high === undefined ? -5 : ground.y(high)) + get(dy)!];
    return {text: {at, words: get(words)!, anchor}};
  });

/** A dashed line with a handle above it. If it `glides`, it takes 400 ms to where something else than a hand puts it. */
export const knob = (at: number, set: (x: number) => void, keys?: Keys, glides = false): Mark => ({
  type: "knob",
  xs: [at],
  ys: [],
  drag: {at: [at, 0], set, ...(keys && {keys})},
  shapes: ({x, height}) => [
    {d: `M${n(x(at))} 0V${n(height)}`, look: {kind: "line", ...(glides && {glides: ""})}},
    {d: closed("circle", [x(at), 0], 6), look: {kind: "handle", ...(glides && {glides: ""})}},
  ],
});

/** A point that is dragged over both axes. */
export const handle = (at: readonly [x: number, y: number], set: Drag["set"], keys: Keys): Mark => ({
  type: "handle",
  xs: [at[0]],
  ys: [at[1]],
  drag: {at, set, keys},
  shapes: ({x, y}) => [{d: closed("circle", [x(at[0]), y(at[1])], 7), look: {kind: "handle"}}],
});

/** One shape for each datum, whose path the figure computes: an area, or a line. */
export const shape = <D>(
  type: "area" | "lineY",
  data: readonly D[],
  d: (ground: Ground, datum: D) => string,
  style: Style<D> = {},
): Mark => ({
  type,
  xs: [],
  ys: [],
  shapes: (ground) => data.map((datum, i) => ({d: d(ground, datum), look: lookOf(style, datum, i)})),
});

const n = (place: number): number => Math.round(place * 10) / 10;
const box = (x1: number, y1: number, x2: number, y2: number): string =>
  `M${n(x1)} ${n(y1)}H${n(x2)}V${n(y2)}H${n(x1)}Z`;
