/** The lanes of `latency`, one below another: each a road with its pass on the way to the finish, and words above. */
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
import {latencyGuessText, ms, withSpread} from "./sentences.ts";
import {type Latency, single} from "./table1.ts";

/** In the order of the picture, those that the paper timed first. */
const laneNames: Readonly<Record<RoadKind, readonly [name: string, note: string]>> = {
  full: ["Full fine-tuning", "every weight moves"],
  merged: ["LoRA, merged", "the same row of Table 1"],
  adapters: ["Adapter layers", "layers in series"],
  bitfit: ["BitFit", "only the biases move"],
  prefix: ["Prefix", "extra tokens take places"],
  beside: ["LoRA, beside W₀", "a second path, then a sum"],
};
/** How many lanes have a time. */
const TIMED = 3;
/** How many adapter layers each design puts into a block. */
const LAYERS_PER_BLOCK = {l: 1, h: 2} as const;

/** The time of a pass and the ends of its whisker, as multiples of the first lane's; and a reader's guess of the same. */
interface PassTime {
  takes: number;
  low: number;
  high: number;
  guess?: number;
}

/** One way of adapting, as a road along which a pass runs, if its pass was timed. */
interface Lane {
  kind: RoadKind;
  name: string;
  note: string;
  /** Its time in words, at the right; and the same for a narrow picture. */
  total: string;
  short: string;
  /** More words behind them, in large letters. */
  loud?: string;
  time?: PassTime;
}

function lanesOf({setting, guess}: LatencyResult, {compared}: LatencyParams): Lane[] {
  const {plain, adapters} = setting;
  const slow = adapters[compared];
  const gates = LAYERS_PER_BLOCK[compared] === 1 ? "one gate" : "two gates";
  const guessed = setting.name === single.name ? guess : undefined;
  const timeOf = ({ms: time, spread}: Latency): PassTime => ({
    takes: time / plain.ms,
    low: (time - spread) / plain.ms,
    high: (time + spread) / plain.ms,
  });
  return Object.entries(laneNames).map(([key, [name, note]], i) => {
    const kind = key as RoadKind;
    if (i >= TIMED) return {kind, name, note, total: "not timed in the paper", short: "not timed"};
    if (kind !== "adapters")
      return {kind, name, note, total: withSpread(plain), short: withSpread(plain), time: timeOf(plain)};
    return {
      kind,
      name,
      note:
        guessed === undefined ? `${slow.method}: ${gates} in each block` : `you guessed ${latencyGuessText(guessed)}`,
      total: withSpread(slow),
      short: ms(slow.ms),
      loud: `${significant(100 * slow.added, 2)}% more`,
      time: {...timeOf(slow), guess: guessed === undefined ? undefined : guessed / 100},
    };
  });
}

/** Heights: of the words above a timed road, above another, of the gap below a road, and of the words below all lanes. */
const [LOUD, NAME, GAP, FOOT] = [30, 19, 5, 20];
/** The width that the large words take at the right. */
const LOUD_WIDTH = 154;
/** The height of a lane that nobody timed, as a share of a timed one's. */
const UNTIMED = 0.6;
/** A picture lower than this shows only the lanes that have a time. */
const LOW = 300;
/** Where a note begins, and from which width on there is room for notes. */
const [NOTE, WIDE] = [170, 480];
/** Half the height of a whisker's caps, and the radius of a pass. */
const [CAP, PULSE] = [5, 8];

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

/** The lanes, each with its pass where it is now. A lane that nobody timed has no pass and is dashed. */
export function lanesDrawing(result: LatencyResult, params: LatencyParams): Drawing {
  const {batch, tokens, plain} = result.setting;
  const lanes = lanesOf(result, params);
  // The line must not break between the number and its unit.
  const now = ms((params.after / 100) * plain.ms).replace("\u2009", "\u00a0");
  const title = `On the paper’s GPU, ${batch} × ${tokens} tokens, after ${now}`;
  const texts = lanes.map(({name, total, loud}) => `${name}: ${total}${loud ? `, ${loud}` : ""}`);
  return {
    name: "lanes",
    label: [`${title}. Violet is trained or added.`],
    alt: `${title}. ${texts.join("; ")}.`,
    height: {narrow: 380, mid: 392, wide: 400},
    isElastic: true,
    draw: (g, sheet) => drawLanes(g, lanes, params.after / 100, LAYERS_PER_BLOCK[params.compared], sheet),
  };
}

