/** A road of `latency`: where its stations are, the paths of what is drawn at it, and how far a pass has come. */
import {rounded} from "../../figure/plot/rounded.ts";

/** The six ways of adapting; `beside` and `merged` are LoRA's. */
export type RoadKind = "full" | "bitfit" | "adapters" | "prefix" | "beside" | "merged";

/** A stretch of a road, where a part of the block or an adapter layer is. */
interface Station {
  x: number;
  width: number;
}

/** Where things are in a lane, in units from its upper left. */
export interface Road {
  start: number;
  end: number;
  /** How far down the road is, and the height of what is drawn at it. */
  y: number;
  height: number;
  /** Attention and MLP. */
  stations: readonly Station[];
  /** The adapter layers, drawn as gates that narrow the road. */
  gates: readonly Station[];
  /** The side road, from its branch to its sum. */
  side: Station;
}

/** How many tokens of the input are drawn; a prefix adds one more. */
const INPUTS = 8;
/** How far above the middle LoRA's side road may pass. */
const SIDE = 12;
/** The space between the matrices of a block, and around them. */
const [GAP, PAD] = [3, 4];
/** In a block lower than this, the four matrices of attention are in one row. */
const LOW = 24;

/** Lays out a road with so many adapter layers in a block; `height` includes what is drawn at it. */
export function roadOf(width: number, height: number, layers: number): Road {
  const isNarrow = width < 480;
  const start = (isNarrow ? 6 : 9) * (INPUTS + 1) + 8;
  const end = width - 10;
  const long = end - start;
  const wide = isNarrow ? 46 : 72;
  const stations = [0.1, 0.54].map((share) => ({x: rounded(start + share * long), width: wide}));
  const gates = stations
    .slice(-layers)
    .map(({x}) => ({x: rounded(x + wide + 0.055 * long), width: isNarrow ? 18 : 28}));
  const side = {x: rounded(stations[0]!.x - 0.035 * long), width: rounded(wide + 0.07 * long)};
  return {start, end, y: rounded(height / 2), height, stations, gates, side};
}

/** Where on the road a pass is at a time, in units; `takes` is the time of the whole road, the gates included. */
export function passAt(time: number, takes: number, {start, end, gates}: Road): number {
  const share = (x: number) => (x - start) / (end - start);
  const zones = takes > 1 ? gates.map(({x, width}) => [share(x), share(x + width)] as const) : [];
  return rounded(start + placeAt(time, {zones, extra: takes - 1}) * (end - start));
}

/** Where a lane delays its pass, and by how much in all. */
interface Delay {
  /** Stretches of the road, as shares of it from its start, in order. */
  zones: readonly (readonly [from: number, to: number])[];
  /** Time beyond 1, the time of the bare road; it is split evenly over the zones. Below 0 a pass is faster. */
  extra: number;
}

/**
 * How far a pass has come, as a share of the road. Outside the zones all passes are equally fast; extra time is spent in the
 * zones, or on the whole road if there are none.
 */
export function placeAt(time: number, {zones, extra}: Delay): number {
  const slow: Delay["zones"] = zones.length ? zones : [[0, 1]];
  let [clock, at] = [0, 0];
  for (const [from, to] of slow) {
    if (time <= clock + from - at) return at + time - clock;
    clock += from - at;
    const spent = to - from + extra / slow.length;
    if (time <= clock + spent) return from + ((time - clock) / spent) * (to - from);
    clock += spent;
    at = to;
  }
  return Math.min(at + time - clock, 1);
}

interface Rect extends Station {
  y: number;
  height: number;
}

const rect = ({x, y, width, height}: Rect): string =>
  `M${rounded(x)} ${rounded(y)}h${rounded(width)}v${rounded(height)}h${rounded(-width)}z`;

