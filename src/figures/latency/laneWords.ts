/** What each lane of `latency` says, and how long its pass takes: in Table 1 or on this device. */
import {percent, significant, whole} from "../../figure/plot/text/format.ts";
import type {LatencyParams} from "./controls.ts";
import type {Lane} from "./lanes.ts";
import {type LatencyResult, type LayerWay, prefixOf} from "./layer.ts";
import type {RoadKind} from "./road.ts";
import {duration, latencyGuessText, ms, timeRatio, withSpread} from "./sentences.ts";
import {type Latency, single} from "./table1.ts";

/** In the order of the picture, those that the paper timed first: name, note, and the way in which this device computes it, which is the same for three of them. */
const laneWords: Readonly<Record<RoadKind, readonly [name: string, note: string, measuredAs: LayerWay]>> = {
  full: ["Full fine-tuning", "every weight moves", "merged"],
  merged: ["LoRA, merged", "nothing left to pass", "merged"],
  adapters: ["Adapter layers", "layers in series", "adapter"],
  bitfit: ["BitFit", "only the biases move", "merged"],
  prefix: ["Prefix", "extra tokens take places", "prefix"],
  beside: ["LoRA, beside W₀", "a second path, then a sum", "unmerged"],
};

/** How many adapter layers each design puts into a block. */
export const LAYERS_PER_BLOCK = {l: 1, h: 2} as const;

/** A lane's time, and a note in place of its own. */
type Timing = Omit<Lane, "kind" | "name" | "note"> & {note?: string};

/** The time of a lane in Table 1, which has none for three of them. */
function printedTime(kind: RoadKind, {setting, guess}: LatencyResult, {compared}: LatencyParams): Timing {
  const {plain, adapters} = setting;
  const timed = ({ms: time, spread}: Latency) => ({
    takes: time / plain.ms,
    low: (time - spread) / plain.ms,
    high: (time + spread) / plain.ms,
    total: withSpread({ms: time, spread}),
  });
  if (kind === "full") return timed(plain);
  if (kind === "merged") return {...timed(plain), note: "the same row of Table 1"};
  if (kind !== "adapters") return {total: "not timed in the paper", short: "not timed"};
  const slow = adapters[compared];
  const isGuessed = guess !== undefined && setting.name === single.name;
  const gates = LAYERS_PER_BLOCK[compared] === 1 ? "one gate" : "two gates";
  return {
    ...timed(slow),
    total: `${withSpread(slow)}, ${percent(slow.added)} more`,
    loud: {text: `${significant(100 * slow.added, 2)}% more`, beside: withSpread(slow), short: ms(slow.ms)},
    note: isGuessed ? `you guessed ${latencyGuessText(guess)}` : `${slow.method}: ${gates} in each block`,
    guess: isGuessed ? guess / 100 : undefined,
  };
}

/** The time of a lane on this device, or words that it has none yet. */
function measuredTime(kind: RoadKind, {measured, shape}: LatencyResult): Timing {
  const places = prefixOf(shape.tokens);
  const notes: Partial<Record<RoadKind, string>> = {
    full: "the same pass as merged",
    bitfit: "the same pass as merged",
    adapters: `one gate of ${whole(shape.r)}`,
    prefix: `${whole(places)} ${places === 1 ? "place" : "places"} more`,
  };
  const note = notes[kind];
  if (!measured?.times) return {note, total: measured ? "warming up" : "not measured yet"};
  const way = laneWords[kind][2];
  const {low, median, high} = measured.times[way];
  const base = measured.times.merged.median;
  const total = `${duration(median)}, ${timeRatio(measured, way)}`;
  return {note, takes: median / base, low: low / base, high: high / base, total};
}

export const lanesOf = (result: LatencyResult, params: LatencyParams): Lane[] =>
  Object.entries(laneWords).map(([key, [name, ownNote]]) => {
    const kind = key as RoadKind;
    const time = params.times === "paper" ? printedTime(kind, result, params) : measuredTime(kind, result);
    return {...time, kind, name, note: time.note ?? ownNote};
  });