/** `after` is the time since the start, as a multiple of the first lane's time; `layers` how many adapter layers a block has. */
function drawLanes(g: Element, lanes: readonly Lane[], after: number, layers: number, {width, height}: Sheet) {
  const shown = height < LOW ? lanes.slice(0, TIMED) : lanes;
  const unit = (height - FOOT) / (TIMED + UNTIMED * (shown.length - TIMED));
  const names = shown.map(({kind, time}) => `lane ${kind}${time ? "" : " untimed"}`);
  const rows = children(g, "g", [...names, "foot"]);
  let top = 0;
  for (const [i, lane] of shown.entries()) {
    const [high, above] = lane.time ? [unit, LOUD] : [UNTIMED * unit, NAME];
    attributes(rows[i]!, {transform: `translate(0 ${rounded(top)})`});
    drawWords(rows[i]!, lane, width, above - 6);
    const road = layer(rows[i]!, "g", "road");
    attributes(road, {transform: `translate(0 ${above})`});
    drawRoad(road, lane, roadOf(width, high - above - GAP, layers), after);
    top += high;
  }
  const {stations, end} = roadOf(width, unit, layers);
  const middles = stations.map(({x, width}) => x + width / 2);
  texts(rows.at(-1)!, [
    {at: [middles[0]!, height - 6], text: "attention", anchor: "middle"},
    {at: [middles[1]!, height - 6], text: "MLP", anchor: "middle"},
    {at: [end + 8, height - 6], text: "out", anchor: "end"},
  ]);
}

function drawWords(row: Element, {name, note, total, short, loud}: Lane, width: number, y: number) {
  const isWide = width >= WIDE;
  const time = isWide ? total : short;
  const words: Text[] = [
    {kind: "name", at: [0, y], text: name},
    {kind: "total", at: [loud ? width - LOUD_WIDTH : width, y], text: time, anchor: "end"},
  ];
  if (isWide) words.push({kind: "note", at: [NOTE, y], text: note});
  if (loud) words.push({kind: "more loud", at: [width, y], text: loud, anchor: "end"});
  texts(layer(row, "g", "words"), words);
}

function drawRoad(g: Element, {kind, time}: Lane, road: Road, after: number) {
  const {start, end, y} = road;
  const paths: Record<string, string> = {...pathsOf(kind, road), way: `M${start} ${y}H${end}`};
  const at = (takes: number) => passAt(after, takes, road);
  if (time) {
    const {takes, low, high, guess} = time;
    paths.gone = `M${start} ${y}H${at(takes)}`;
    paths.finish = `M${end} 0V${rounded(2 * y)}`;
    paths.pulse = shapePath("circle", [0, 0], PULSE);
    // The stretch that a slower pass still has to go when the first one is through.
    if (takes > 1) paths.ahead = `M${passAt(1, takes, road)} ${y}H${end}`;
    const cap = (x: number) => `M${x} ${rounded(y - CAP)}v${2 * CAP}`;
    if (at(low) !== at(high)) paths.whisker = `M${at(high)} ${y}H${at(low)}${cap(at(high))}${cap(at(low))}`;
    if (guess !== undefined) paths.bet = shapePath("circle", [at(1 + guess), y], PULSE);
  }
  const drawn = parts.filter(([name]) => paths[name]);
  join(g, "g", drawn, {name: ([name, mark]) => `${mark} ${name}`}, (group, [name, , look]) => {
    const path = layer(group, "path", "drawn");
    paint(path, name === "way" && !time ? {...look, dashed: ""} : look);
    attributes(path, {d: paths[name]});
    if (name === "pulse") attributes(group, {transform: `translate(${at(time!.takes)} ${y})`});
  });
}
