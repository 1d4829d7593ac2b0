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
const INPUT_TOKENS = 8;
/** The space above the stations that LoRA's side road takes, at most. */
const SIDE_ROAD_HEIGHT = 12;
/** The space between the matrices of a block, and around them. */
const [MATRIX_GAP, PADDING] = [3, 4];
/** In a block lower than this, the four matrices of attention are in one row. */
const LOW_BLOCK = 24;

/** Lays out a road with `layers` adapter layers in a block; `height` includes what is drawn at it. */
export function roadOf(width: number, height: number, layers: number): Road {
  const isNarrow = width < 480;
  const start = (isNarrow ? 6 : 9) * (INPUT_TOKENS + 1) + 8;
  const end = width - 10;
  const length = end - start;
  const stationWidth = isNarrow ? 46 : 72;
  const stations = [0.1, 0.54].map((share) => ({x: rounded(start + share * length), width: stationWidth}));
  const gates = stations
    .slice(-layers)
    .map(({x}) => ({x: rounded(x + stationWidth + 0.055 * length), width: isNarrow ? 18 : 28}));
  const side = {x: rounded(stations[0]!.x - 0.035 * length), width: rounded(stationWidth + 0.07 * length)};
  return {start, end, y: rounded(height / 2), height, stations, gates, side};
}

/** The x of a pass at a time, in units; `duration` is its time for the whole road, the gates included. */
export function passAt(time: number, duration: number, {start, end, gates}: Road): number {
  const share = (x: number) => (x - start) / (end - start);
  const zones = duration > 1 ? gates.map(({x, width}) => [share(x), share(x + width)] as const) : [];
  return rounded(start + placeAt(time, {zones, extra: duration - 1}) * (end - start));
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
  const slowZones: Delay["zones"] = zones.length ? zones : [[0, 1]];
  // When the pass leaves the last zone so far, and where that is.
  let [clock, at] = [0, 0];
  for (const [from, to] of slowZones) {
    if (time <= clock + from - at) return at + time - clock;
    clock += from - at;
    const zoneTime = to - from + extra / slowZones.length;
    if (time <= clock + zoneTime) return from + ((time - clock) / zoneTime) * (to - from);
    clock += zoneTime;
    at = to;
  }
  return Math.min(at + time - clock, 1);
}

interface Rect extends Station {
  y: number;
  height: number;
}

const rectPath = ({x, y, width, height}: Rect): string =>
  `M${rounded(x)} ${rounded(y)}h${rounded(width)}v${rounded(height)}h${rounded(-width)}z`;

/** The matrices of a block's part: the four of attention or the two of an MLP. */
function matricesIn({x, y, width, height}: Rect, isAttention: boolean): Rect[] {
  const rows = isAttention && height >= LOW_BLOCK ? 2 : 1;
  const columns = isAttention && rows === 1 ? 4 : 2;
  const matrixHeight = (height - 2 * PADDING - (rows - 1) * MATRIX_GAP) / rows;
  const maxWidth = (width - 2 * PADDING - (columns - 1) * MATRIX_GAP) / columns;
  const matrixWidth = isAttention ? Math.min(matrixHeight, maxWidth) : maxWidth;
  const left = x + (width - columns * matrixWidth - (columns - 1) * MATRIX_GAP) / 2;
  return Array.from({length: rows * columns}, (_, i) => ({
    x: left + (i % columns) * (matrixWidth + MATRIX_GAP),
    y: y + PADDING + Math.floor(i / columns) * (matrixHeight + MATRIX_GAP),
    width: matrixWidth,
    height: matrixHeight,
  }));
}

/** What is drawn at a road of this kind, as paths by name. */
export function pathsOf(kind: RoadKind, road: Road): Record<string, string> {
  const {stations, gates, y, height} = road;
  // The side road takes the space above.
  const top = kind === "beside" ? Math.min(SIDE_ROAD_HEIGHT, 0.3 * height) : 0;
  const paths = {frames: "", frozen: "", trained: "", input: ""};
  stations.forEach((station, n) => {
    const frame = {...station, y: n ? 0 : top, height: n ? height : height - top};
    paths.frames += rectPath(frame);
    matricesIn(frame, n === 0).forEach((matrix, i) => {
      paths[kind === "full" ? "trained" : "frozen"] += rectPath(matrix);
      const {x, y, width, height} = matrix;
      const margin = 0.28 * width;
      if (kind === "merged" && n === 0 && i % 2 === 0)
        paths.trained += rectPath({
          x: x + margin,
          y: y + margin,
          width: width - 2 * margin,
          height: height - 2 * margin,
        });
      if (kind === "bitfit") paths.trained += rectPath({x: x + width - 3, y, width: 3, height});
    });
  });
  if (kind === "adapters") paths.trained += gates.map((gate) => gateOf(gate, road)).join("");
  const tokenStep = (road.start - 8) / (INPUT_TOKENS + 1);
  const tokenSide = Math.min(7, tokenStep - 2.5);
  // The place before the inputs is the prefix's.
  if (kind === "prefix") paths.trained += rectPath({x: 0, y: y - tokenSide, width: tokenSide, height: 2 * tokenSide});
  for (let i = 1; i <= INPUT_TOKENS; i++)
    paths.input += rectPath({x: i * tokenStep, y: y - tokenSide / 2, width: tokenSide, height: tokenSide});
  return kind === "beside" ? {...paths, ...sideOf(road, top)} : paths;
}

/** An adapter layer, narrow in its middle as its bottleneck. */
function gateOf({x, width}: Station, {y, height}: Road): string {
  const [outerHalf, innerHalf] = [height / 2 - 3, height * 0.14];
  const wing = (from: number, to: number) =>
    `M${rounded(from)} ${rounded(y - outerHalf)}L${rounded(to)} ${rounded(y - innerHalf)}V${rounded(y + innerHalf)}L${rounded(from)} ${rounded(y + outerHalf)}z`;
  return wing(x, x + 0.38 * width) + wing(x + width, x + 0.62 * width);
}

/** LoRA's side road: down to r through A, up again through B, and a sum. */
function sideOf({side, y}: Road, top: number): Record<string, string> {
  const [from, to, line] = [side.x, side.x + side.width, rounded(top / 2 + 1.5)];
  const [wedgeLength, wedgeHalf] = [top * 1.3, top * 0.7];
  const middle = from + side.width / 2;
  const wedge = (wideX: number, thinX: number) =>
    `M${rounded(wideX)} ${rounded(line - wedgeHalf)}L${rounded(thinX)} ${rounded(line - wedgeHalf / 3)}V${rounded(line + wedgeHalf / 3)}L${rounded(wideX)} ${rounded(line + wedgeHalf)}z`;
  const plusRadius = rounded(Math.min(6, top / 2));
  return {
    side: `M${from} ${y}V${line}H${rounded(to)}V${y}`,
    down: wedge(middle - 5 - wedgeLength, middle - 5),
    up: wedge(middle + 5 + wedgeLength, middle + 5),
    sum: `M${rounded(to - plusRadius)} ${y}a${plusRadius} ${plusRadius} 0 1 0 ${rounded(2 * plusRadius)} 0a${plusRadius} ${plusRadius} 0 1 0 ${rounded(-2 * plusRadius)} 0zM${rounded(to - plusRadius + 2)} ${y}h${rounded(2 * plusRadius - 4)}M${rounded(to)} ${rounded(y - plusRadius + 2)}v${rounded(2 * plusRadius - 4)}`,
  };
}
