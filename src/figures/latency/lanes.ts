/** The lanes of `latency`, one below another: each a road with its pass on the way to the finish, and words above. */
import {attributes, children, join} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {type Drawn, paint} from "../../figure/plot/marks.ts";
import type {Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {shapePath} from "../../figure/plot/shapes.ts";
import {type Text, texts} from "../../figure/plot/text/texts.ts";
import {passAt, pathsOf, type Road, type RoadKind, roadOf, type Scene} from "./road.ts";

/** One way of adapting, as a road along which a pass runs. */
export interface Lane {
  kind: RoadKind;
  name: string;
  note: string;
  /** Its time in words, at the right; and the same for a narrow picture. */
  total: string;
  short?: string;
  /** Said instead of both: in large letters, and what is before them, also for a narrow picture. */
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
/** The height of a lane that nobody timed, as a share of a timed one's. */
const UNTIMED = 0.6;
/** A picture lower than this shows only the first three lanes, which are those of Table 1. */
const LOW = 300;
/** Where a note begins, and from which width on there is room for notes. */
const [NOTE, WIDE] = [170, 480];
/** Half the height of a whisker's caps, and the radius of a pass. */
const [CAP, PULSE] = [5, 8];

/** The layers of a lane, from the bottom up: name, class of mark, and how it is painted. */
const parts: readonly (readonly [name: string, mark: string, look: Drawn["look"]])[] = [
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

/** Draws the lanes, each with its pass where it is at this moment. A lane that nobody timed has no pass and is dashed. */
export function drawLanes(g: Element, lanes: readonly Lane[], options: LaneOptions, {width, height}: Sheet) {
  const shown = height < LOW ? lanes.slice(0, 3) : lanes;
  const isLoud = shown.some(({loud}) => loud);
  const shares = shown.map(({takes}) => (takes === undefined && isLoud ? UNTIMED : 1));
  const unit = (height - FOOT) / shares.reduce((sum, share) => sum + share, 0);
  const names = shown.map(({kind, takes}) => `lane ${kind}${takes === undefined ? " untimed" : ""}`);
  const rows = children(g, "g", [...names, "foot"], [...names.keys(), "foot"]);
  let top = 0;
  for (const [i, lane] of shown.entries()) {
    const high = unit * shares[i]!;
    const above = isLoud && lane.takes !== undefined ? LOUD : NAME;
    attributes(rows[i]!, {transform: `translate(0 ${rounded(top)})`});
    drawWords(rows[i]!, lane, width, above);
    const road = layer(rows[i]!, "g", "road");
    attributes(road, {transform: `translate(0 ${above})`});
    drawRoad(road, lane, roadOf(width, high - above - GAP, options), options);
    top += high;
  }
  drawFoot(rows.at(-1)!, options.foot, roadOf(width, unit - NAME - GAP, options), height - 6);
}

function drawWords(row: Element, {name, note, total, short, loud}: Lane, width: number, above: number) {
  const isWide = width >= WIDE;
  const y = above - 6;
  const end = {at: [width, y] as const, anchor: "end" as const};
  const beforeLoud = {at: [width - LOUD_WIDTH, y] as const, anchor: "end" as const};
  const totals: Text[] = loud
    ? [
        {kind: "total", text: isWide ? loud.beside : loud.short, ...beforeLoud},
        {kind: "more loud", text: loud.text, ...end},
      ]
    : [{kind: "total", text: isWide ? total : (short ?? total), ...end}];
  const notes: Text[] = isWide ? [{kind: "note", at: [NOTE, y], text: note}] : [];
  texts(layer(row, "g", "words"), [{kind: "name", at: [0, y], text: name}, ...notes, ...totals]);
}

function drawRoad(g: Element, {kind, takes, low, high, guess}: Lane, road: Road, options: LaneOptions) {
  const {start, end, y} = road;
  const at = (takes: number) => passAt(options.after, kind, takes, road);
  const paths: Record<string, string> = {...pathsOf(kind, road, options), way: `M${start} ${y}H${end}`};
  if (takes !== undefined) {
    paths.gone = `M${start} ${y}H${at(takes)}`;
    paths.finish = `M${end} 0V${rounded(2 * y)}`;
    paths.pulse = shapePath("circle", [0, 0], PULSE);
    // The stretch that a slower pass still has to go when the first one is through.
    if (takes > 1) paths.ahead = `M${passAt(1, kind, takes, road)} ${y}H${end}`;
  }
  if (low !== undefined && high !== undefined && at(low) !== at(high)) {
    const cap = (x: number) => `M${x} ${rounded(y - CAP)}v${2 * CAP}`;
    paths.whisker = `M${at(high)} ${y}H${at(low)}${cap(at(high))}${cap(at(low))}`;
  }
  if (guess !== undefined) paths.bet = shapePath("circle", [at(1 + guess), y], PULSE);
  const drawn = parts.filter(([name]) => paths[name]);
  join(g, "g", drawn, {name: ([name, mark]) => `${mark} ${name}`}, (group, [name, , look]) => {
    const path = layer(group, "path", "drawn");
    paint(path, name === "way" && takes === undefined ? {...look, dashed: ""} : look);
    attributes(path, {d: paths[name]});
    if (name === "pulse") attributes(group, {transform: `translate(${at(takes!)} ${y})`});
  });
}

function drawFoot(g: Element, foot: readonly string[], {stations, end}: Road, y: number) {
  const middles = stations.map(({x, width}) => x + width / 2);
  const at = (i: number) => [middles[i] ?? end + 8, y] as const;
  texts(
    g,
    foot.map((text, i) => ({at: at(i), text, anchor: middles[i] ? "middle" : "end"})),
  );
}
