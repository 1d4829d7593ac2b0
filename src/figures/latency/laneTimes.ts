/** The name of each lane, and how long its pass takes in the paper or on this device. */
import {percent, significant, whole} from "../../figure/plot/text/format.ts";
import type {LatencyParams} from "./controls.ts";
import type {Lane} from "./drawing/lanes.ts";
import type {RoadKind} from "./drawing/roads.ts";
import {duration, latencyGuessText, ms, timeRatio, withSpread} from "./sentences.ts";
import {type Latency, single} from "./table1.ts";
import type {LatencyResult} from "./untimed.ts";
import {type LayerWay, prefixOf} from "./ways.ts";

/** In the order of the picture, those that the paper timed first: name, note, and the way in which this device computes it, which is the same for three of them. */
const laneWords: Readonly<Record<RoadKind, readonly [name: string, note: string, measuredAs: LayerWay]>> = {
  full: ["Full fine-tuning", "every weight moves", "merged"],
  merged: ["LoRA, merged", "nothing left to pass", "merged"],
  adapters: ["Adapter layers", "layers in series", "adapter"],
  bitfit: ["BitFit", "only the biases move", "merged"],
  prefix: ["Prefix", "extra tokens take places", "prefix"],
  beside: ["LoRA, beside W₀", "a second path, then a sum", "unmerged"],
};
const kinds = Object.keys(laneWords) as RoadKind[];

/** How many adapter layers each design puts into a block. */
export const LAYERS_PER_BLOCK = {l: 1, h: 2} as const;

type Timing = Omit<Lane, "kind" | "name" | "note"> & {note?: string};

/** The times of Table 1; it has none for the other lanes. */
function printedTimes({setting, guess}: LatencyResult, {compared}: LatencyParams): Record<RoadKind, Timing> {
  const {plain, adapters} = setting;
  const slow = adapters[compared];
  const timed = ({ms: time, spread}: Latency) => ({
    takes: time / plain.ms,
    low: (time - spread) / plain.ms,
    high: (time + spread) / plain.ms,
  });
  const unslowed = {...timed(plain), total: withSpread(plain)};
  const more = `${percent(slow.added)} more`;
  const loud = `${significant(100 * slow.added, 2)}% more`;
  const isGuessed = guess !== undefined && setting.name === single.name;
  const none: Timing = {total: "not timed in the paper", short: "not timed"};
  return {
    full: unslowed,
    merged: {...unslowed, note: "the same row of Table 1"},
    adapters: {
      ...timed(slow),
      total: `${withSpread(slow)}, ${more}`,
      short: `${ms(slow.ms)}, ${more}`,
      loud: {text: loud, beside: withSpread(slow), short: ms(slow.ms)},
      note: isGuessed
        ? `you guessed ${latencyGuessText(guess)}`
        : `${slow.method}: ${["one gate", "two gates"][LAYERS_PER_BLOCK[compared] - 1]} in each block`,
      ...(isGuessed && {guess: guess / 100}),
    },
    bitfit: none,
    prefix: none,
    beside: none,
  };
}

/** The times of this device, or words that it has none yet. */
function measuredTimes({measured, shape}: LatencyResult): Record<RoadKind, Timing> {
  const times = measured?.times;
  const timing = (kind: RoadKind): Timing => {
    const way = laneWords[kind][2];
    if (!times) return {total: measured ? "warming up" : "not measured yet"};
    const {low, median, high} = times[way];
    const base = times.merged.median;
    const total = `${duration(median)}, ${timeRatio(measured, way)}`;
    return {takes: median / base, low: low / base, high: high / base, total};
  };
  const timings = Object.fromEntries(kinds.map((kind) => [kind, timing(kind)])) as Record<RoadKind, Timing>;
  const same = {note: "the same pass as merged"};
  const places = prefixOf(shape.tokens);
  return {
    ...timings,
    full: {...timings.full, ...same},
    bitfit: {...timings.bitfit, ...same},
    adapters: {...timings.adapters, note: `one gate of ${whole(shape.r)}`},
    prefix: {...timings.prefix, note: `${whole(places)} ${places === 1 ? "place" : "places"} more`},
  };
}

export function lanesOf(result: LatencyResult, params: LatencyParams): Lane[] {
  const times = params.times === "paper" ? printedTimes(result, params) : measuredTimes(result);
  return kinds.map((kind) => {
    const [name, note] = laneWords[kind];
    return {kind, name, note, ...times[kind]};
  });
}
