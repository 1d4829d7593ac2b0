import {layer} from "../../figure/plot/layer.ts";
import {counted, fixed, percent, whole} from "../../figure/plot/text/format.ts";
import {full as rest} from "../../figure/widget.ts";
import type {controls} from "./controls.ts";
import {addsRatio, besidePrint, method, settingName, summary, wayNames} from "./fullSentences.ts";
import {multiplyAdds, paperOverheads, timesHere} from "./panels.ts";
import {duration, isWithinQuartiles, ms, progressOf, timeRatio} from "./sentences.ts";
import {sixLanes} from "./sixLanes.ts";
import type {Latency, Table1Setting} from "./table1.ts";
import type {LatencyResult} from "./untimed.ts";
import {layerWays} from "./ways.ts";

/** "1.13× in multiply–adds" and, once timed, in time. */
const here = (result: LatencyResult, way: "unmerged" | "adapter" | "prefix") => ({
  value: addsRatio(result, way),
  note: result.measured?.times
    ? `merged’s multiply–adds, ${timeRatio(result.measured, way)} its time${isWithinQuartiles(result.measured, way) ? ", a tie" : ""}`
    : "merged’s multiply–adds, not timed yet",
});

export default rest<typeof controls, LatencyResult>({
  draw(picture, result, params, act, room) {
    const isFull = room.size === "full";
    const isPaper = params.times === "paper";
    // The paper's panels and this device's are others.
    if (isFull && isPaper !== !!picture.querySelector(".paper-side")) picture.replaceChildren();
    sixLanes(picture, result, params, act, room);
    if (!isFull) return;
    if (isPaper) {
      paperOverheads(picture, result, room);
      return;
    }
    layer(picture, "p", "reason device", method(result));
    multiplyAdds(picture, result, room);
    // Last, because Measure stands right below the picture.
    timesHere(picture, result, room);
  },
  summary,
  readouts(result, {times, compared}) {
    const {plain, adapters} = result.setting;
    const adapter = adapters[compared];
    if (times === "here")
      return [
        {label: ["Unmerged here"], ...here(result, "unmerged")},
        {label: ["Adapter layer here"], ...here(result, "adapter")},
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
    const row = (one: Table1Setting, {method, ms: time, spread}: Latency, added = "", printed = "") => {
      return [settingName(one), method, ms(time), `± ${ms(spread)}`, added, printed, ""];
    };
    const paper = settings.flatMap((one) => {
      const {l, h} = one.adapters;
      return [row(one, one.plain), ...[l, h].map((it) => row(one, it, percent(it.added), `${fixed(it.printed, 1)}%`))];
    });
    const here = `here, ${counted(shape.tokens, "token")}`;
    const device = layerWays.map((way) => {
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
});
