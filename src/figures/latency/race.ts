/** What each lane is called, and how long its pass takes in the paper or on this device. */
import {percent, whole} from "../../figure/plot/text/format.ts";
import type {LatencyParams} from "./controls.ts";
import type {Lane} from "./drawing/lanes.ts";
import type {RoadKind} from "./drawing/roads.ts";
import {duration, latencyGuessText, ms, timeRatio, withSpread} from "./sentences.ts";
import type {Latency} from "./table1.ts";
import type {LatencyResult} from "./untimed.ts";
import {type LayerWay, prefixOf} from "./ways.ts";

/** In the order of the picture: name, what the pass meets, and what it computes here, for three of them the same. */
const ways: Readonly<Record<RoadKind, readonly [name: string, note: string, measuredAs: LayerWay]>> = {
  full: ["Full fine-tuning", "every weight moves", "merged"],
  bitfit: ["BitFit", "only the biases move", "merged"],
  adapters: ["Adapter layers", "layers in series", "adapter"],
  prefix: ["Prefix", "extra tokens take places", "prefix"],
  beside: ["LoRA, beside W₀", "a second path, then a sum", "unmerged"],
  merged: ["LoRA, merged", "nothing left to pass", "merged"],
};
const kinds = Object.keys(ways) as RoadKind[];

/** How many adapter layers each design puts into a block. */
export const EACH = {l: 1, h: 2} as const;

type Timing = Omit<Lane, "kind" | "name" | "note"> & {note?: string};

/** The lanes that Table 1 timed, and no times for the others. */
function printedTimes({setting, single, guess}: LatencyResult, {compared}: LatencyParams): Record<RoadKind, Timing> {
  const {plain, adapters} = setting;
  const slow = adapters[compared];
  const timed = ({ms: time, spread}: Latency) => ({
    takes: time / plain.ms,
    low: (time - spread) / plain.ms,
    high: (time + spread) / plain.ms,
  });
  const road = {...timed(plain), total: withSpread(plain)};
  const more = `${percent(slow.added)} more`;
  const isGuessed = guess !== undefined && setting === single;
  const none: Timing = {total: "not timed in the paper", short: "not timed"};
  return {
    full: road,
    merged: {...road, note: "the same row of Table 1"},
    adapters: {
      ...timed(slow),
      total: `${withSpread(slow)}, ${more}`,
      short: `${ms(slow.ms)}, ${more}`,
      note: isGuessed
        ? `you guessed ${latencyGuessText(guess)}`
        : `${slow.method}: ${["one gate", "two gates"][EACH[compared] - 1]} in each block`,
      ...(isGuessed && {guess: guess / 100}),
    },
    bitfit: none,
    prefix: none,
    beside: none,
  };
}

/** The lanes as this device ran them, or that it has not yet. */
function measuredTimes({measured, shape}: LatencyResult): Record<RoadKind, Timing> {
  const times = measured?.times;
  const timing = (kind: RoadKind): Timing => {
    const way = ways[kind][2];
    if (!times) return {total: measured ? "warming up" : "not measured yet"};
    const {low, median, high} = times[way];
    const base = times.merged.median;
    const total = `${duration(median)}, ${timeRatio(measured, way)}`;
    return {takes: median / base, low: low / base, high: high / base, total};
  };
  const of = Object.fromEntries(kinds.map((kind) => [kind, timing(kind)])) as Record<RoadKind, Timing>;
  const same = {note: "the same pass as merged"};
  const places = prefixOf(shape.tokens);
  return {
    ...of,
    full: {...of.full, ...same},
    bitfit: {...of.bitfit, ...same},
    adapters: {...of.adapters, note: `one gate of ${whole(shape.r)}`},
    prefix: {...of.prefix, note: `${whole(places)} ${places === 1 ? "place" : "places"} more`},
  };
}

export function lanesOf(result: LatencyResult, params: LatencyParams): Lane[] {
  const times = params.times === "paper" ? printedTimes(result, params) : measuredTimes(result);
  return kinds.map((kind) => {
    const [name, note] = ways[kind];
    return {kind, name, note, ...times[kind]};
  });
}
