import {attributes, children, each, join} from "../../../figure/plot/children.ts";
import {closed} from "../../../figure/plot/closed.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {type Drawn, paint} from "../../../figure/plot/marks.ts";
import type {Sheet} from "../../../figure/plot/picture.ts";
import {rounded} from "../../../figure/plot/rounded.ts";
import {put} from "../../../figure/plot/text/put.ts";
import {type Text, texts} from "../../../figure/plot/text/texts.ts";
import {mapOf, pathsOf, type Road, type RoadKind, type Scene} from "./roads.ts";
import {placeAt} from "./travel.ts";

/** One way of adapting, as a road that a pass takes from its places to the finish. */
export interface Lane {
  kind: RoadKind;
  name: string;
  note: string;
  /** At the end of its row, and the same where that is narrow. */
  total: string;
  short?: string;
  /** The time it takes, and the ends of its whisker, as shares of the first lane's. Undefined: not timed, so no pass goes there. */
  takes?: number;
  low?: number;
  high?: number;
  /** A reader's guess of the same. */
  guess?: number;
}

export interface Race extends Scene {
  /** The time since the start, as a share of the first lane's. */
  after: number;
  /** Words below the drawing: of its stations, and of the finish. */
  foot: readonly string[];
}

/** The words of a lane are above its road. */
const NAME = 19;
const GAP = 5;
const FOOT = 20;
/** A lower picture has no words below it. A lane that is lower than these shows less, and smaller. */
const LOWEST = 230;
const [SMALL, LOW] = [36, 50];
/** Where a note stands, if the picture is wide enough for notes. */
const [NOTE, WIDE] = [170, 480];
/** Half the height of a whisker's caps. */
const CAP = 5;

type Look = Drawn["look"];
/** What stands at a road, from the bottom up: each a group of marks, and how it is painted. */
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
  ["late", "mark-lineY", {tone: "ink", strength: "3"}],
  ["pulse", "mark-dot", {tone: "x"}],
  ["bet", "mark-lineY", {tone: "ink", dashed: ""}],
];

/** Lanes below each other, with each pass where it is at this moment. On a lane without a time there is none: it is dashed. */
export function lanes(g: Element, all: readonly Lane[], race: Race, {width, height}: Sheet) {
  const hasFoot = height > LOWEST;
  const step = (height - (hasFoot ? FOOT : 0)) / all.length;
  const map = mapOf(width, step - NAME - GAP, race);
  const names = [
    ...all.map(({kind, takes}) => `lane ${kind}${takes === undefined ? " untimed" : ""}`),
    ...(hasFoot ? ["foot"] : []),
  ];
  const keys = names.map((_, i) => i);
  const rows = children(g, "g", names, keys);
  for (const [i, lane] of all.entries()) {
    const row = rows[i]!;
    attributes(row, {transform: `translate(0 ${rounded(i * step)})`});
    words(row, lane, width);
    const road = layer(row, "g", "road");
    attributes(road, {transform: `translate(0 ${NAME})`});
    drawRoad(road, lane, map, race, step);
  }
  if (hasFoot) feet(rows.at(-1)!, race.foot, map, height - 6);
}

function words(row: Element, {name, note, total, short}: Lane, width: number) {
  const isWide = width >= WIDE;
  const all: Text[] = [
    {kind: "name", at: [0, 13], text: name},
    ...(isWide ? [{kind: "note", at: [NOTE, 13] as const, text: note}] : []),
    {kind: "total", at: [width, 13], text: isWide ? total : (short ?? total), anchor: "end"},
  ];
  texts(layer(row, "g", "words"), all);
}

function drawRoad(road: Element, lane: Lane, map: Road, race: Race, step: number) {
  const {kind, takes, low, high, guess} = lane;
  const {start, end, y} = map;
  const isTimed = takes !== undefined;
  const r = step < SMALL ? 5 : step < LOW ? 6 : 8;
  const zones = map.zones[kind];
  const at = (time: number) => rounded(map.x(placeAt(race.after, {zones, extra: time - 1})));
  const first = isTimed ? rounded(map.x(placeAt(1, {zones, extra: takes - 1}))) : 0;
  const [least, most] = low === undefined || high === undefined ? [0, 0] : [at(high), at(low)];
  const paths: Readonly<Record<string, string>> = {
    ...pathsOf(kind, map, race),
    way: `M${start} ${y}H${end}`,
    gone: isTimed ? `M${start} ${y}H${at(takes)}` : "",
    finish: isTimed ? `M${end} 0V${rounded(2 * y)}` : "",
    whisker:
      least === most
        ? ""
        : `M${least} ${y}H${most}M${least} ${rounded(y - CAP)}v${2 * CAP}M${most} ${rounded(y - CAP)}v${2 * CAP}`,
    // What was still ahead when the first was through, and took longer.
    late: isTimed && race.after > 1 && takes > 1 ? `M${first} ${y}H${at(takes)}` : "",
    pulse: isTimed ? closed("circle", [0, 0], r) : "",
    bet: guess === undefined ? "" : closed("circle", [at(1 + guess), y], r),
  };
  const seen = parts.filter(([name]) => paths[name]);
  join(road, "g", seen, {name: ([name, mark]) => `${mark} ${name}`}, (group, [name, , look]) => {
    const path = layer(group, "path", "drawn");
    paint(path, name === "way" && !isTimed ? {...look, dashed: ""} : look);
    attributes(path, {d: paths[name]});
    if (name === "pulse") attributes(group, {transform: `translate(${at(takes!)} ${y})`});
  });
}

function feet(g: Element, foot: readonly string[], {stations, end}: Road, y: number) {
  const places = [...stations.map(({x, width}) => x + width / 2), end];
  each(g, "text", foot, (one, text, i) => {
    const isLast = i === foot.length - 1;
    attributes(one, {
      ...{x: rounded(places[i]! + (isLast ? 8 : 0)), y: rounded(y)},
      "text-anchor": isLast ? "end" : "middle",
    });
    put(one, text);
  });
}
