/** Draws the lanes of `latency`, one below another: each is a road with words above it, along which a pass runs. */
import {attributes, children, join} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {type Look, paint} from "../../figure/plot/marks.ts";
import type {Drawing, Sheet} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {shapePath} from "../../figure/plot/shapes.ts";
import {significant} from "../../figure/plot/text/format.ts";
import {type Text, texts} from "../../figure/plot/text/texts.ts";
import type {LatencyParams} from "./controls.ts";
import type {LatencyResult} from "./layer.ts";
import {passAt, pathsOf, type Road, type RoadKind, roadOf} from "./road.ts";
import {latencyGuessText, latencyText, msText} from "./sentences.ts";
import {type Latency, singleSetting} from "./table1.ts";

/** Name and note of each lane, in the order of the picture: those that the paper timed come first. */
const laneNames: Readonly<Record<RoadKind, readonly [name: string, note: string]>> = {
  full: ["Full fine-tuning", "every weight moves"],
  merged: ["LoRA, merged", "the same row of Table 1"],
  adapters: ["Adapter layers", "layers in series"],
  bitfit: ["BitFit", "only the biases move"],
  prefix: ["Prefix", "extra tokens take places"],
  beside: ["LoRA, beside W₀", "a second path, then a sum"],
};
/** How many lanes have a time. */
const TIMED_COUNT = 3;
/** How many adapter layers each design puts into a block. */
const LAYERS_PER_BLOCK = {l: 1, h: 2} as const;

/** The time of a pass and the ends of its whisker, as multiples of the first lane's. */
interface PassTime {
  duration: number;
  low: number;
  high: number;
  /** By how much the reader guessed that it is longer than the first lane's, as a share of that. */
  guess?: number;
}

/** One way of adapting. */
interface Lane {
  kind: RoadKind;
  name: string;
  note: string;
  /** Its time in words, at the right; and the same for a narrow picture. */
  timeText: string;
  shortTimeText: string;
  /** More words behind them, in large letters. */
  largeText?: string;
  /** Undefined if the paper did not time it. */
  time?: PassTime;
}

/** All six lanes, with the times of the chosen setting. The reader's guess is shown only at the setting that it is about. */
function lanesOf({setting, guess}: LatencyResult, {compared}: LatencyParams): Lane[] {
  const {plain, adapters} = setting;
  const slower = adapters[compared];
  const layersText = LAYERS_PER_BLOCK[compared] === 1 ? "one" : "two";
  const shownGuess = setting.name === singleSetting.name ? guess : undefined;
  const timeOf = ({ms: time, spread}: Latency): PassTime => ({
    duration: time / plain.ms,
    low: (time - spread) / plain.ms,
    high: (time + spread) / plain.ms,
  });
  return Object.entries(laneNames).map(([key, [name, note]], i) => {
    const kind = key as RoadKind;
    if (i >= TIMED_COUNT) return {kind, name, note, timeText: "not timed in the paper", shortTimeText: "not timed"};
    if (kind !== "adapters")
      return {kind, name, note, timeText: latencyText(plain), shortTimeText: latencyText(plain), time: timeOf(plain)};
    return {
      kind,
      name,
      note:
        shownGuess === undefined
          ? `${slower.method}: ${layersText} in each layer`
          : `you guessed ${latencyGuessText(shownGuess)}`,
      timeText: latencyText(slower),
      shortTimeText: msText(slower.ms),
      largeText: `${significant(100 * slower.added, 2)}% more`,
      time: {...timeOf(slower), guess: shownGuess === undefined ? undefined : shownGuess / 100},
    };
  });
}

/** Heights: of the words above a timed road, of those above another, of the gap below a road, of the words below all lanes. */
const [TIMED_HEAD, UNTIMED_HEAD, GAP, FOOT] = [30, 19, 5, 20];
/** The width that the large words take at the right. */
const LARGE_TEXT_WIDTH = 154;
/** The height of a lane that nobody timed, as a share of a timed one's. */
const UNTIMED_SHARE = 0.6;
/** A picture lower than this shows only the lanes that have a time. */
const LOW_HEIGHT = 300;
/** Where a note begins, and from which width on there is room for notes. */
const [NOTE_X, NOTES_FROM_WIDTH] = [170, 480];
/** Half the height of a whisker's caps, and the radius of a pass. */
const [HALF_CAP, PASS_RADIUS] = [5, 8];

/** The parts of a lane, from the bottom up: the name of its path, its class, and how it is painted. */
const laneParts: readonly (readonly [name: string, mark: string, look: Look])[] = [
  ["track", "mark-lineY", {tone: "edge"}],
  ["passed", "mark-lineY", {tone: "x", strength: "3"}],
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
  ["guess-ring", "mark-lineY", {tone: "ink", dashed: ""}],
];

