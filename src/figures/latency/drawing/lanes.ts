/** Lanes one below another, each a road with its pass on the way to the finish, and words above and below. */
import {attributes, children, join} from "../../../figure/plot/children.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {type Drawn, paint} from "../../../figure/plot/marks.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {shapePath} from "../../../figure/plot/shapes.ts";
import {type Text, texts} from "../../../figure/plot/text/texts.ts";
import {mapOf, pathsOf, type Road, type RoadKind, type Scene} from "./roads.ts";
import {placeAt} from "./travel.ts";

/** One way of adapting, as a road along which a pass runs. */
export interface Lane {
  kind: RoadKind;
  name: string;
  note: string;
  /** Its time in words, at the right; and the same for a narrow picture. */
  total: string;
  short?: string;
  /** Said instead of both where a lane has room for large letters: those, and what is before them, also for a narrow picture. */
  loud?: {text: string; beside: string; short: string};
  /** Its time and the ends of its whisker, as multiples of the first lane's time. Undefined where nobody timed it: then no pass is drawn. */
  takes?: number;
  low?: number;
  high?: number;
  /** A reader's guess of the same. */
  guess?: number;
}

interface LaneOptions extends Scene {
  /** The time since the start, as a multiple of the first lane's time. */
  after: number;
  /** Words below the drawing: for each station, and for the finish. */
  foot: readonly string[];
}

/** Heights: of the words above a road, of large ones, of the gap below it, and of the words below all lanes. */
const [NAME, LOUD, GAP, FOOT] = [19, 30, 5, 20];
/** The width that the large words take at the right. */
const LOUD_WIDTH = 154;
/** The height of a lane that nobody timed, as a share of a timed one's, and the least it may be; else all are as high. */
const [UNTIMED, LEAST] = [0.6, 40];
/** A picture lower than this has no words below it. */
const LOWEST = 230;
/** In lanes lower than these, the circle of a pass is smaller. */
const [SMALL, LOW] = [36, 50];
/** Where a note begins, and from which width on there is room for notes. */
const [NOTE, WIDE] = [170, 480];
/** Half the height of a whisker's caps. */
const CAP = 5;

type Look = Drawn["look"];
/** The layers of a lane, from the bottom up: name, class of mark, and how it is painted. */
const parts: readonly (readonly [name: string, mark: string, look: Look])[] = [
  ["way", "mark-lineY", {tone: "edge"}],
  ["gone", "mark-lineY", {tone: "x", strength: "3"}],
  ["finish", "mark-rule", {tone: "ink", dashed: ""}],
  ["side", "mark-lineY", {tone: "x", strength: "1"}],
  ["frames", "mark-dot", {tone: "edge", hollow: ""}],
  ["frozen", "mark-bar", {tone: "w0"}],
  ["trained", "mark-bar", {tone: "dw"}],
  ["input", "mark-bar", {tone: "x"}],
  ["down", "mark-bar", {tone: "a"}],
  ["up", "mark-bar", {tone: "b"}],
  ["sum", "mark-dot", {tone: "ink", hollow: ""}],
  ["whisker", "mark-rule", {tone: "ink"}],
  ["ahead", "mark-lineY", {tone: "dw", strength: "3"}],
  ["pulse", "mark-dot", {tone: "x"}],
  ["bet", "mark-lineY", {tone: "ink", dashed: ""}],
];

/** The heights of the lanes: all the same, or less for those that nobody timed, where that leaves them room. */
function heightsOf(all: readonly Lane[], height: number): number[] {
  const shares = all.map(({takes}) => (takes === undefined ? UNTIMED : 1));
  const whole = height / shares.reduce((sum, share) => sum + share, 0);
  const isMixed = new Set(shares).size > 1 && UNTIMED * whole > LEAST;
  return shares.map((share) => (isMixed ? share * whole : height / all.length));
}