/** The matrices of a block's part: the four of attention or the two of an MLP. */
function matricesIn({x, y, width, height}: Rect, isAttention: boolean): Rect[] {
  const rows = isAttention && height >= LOW ? 2 : 1;
  const columns = isAttention && rows === 1 ? 4 : 2;
  const high = (height - 2 * PAD - (rows - 1) * GAP) / rows;
  const most = (width - 2 * PAD - (columns - 1) * GAP) / columns;
  const wide = isAttention ? Math.min(high, most) : most;
  const left = x + (width - columns * wide - (columns - 1) * GAP) / 2;
  return Array.from({length: rows * columns}, (_, i) => ({
    x: left + (i % columns) * (wide + GAP),
    y: y + PAD + Math.floor(i / columns) * (high + GAP),
    width: wide,
    height: high,
  }));
}

/** What is drawn at a road of this kind, as paths by class. */
export function pathsOf(kind: RoadKind, road: Road): Record<string, string> {
  const {stations, gates, y, height} = road;
  // The side road takes the space above.
  const top = kind === "beside" ? Math.min(SIDE, 0.3 * height) : 0;
  const paths = {frames: "", frozen: "", trained: "", input: ""};
  stations.forEach((station, n) => {
    const frame = {...station, y: n ? 0 : top, height: n ? height : height - top};
    paths.frames += rect(frame);
    matricesIn(frame, n === 0).forEach((matrix, i) => {
      paths[kind === "full" ? "trained" : "frozen"] += rect(matrix);
      const {x, y, width, height} = matrix;
      const core = 0.28 * width;
      if (kind === "merged" && n === 0 && i % 2 === 0)
        paths.trained += rect({x: x + core, y: y + core, width: width - 2 * core, height: height - 2 * core});
      if (kind === "bitfit") paths.trained += rect({x: x + width - 3, y, width: 3, height});
    });
  });
  if (kind === "adapters") paths.trained += gates.map((gate) => gateOf(gate, road)).join("");
  const step = (road.start - 8) / (INPUTS + 1);
  const edge = Math.min(7, step - 2.5);
  // The place before the inputs is the prefix's.
  if (kind === "prefix") paths.trained += rect({x: 0, y: y - edge, width: edge, height: 2 * edge});
  for (let i = 1; i <= INPUTS; i++) paths.input += rect({x: i * step, y: y - edge / 2, width: edge, height: edge});
  return kind === "beside" ? {...paths, ...sideOf(road, top)} : paths;
}

/** An adapter layer, narrow in its middle as its bottleneck. */
function gateOf({x, width}: Station, {y, height}: Road): string {
  const [tall, low] = [height / 2 - 3, height * 0.14];
  const wing = (from: number, to: number) =>
    `M${rounded(from)} ${rounded(y - tall)}L${rounded(to)} ${rounded(y - low)}V${rounded(y + low)}L${rounded(from)} ${rounded(y + tall)}z`;
  return wing(x, x + 0.38 * width) + wing(x + width, x + 0.62 * width);
}

/** LoRA's side road: down to r through A, up again through B, and a sum. */
function sideOf({side, y}: Road, top: number): Record<string, string> {
  const [from, to, line] = [side.x, side.x + side.width, rounded(top / 2 + 1.5)];
  const [long, tall] = [top * 1.3, top * 0.7];
  const middle = from + side.width / 2;
  const wedge = (wide: number, thin: number) =>
    `M${rounded(wide)} ${rounded(line - tall)}L${rounded(thin)} ${rounded(line - tall / 3)}V${rounded(line + tall / 3)}L${rounded(wide)} ${rounded(line + tall)}z`;
  const r = rounded(Math.min(6, top / 2));
  return {
    side: `M${from} ${y}V${line}H${rounded(to)}V${y}`,
    down: wedge(middle - 5 - long, middle - 5),
    up: wedge(middle + 5 + long, middle + 5),
    sum: `M${rounded(to - r)} ${y}a${r} ${r} 0 1 0 ${rounded(2 * r)} 0a${r} ${r} 0 1 0 ${rounded(-2 * r)} 0zM${rounded(to - r + 2)} ${y}h${rounded(2 * r - 4)}M${rounded(to)} ${rounded(y - r + 2)}v${rounded(2 * r - 4)}`,
  };
}
