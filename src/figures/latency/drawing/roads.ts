/** Where everything on a road is, and the paths of what is drawn at it: blocks, matrices, adapters, prefix, and LoRA's side road. */
import {rounded} from "../../../figure/plot/rounded.ts";

/** The six ways of adapting; `beside` and `merged` are LoRA's. */
export type RoadKind = "full" | "bitfit" | "adapters" | "prefix" | "beside" | "merged";

/** What the roads lead through. */
export interface Scene {
  /** A block of a network, with attention and MLP, or one matrix. */
  scene: "block" | "matrix";
  /** How many adapter layers it has, each drawn as a gate. */
  gates: 1 | 2;
  /** How many tokens of the input are drawn; a prefix adds one more. */
  inputs: number;
}

/** A stretch of a road, where a block, a matrix or an adapter layer is. */
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
  /** Attention and MLP, or the one matrix. */
  stations: readonly Station[];
  /** The adapter layers, drawn as gates that narrow the road. */
  gates: readonly Station[];
  /** The side road, from its branch to its sum. */
  side: Station;
  /** The stretches at which each lane delays a pass, as shares of the road. */
  zones: Readonly<Record<RoadKind, readonly (readonly [number, number])[]>>;
  x(share: number): number;
}

/** How far above the middle LoRA's side road may pass. */
const SIDE = 12;

/** Lays out a road; `height` includes what is drawn at it. */
export function mapOf(width: number, height: number, {scene, gates: count, inputs}: Scene): Road {
  const isNarrow = width < 480;
  const start = rounded((isNarrow ? 6 : 9) * (inputs + 1) + 8);
  const end = width - 10;
  const long = end - start;
  const wide = scene === "block" ? (isNarrow ? 46 : 72) : height;
  const gate = Math.min(isNarrow ? 18 : 28, height < 24 ? height : 0.7 * height);
  const at = (share: number) => start + share * long;
  const stations =
    scene === "block"
      ? [at(0.1), at(0.54)].map((x) => ({x: rounded(x), width: wide}))
      : [{x: rounded(at(0.38) - wide / 2), width: wide}];
  const gates = stations.slice(-count).map(({x}) => ({x: rounded(x + wide + 0.055 * long), width: gate}));
  const first = stations[0]!;
  const side = {x: rounded(first.x - 0.035 * long), width: rounded(wide + 0.07 * long)};
  const zone = ({x, width}: Station): [number, number] => [(x - start) / long, (x + width - start) / long];
  const zones = {full: [], bitfit: [], adapters: gates.map(zone), prefix: [], beside: [zone(side)], merged: []};
  return {start, end, y: rounded(height / 2), height, stations, gates, side, zones, x: at};
}

const rect = (x: number, y: number, width: number, height: number): string =>
  `M${rounded(x)} ${rounded(y)}h${rounded(width)}v${rounded(height)}h${rounded(-width)}z`;

/** The matrices of a station: the four of attention or the two of an MLP, or one. */
function matrices({x, width}: Station, n: number, scene: Scene["scene"], top: number, height: number) {
  const [gap, pad] = height < 20 ? [1, 1] : [3, 4];
  if (scene === "matrix") return [{x, y: top, width, height}];
  const inner = height - 2 * pad;
  if (n === 0) {
    // Two rows of two, or one row where a lane is low.
    const columns = height < 24 ? 4 : 2;
    const side = columns === 2 ? (inner - gap) / 2 : Math.min(inner, (width - 2 * pad - 3 * gap) / 4);
    const left = x + (width - columns * side - (columns - 1) * gap) / 2;
    const high = (inner - (4 / columns) * side - (4 / columns - 1) * gap) / 2;
    return [0, 1, 2, 3].map((i) => ({
      x: left + (i % columns) * (side + gap),
      y: top + pad + high + Math.floor(i / columns) * (side + gap),
      width: side,
      height: side,
    }));
  }
  const wide = (width - 2 * pad - 2 * gap) / 2;
  return [0, 1].map((i) => ({x: x + pad + gap / 2 + i * (wide + gap), y: top + pad, width: wide, height: inner}));
}

/** What is drawn at a road of this kind, as paths by class. */
export function pathsOf(kind: RoadKind, map: Road, {scene, inputs}: Scene): Record<string, string> {
  const {stations, gates, y, height} = map;
  // In a dock only the adapter layers are large enough to be seen.
  const isSmall = height < 12;
  // The side road takes the space above.
  const top = kind === "beside" ? Math.min(SIDE, 0.3 * height) : 0;
  const paths = {frames: "", frozen: "", trained: "", input: "", side: "", down: "", up: "", sum: ""};
  (isSmall ? [] : stations).forEach((station, n) => {
    const [from, tall] = n ? [0, height] : [top, height - top];
    if (scene === "block") paths.frames += rect(station.x, from, station.width, tall);
    matrices(station, n, scene, from, tall).forEach((one, i) => {
      const {x, y, width, height} = one;
      const isTarget = n === 0 && (scene === "matrix" || i % 2 === 0);
      paths[kind === "full" ? "trained" : "frozen"] += rect(x, y, width, height);
      const core = 0.28 * width;
      if (kind === "merged" && isTarget) paths.trained += rect(x + core, y + core, width - 2 * core, height - 2 * core);
      if (kind === "bitfit") paths.trained += rect(x + width - 3, y, 3, height);
    });
  });
  if (kind === "adapters") paths.trained += gates.map((gate) => gateOf(gate, y, height)).join("");
  const step = (map.start - 8) / (inputs + 1);
  const edge = Math.min(isSmall ? 4 : 7, step - 2.5);
  // The place before the inputs is the prefix's.
  if (kind === "prefix") paths.trained += rect(0, y - edge, edge, 2 * edge);
  for (let i = 1; i <= inputs; i++) paths.input += rect(i * step, y - edge / 2, edge, edge);
  return kind === "beside" && !isSmall ? {...paths, ...sideOf(map, top)} : paths;
}

/** An adapter layer, narrow in its middle as its bottleneck. */
function gateOf({x, width}: Station, y: number, height: number): string {
  const [tall, low] = [height < 12 ? height / 2 : height / 2 - 3, Math.max(height * 0.14, 1)];
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
