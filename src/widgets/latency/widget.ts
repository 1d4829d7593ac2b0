import {layer} from "../../figures/layer.ts";
import {counted, fixed, percent, whole} from "../../figures/text/format.ts";
import {heavy} from "../../shell/widget.ts";
import {controls} from "./controls.ts";
import {countedHere, paperSide, timedHere} from "./panels.ts";
import {
  addsRatio,
  besidePrint,
  duration,
  isWithinQuartiles,
  method,
  ms,
  progressOf,
  says,
  sentence,
  settingName,
  timeRatio,
  wayNames,
} from "./sentences.ts";
import {sixLanes} from "./sixLanes.ts";
import type {Latency, Setting} from "./table1.ts";
import type {LatencyResult} from "./untimed.ts";
import {ways} from "./ways.ts";

/** Multiply–adds that the unmerged pair adds, as a share of the merged matrix's. */
const pairAdds = ({adds}: LatencyResult): number => adds.unmerged / adds.merged - 1;

/** "1.13× in multiply–adds" and, once timed, in time. */
const here = (result: LatencyResult, way: "unmerged" | "adapter" | "prefix") => ({
  value: addsRatio(result, way),
  note: result.measured?.times
    ? `merged’s multiply–adds, ${timeRatio(result.measured, way)} the time${isWithinQuartiles(result.measured, way) ? ", within the quartiles" : ""}`
    : "merged’s multiply–adds, not timed yet",
});

export default heavy<typeof controls, LatencyResult>({
  title: "Who is kept waiting at inference?",
  guide:
    "Six ways to adapt one network, each a road that a pass takes: on the road all passes are equally fast, and what one takes longer is drawn where it is held up. Send a batch shows the three that the paper timed on its GPU; This device times all six on one matrix and one core, and the two need not agree.",
  sources: ["Hu et al. 2021, §3 and Table 1", "Houlsby et al. 2019, §2.1"],
  player: () => import("./player.ts"),
  tools: {play: "Send a batch"},
  controls,
  main: ["times", "setting"],
  draw(picture, result, params, _act, room) {
    const isFull = room.size === "full";
    const isPaper = params.times === "paper";
    // The paper's panels and this device's are others.
    if (isFull && isPaper !== !!picture.querySelector(".paper-side")) picture.replaceChildren();
    sixLanes(picture, result, params, room);
    if (!isFull) return;
    if (isPaper) {
      paperSide(picture, result, room);
      return;
    }
    layer(picture, "p", "reason device", method(result));
    countedHere(picture, result, room);
    // Last, because Measure stands right below the picture.
    timedHere(picture, result, room);
  },
  says,
  summary: sentence,
  predictions: ({guess, single}, {compared}) => {
    if (guess === undefined) return [];
    const actual = single.adapters[compared].printed;
    return [
      {
        item: "latency",
        prediction: guess,
        actual,
        error: Number((guess - actual).toFixed(2)),
      },
    ];
  },
  readouts(result, {times, compared}) {
    const {plain, adapters} = result.setting;
    const adapter = adapters[compared];
    if (times === "here")
      return [
        {label: ["Unmerged pair here"], ...here(result, "unmerged")},
        {label: ["Bottleneck here"], ...here(result, "adapter")},
        {label: ["Prefix here"], ...here(result, "prefix")},
        {
          label: ["Merged here"],
          value: addsRatio(result, "merged"),
          note: "nothing is added",
        },
      ];
    return [
      {
        label: [`${adapter.method} adds`],
        value: percent(adapter.added),
        note: besidePrint(adapter),
      },
      {
        label: ["In milliseconds"],
        value: ms(adapter.ms - plain.ms),
        note: `± ${fixed(plain.spread, 1)} and ± ${fixed(adapter.spread, 1)}`,
      },
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
  provenance: ({times}) =>
    times === "paper" ? {kind: "paper", text: "Table 1"} : {kind: "live", text: "measured on this device"},
  challenge: {
    text: "choose This device and find a width at which the unmerged pair adds a larger share of multiply–adds than AdapterH adds time at batch 1. Then press Measure: does the time follow?",
    met: (result) => pairAdds(result) > result.single.adapters.h.added,
  },
});
