import {chart} from "../../figure/plot/chart.ts";
import type {Room} from "../../figure/plot/room.ts";
import {percent, whole} from "../../figure/plot/text/format.ts";
import type {LatencyParams} from "./controls.ts";
import {type Lane, lanes, lanesHeight} from "./drawing/lanes.ts";
import type {RoadKind} from "./drawing/roads.ts";
import {duration, latencyGuessText, ms, progressOf, timeRatio, withSpread} from "./sentences.ts";
import type {Latency} from "./table1.ts";
import type {LatencyResult} from "./untimed.ts";
import {type LayerWay, prefixOf} from "./ways.ts";

/** In the order of the picture: name, and what the pass meets. */
const ways: Readonly<Record<RoadKind, readonly [name: string, note: string]>> = {
  full: ["Full fine-tuning", "every weight moves"],
  bitfit: ["BitFit", "only the biases move"],
  adapters: ["Adapter layers", "gates on the road"],
  prefix: ["Prefix", "extra tokens take places"],
  beside: ["LoRA, beside W₀", "a second road, then a sum"],
  merged: ["LoRA, merged", "nothing left to pass"],
};
const kinds = Object.keys(ways) as RoadKind[];

/** What each lane's pass computes here: three of them the same. */
const measuredAs: Readonly<Record<RoadKind, LayerWay>> = {
  full: "merged",
  bitfit: "merged",
  adapters: "adapter",
  prefix: "prefix",
  beside: "unmerged",
  merged: "merged",
};

/** How many adapter layers each design puts into a block. */
const EACH = {l: 1, h: 2} as const;

type Timing = Pick<Lane, "total" | "isOut" | "takes" | "low" | "high" | "guess"> & {
  note?: string;
};

/** The lanes that Table 1 timed, and no times for the others. */
function printedTimes({setting, single, guess}: LatencyResult, {compared}: LatencyParams, isNarrow: boolean) {
  const {plain, adapters} = setting;
  const {method, added} = adapters[compared];
  const timed = ({ms: time, spread}: Latency): Timing => ({
    takes: time / plain.ms,
    low: (time - spread) / plain.ms,
    high: (time + spread) / plain.ms,
    total: "",
  });
  const road = {...timed(plain), total: withSpread(plain)};
  const due = guess !== undefined && setting === single;
  const more = due
    ? `you guessed ${latencyGuessText(guess)}`
    : `${method}: ${["one gate", "two gates"][EACH[compared] - 1]} in each block`;
  const slow = adapters[compared];
  const none: Timing = {
    total: isNarrow ? "not timed" : "not timed in the paper",
    isOut: true,
  };
  const of: Record<RoadKind, Timing> = {
    full: road,
    merged: {...road, note: "the same row of Table 1"},
    adapters: {
      ...timed(slow),
      total: `${isNarrow ? ms(slow.ms) : withSpread(slow)}, ${percent(added)} more`,
      note: more,
      ...(due && {guess: guess / 100}),
    },
    bitfit: none,
    prefix: none,
    beside: none,
  };
  return of;
}

/** The lanes as this device ran them, or that it has not yet. */
function measuredTimes({measured, shape}: LatencyResult): Record<RoadKind, Timing> {
  const times = measured?.times;
  const timing = (kind: RoadKind): Timing => {
    const way = measuredAs[kind];
    if (!times) return {total: measured ? "warming up" : "not measured yet"};
    const {low, median, high} = times[way];
    const base = times.merged.median;
    const [takes, least, most] = [median, low, high].map((time) => time / base);
    return {
      takes,
      low: least,
      high: most,
      total: `${duration(median)}, ${timeRatio(measured, way)}`,
    };
  };
  const of = Object.fromEntries(kinds.map((kind) => [kind, timing(kind)])) as Record<RoadKind, Timing>;
  const same = {note: "the same pass as merged"};
  const places = prefixOf(shape.tokens);
  return {
    ...of,
    full: {...of.full, ...same},
    bitfit: {...of.bitfit, ...same},
    adapters: {...of.adapters, note: `one gate of ${whole(shape.r)}`},
    prefix: {
      ...of.prefix,
      note: `${whole(places)} ${places === 1 ? "place" : "places"} more`,
    },
  };
}

/** Height of a lane. At most 0.45 of a phone's height is left for a docked figure. The style sheet has the same numbers. */
const stepOf = (size: Room["size"], width: number): number => {
  if (size === "dock") return 33;
  // A slide is scaled up.
  if (size === "slide") return 42;
  return width < 400 ? 64 : Math.min(Math.max(0.104 * width, 58), 70);
};

/** Six ways of adapting one network, as lanes: where a pass has come by now. */
export function sixLanes(picture: Element, result: LatencyResult, params: LatencyParams, _act: unknown, room: Room) {
  const {setting, shape, measured} = result;
  const isPaper = params.times === "paper";
  const isNarrow = room.width < 480;
  const times = isPaper ? printedTimes(result, params, isNarrow) : measuredTimes(result);
  const all = kinds.map((kind): Lane => {
    const [name, note] = ways[kind];
    return {kind, name, note, ...times[kind]};
  });
  // In a line that may break elsewhere.
  const now = ms((params.after / 100) * setting.plain.ms).replace("\u2009", "\u00a0");
  const matrix = `one ${shape.width} × ${shape.width} matrix`;
  const title = isPaper
    ? `On the paper’s GPU, ${setting.batch} × ${setting.tokens} tokens, after ${now}`
    : `On this device: ${matrix}, ${progressOf(measured)}`;
  const hasFoot = room.size !== "dock";
  const {g, width} = chart(picture, "lanes", room, {
    ...(room.size !== "dock" && {
      label: [`${title}. Violet is trained or added.`],
    }),
    nominal: 560,
    height: (width) => lanesHeight(all.length, stepOf(room.size, width), hasFoot),
    alt: `${title}. ${all.map(({name, total}) => `${name}: ${total}`).join("; ")}.`,
  });
  lanes(g, all, {
    width,
    step: stepOf(room.size, width),
    after: params.after / 100,
    scene: isPaper ? "block" : "matrix",
    gates: isPaper ? EACH[params.compared] : 1,
    places: isPaper || shape.tokens >= 8 ? [8, 1] : [shape.tokens, 1],
    foot: isPaper ? ["attention", "MLP", "out"] : [matrix, "out"],
  });
}