/** Draws the lanes, each with its pass where it is at this moment. A lane that nobody timed has no pass and is dashed. */
export function drawLanes(g: Element, all: readonly Lane[], options: LaneOptions, {width, height}: Sheet) {
  const hasFoot = height > LOWEST;
  const heights = heightsOf(all, height - (hasFoot ? FOOT : 0));
  const names = [
    ...all.map(({kind, takes}) => `lane ${kind}${takes === undefined ? " untimed" : ""}`),
    ...(hasFoot ? ["foot"] : []),
  ];
  const keys = names.map((_, i) => i);
  const rows = children(g, "g", names, keys);
  const isMixed = heights[0] !== heights.at(-1);
  let top = 0;
  for (const [i, lane] of all.entries()) {
    const [row, high] = [rows[i]!, heights[i]!];
    const above = isMixed && lane.takes !== undefined ? LOUD : NAME;
    const map = mapOf(width, high - above - GAP, options);
    attributes(row, {transform: `translate(0 ${rounded(top)})`});
    drawWords(row, lane, width, above);
    const road = layer(row, "g", "road");
    attributes(road, {transform: `translate(0 ${above})`});
    drawRoad(road, lane, map, options, high);
    top += high;
  }
  if (hasFoot) drawFoot(rows.at(-1)!, options.foot, mapOf(width, heights[0]! - NAME - GAP, options), height - 6);
}

function drawWords(row: Element, {name, note, total, short, loud}: Lane, width: number, above: number) {
  const isWide = width >= WIDE;
  const y = above - 6;
  const end = {at: [width, y] as const, anchor: "end" as const};
  const before = {at: [width - LOUD_WIDTH, y] as const, anchor: "end" as const};
  const all: Text[] = [
    {kind: "name", at: [0, y], text: name},
    ...(isWide ? [{kind: "note", at: [NOTE, y] as const, text: note}] : []),
    ...(loud && above === LOUD
      ? [
          {kind: "total", text: isWide ? loud.beside : loud.short, ...before},
          {kind: "more loud", text: loud.text, ...end},
        ]
      : [{kind: "total", text: isWide ? total : (short ?? total), ...end}]),
  ];
  texts(layer(row, "g", "words"), all);
}

function drawRoad(road: Element, lane: Lane, map: Road, options: LaneOptions, step: number) {
  const {kind, takes, low, high, guess} = lane;
  const {start, end, y} = map;
  const isTimed = takes !== undefined;
  const r = step < SMALL ? 5 : step < LOW ? 6 : 8;
  const zones = map.zones[kind];
  const at = (time: number) => rounded(map.x(placeAt(options.after, {zones, extra: time - 1})));
  const first = isTimed ? rounded(map.x(placeAt(1, {zones, extra: takes - 1}))) : 0;
  const [least, most] = low === undefined || high === undefined ? [0, 0] : [at(high), at(low)];
  const paths: Readonly<Record<string, string>> = {
    ...pathsOf(kind, map, options),
    way: `M${start} ${y}H${end}`,
    gone: isTimed ? `M${start} ${y}H${at(takes)}` : "",
    finish: isTimed ? `M${end} 0V${rounded(2 * y)}` : "",
    whisker:
      least === most
        ? ""
        : `M${least} ${y}H${most}M${least} ${rounded(y - CAP)}v${2 * CAP}M${most} ${rounded(y - CAP)}v${2 * CAP}`,
    // The stretch that a slower pass still has to go when the first one is through.
    ahead: isTimed && takes > 1 ? `M${first} ${y}H${end}` : "",
    pulse: isTimed ? shapePath("circle", [0, 0], r) : "",
    bet: guess === undefined ? "" : shapePath("circle", [at(1 + guess), y], r),
  };
  const seen = parts.filter(([name]) => paths[name]);
  join(road, "g", seen, {name: ([name, mark]) => `${mark} ${name}`}, (group, [name, , look]) => {
    const path = layer(group, "path", "drawn");
    paint(path, name === "way" && !isTimed ? {...look, dashed: ""} : look);
    attributes(path, {d: paths[name]});
    if (name === "pulse") attributes(group, {transform: `translate(${at(takes!)} ${y})`});
  });
}

function drawFoot(g: Element, foot: readonly string[], {stations, end}: Road, y: number) {
  const places = [...stations.map(({x, width}) => x + width / 2), end];
  texts(
    g,
    foot.map((text, i): Text => {
      const isLast = i === foot.length - 1;
      return {at: [places[i]! + (isLast ? 8 : 0), y], text, anchor: isLast ? "end" : "middle"};
    }),
  );
}
