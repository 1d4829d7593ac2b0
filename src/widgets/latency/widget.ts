import {layer} from "../../figures/layer.ts";
import {counted, fixed, percent, whole} from "../../figures/text/format.ts";
import {heavy} from "../../shell/widget.ts";
import {controls} from "./controls.ts";
import type {LatencyResult} from "./model.ts";
import {countedHere, paperSide, paths, timedHere} from "./panels.ts";
import {
  addsRatio,
  besidePrint,
  duration,
  isWithinQuartiles,
  method,
  ms,
  progressOf,
  sentence,
  settingName,
  timeRatio,
  wayNames,
} from "./sentences.ts";
import type {Latency, Setting} from "./table1.ts";
import {ways} from "./ways.ts";

/** Multiply–adds that the unmerged pair adds, as a share of the merged matrix's. */
const pairAdds = ({adds}: LatencyResult): number => adds.unmerged / adds.merged - 1;

/** "1.13× in multiply–adds" and, once timed, in time. */
const here = (result: LatencyResult, way: "unmerged" | "adapter") => ({
  value: addsRatio(result, way),
  note: result.measured?.times
    ? `merged’s multiply–adds, ${timeRatio(result.measured, way)} the time${isWithinQuartiles(result.measured, way) ? ", within the quartiles" : ""}`
    : "merged’s multiply–adds, not timed yet",
});

export default heavy<typeof controls, LatencyResult>({
  title: "What does an adapter cost at inference?",
  guide:
    "Above are the paper’s times, a whole network on a GPU. Below is one matrix on one core of your processor: Play measures it merged, with its pair A and B unmerged, and with a bottleneck of as many parameters behind it. The two need not agree.",
  sources: ["Hu et al. 2021, §3 and Table 1", "Houlsby et al. 2019, §2.1"],
  player: () => import("../../shell/runs/playback.ts"),
  controls,
  main: ["setting"],
  draw(picture, result, _params, _act, room) {
    paths(picture, result, room);
    if (room.size === "dock" || room.size === "slide") return;
    if (room.size === "full") {
      paperSide(picture, result, room);
      layer(picture, "p", "reason device", method(result));
      countedHere(picture, result, room);
    }
    // Last, because Play stands right below the picture.
    timedHere(picture, result, room);
  },
  says({setting, measured}) {
    const {plain, adapters} = setting;
    const added = `The two adapter designs add ${percent(adapters.l.added)} and ${percent(adapters.h.added)} to a pass of ${ms(plain.ms)}`;
    if (!measured?.times) return `${added}. ${measured ? "Timing this device …" : "Merged LoRA adds nothing."}`;
    return isWithinQuartiles(measured, "unmerged")
      ? `${added}. On this device, merged and unmerged LoRA cannot be told apart.`
      : `${added}. On this device, unmerged LoRA takes ${timeRatio(measured, "unmerged")} as long as merged.`;
  },
  summary: sentence,
  predictions: ({guess, single}, {compared}) => {
    if (guess === undefined) return [];
    const actual = single.adapters[compared].printed;
    return [{item: "latency", prediction: guess, actual, error: Number((guess - actual).toFixed(2))}];
  },
  readouts(result, {compared}) {
    const {plain, adapters} = result.setting;
    const adapter = adapters[compared];
    return [
      {label: [`${adapter.method} adds`], value: percent(adapter.added), note: besidePrint(adapter)},
      {
        label: ["In milliseconds"],
        value: ms(adapter.ms - plain.ms),
        note: `± ${fixed(plain.spread, 1)} and ± ${fixed(adapter.spread, 1)}`,
      },
      {label: ["Unmerged pair here"], ...here(result, "unmerged")},
      {label: ["Bottleneck here"], ...here(result, "adapter")},
      {label: ["Merged here"], value: addsRatio(result, "merged"), note: "nothing is added"},
    ];
  },
  table(result) {
    const {settings, shape, adds, measured} = result;
    const row = (one: Setting, {method, ms: time, spread}: Latency, added = "", printed = "") => {
      return [settingName(one), method, ms(time), `± ${ms(spread)}`, added, printed, ""];
    };
    const paper = settings.flatMap((one) => {
      const {l, h} = one.adapters;
      return [row(one, one.plain), ...[l, h].map((it) => row(one, it, percent(it.added), `${fixed(it.printed, 1)}%`))];
    });
    const here = `here, ${counted(shape.tokens, "token")}`;
    const device = ways.map((way) => {
      const found = measured?.times?.[way];
      const times = found
        ? [duration(found.median), `${duration(found.low)} to ${duration(found.high)}`, timeRatio(measured, way)!]
        : ["not timed", "", ""];
      return [here, wayNames[way], ...times, "", whole(adds[way])];
    });
    return {
      caption: `Table 1 of the paper, then this device at width ${whole(shape.width)} and r = ${whole(shape.r)} (${progressOf(measured)})`,
      columns: [
        "Setting",
        "Method",
        "Time",
        "Spread or quartiles",
        "Added, or ratio to merged",
        "Printed",
        "Multiply–adds a token",
      ],
      rows: [...paper, ...device],
    };
  },
  provenance: () => ({kind: "paper", text: "Table 1; times are measured here"}),
  progress: ({measured}) => measured && [measured.samples, measured.due, "samples"],
  challenge: {
    text: "find a width at which the unmerged pair adds a larger share of multiply–adds than AdapterH adds time at batch 1. Then measure with Play: does the time follow?",
    met: (result) => pairAdds(result) > result.single.adapters.h.added,
  },
});