/** The drawing of the lanes, each with its pass where it is at the clock. A lane that nobody timed is dashed and has no pass. */
export function lanesDrawing(result: LatencyResult, params: LatencyParams): Drawing {
  const {batch, tokens, plain} = result.setting;
  const lanes = lanesOf(result, params);
  // The line must not break between the number and its unit.
  const now = msText((params.after / 100) * plain.ms).replace("\u2009", "\u00a0");
  const title = `On the paper’s GPU, ${batch} × ${tokens} tokens, after ${now}`;
  const laneTexts = lanes.map(
    ({name, timeText, largeText}) => `${name}: ${timeText}${largeText ? `, ${largeText}` : ""}`,
  );
  return {
    name: "lanes",
    label: [`${title}. Violet is trained or added.`],
    alt: `${title}. ${laneTexts.join("; ")}.`,
    height: {narrow: 380, mid: 392, wide: 400},
    isElastic: true,
    draw: (g, sheet) => drawLanes(g, lanes, params.after / 100, LAYERS_PER_BLOCK[params.compared], sheet),
  };
}

/** Draws the lanes; `after` is the time since the start, as a multiple of the first lane's, `layers` the adapter layers in a block. */
function drawLanes(g: Element, lanes: readonly Lane[], after: number, layers: number, {width, height}: Sheet) {
  const shownLanes = height < LOW_HEIGHT ? lanes.slice(0, TIMED_COUNT) : lanes;
  const timedHeight = (height - FOOT) / (TIMED_COUNT + UNTIMED_SHARE * (shownLanes.length - TIMED_COUNT));
  const names = shownLanes.map(({kind, time}) => `lane ${kind}${time ? "" : " untimed"}`);
  const rows = children(g, "g", [...names, "foot"]);
  let top = 0;
  for (const [i, lane] of shownLanes.entries()) {
    const [laneHeight, headHeight] = lane.time
      ? [timedHeight, TIMED_HEAD]
      : [UNTIMED_SHARE * timedHeight, UNTIMED_HEAD];
    attributes(rows[i]!, {transform: `translate(0 ${rounded(top)})`});
    drawWords(rows[i]!, lane, width, headHeight - 6);
    const road = layer(rows[i]!, "g", "road");
    attributes(road, {transform: `translate(0 ${headHeight})`});
    drawRoad(road, lane, roadOf(width, laneHeight - headHeight - GAP, layers), after);
    top += laneHeight;
  }
  const {stations, end} = roadOf(width, timedHeight, layers);
  const middles = stations.map(({x, width}) => x + width / 2);
  texts(rows.at(-1)!, [
    {at: [middles[0]!, height - 6], text: "attention", anchor: "middle"},
    {at: [middles[1]!, height - 6], text: "MLP", anchor: "middle"},
    {at: [end + 8, height - 6], text: "out", anchor: "end"},
  ]);
}

/** Draws the words above a road. */
function drawWords(row: Element, {name, note, timeText, shortTimeText, largeText}: Lane, width: number, y: number) {
  const isWide = width >= NOTES_FROM_WIDTH;
  const text = isWide ? timeText : shortTimeText;
  const words: Text[] = [
    {kind: "name", at: [0, y], text: name},
    {kind: "total", at: [largeText ? width - LARGE_TEXT_WIDTH : width, y], text, anchor: "end"},
  ];
  if (isWide) words.push({kind: "note", at: [NOTE_X, y], text: note});
  if (largeText) words.push({kind: "more loud", at: [width, y], text: largeText, anchor: "end"});
  texts(layer(row, "g", "words"), words);
}

/** Draws a road, and on it the pass where it is at the time `after`, its whisker and the reader's guess. */
function drawRoad(g: Element, {kind, time}: Lane, road: Road, after: number) {
  const {start, end, y} = road;
  const paths: Record<string, string> = {...pathsOf(kind, road), track: `M${start} ${y}H${end}`};
  const passXFor = (duration: number) => passAt(after, duration, road);
  if (time) {
    const {duration, low, high, guess} = time;
    paths.passed = `M${start} ${y}H${passXFor(duration)}`;
    paths.finish = `M${end} 0V${rounded(2 * y)}`;
    paths.pulse = shapePath("circle", [0, 0], PASS_RADIUS);
    // The stretch that a slower pass still has to go when the first one is through.
    if (duration > 1) paths.ahead = `M${passAt(1, duration, road)} ${y}H${end}`;
    const cap = (x: number) => `M${x} ${rounded(y - HALF_CAP)}v${2 * HALF_CAP}`;
    if (passXFor(low) !== passXFor(high))
      paths.whisker = `M${passXFor(high)} ${y}H${passXFor(low)}${cap(passXFor(high))}${cap(passXFor(low))}`;
    if (guess !== undefined) paths["guess-ring"] = shapePath("circle", [passXFor(1 + guess), y], PASS_RADIUS);
  }
  const presentParts = laneParts.filter(([name]) => paths[name]);
  join(g, "g", presentParts, {name: ([name, mark]) => `${mark} ${name}`}, (group, [name, , look]) => {
    const path = layer(group, "path", "drawn");
    paint(path, name === "track" && !time ? {...look, dashed: ""} : look);
    attributes(path, {d: paths[name]});
    if (name === "pulse") attributes(group, {transform: `translate(${passXFor(time!.duration)} ${y})`});
  });
}
