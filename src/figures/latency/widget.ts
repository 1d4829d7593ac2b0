/** Six ways of adapting a network as lanes: how long a pass takes, in Table 1 and on this device. */
import {figure} from "../../figure/declare.ts";
import {layer} from "../../figure/plot/layer.ts";
import {barX, ruleX, text} from "../../figure/plot/marks.ts";
import type {Box, Chart, Drawing} from "../../figure/plot/picture.ts";
import {counted, fixed, percent, whole} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import {controls, type LatencyParams, TIME_END} from "./controls.ts";
import {drawLanes} from "./lanes.ts";
import {LAYERS_PER_BLOCK, lanesOf} from "./laneWords.ts";
import {type LatencyResult, layerWays, readLatency, shapeOf} from "./layer.ts";
import {
  addsRatio,
  duration,
  isWithinQuartiles,
  latencyGuessText,
  measuringMethod,
  ms,
  progressOf,
  says,
  settingName,
  timeRatio,
  wayNames,
  whyNoPercentages,
} from "./sentences.ts";
import {type Latency, settings, single, type Table1Setting} from "./table1.ts";

/** The lanes, with each pass where it is now. */
function lanes(result: LatencyResult, params: LatencyParams): Drawing {
  const {setting, shape, measured} = result;
  const isPaper = params.times === "paper";
  const all = lanesOf(result, params);
  // The line must not break between the number and its unit.
  const now = ms((params.after / 100) * setting.plain.ms).replace("\u2009", "\u00a0");
  const matrix = `one ${shape.width} × ${shape.width} matrix`;
  const title = isPaper
    ? `On the paper’s GPU, ${setting.batch} × ${setting.tokens} tokens, after ${now}`
    : `On this device: ${matrix}, ${progressOf(measured)}`;
  return {
    name: "lanes",
    label: [`${title}. Violet is trained or added.`],
    alt: `${title}. ${all.map(({name, total}) => `${name}: ${total}`).join("; ")}.`,
    height: {narrow: 380, mid: 392, wide: 400},
    isElastic: true,
    draw: (g, sheet) =>
      drawLanes(
        g,
        all,
        {
          after: params.after / 100,
          scene: isPaper ? "block" : "matrix",
          gates: isPaper ? LAYERS_PER_BLOCK[params.compared] : 1,
          inputs: isPaper ? 8 : Math.min(shape.tokens, 8),
          foot: isPaper ? ["attention", "MLP", "out"] : [matrix, "out"],
        },
        sheet,
      ),
  };
}

/** Table 1: the time each adapter adds at each setting. */
function overheads({setting, guess}: LatencyResult): Chart {
  const all = settings.flatMap((one) =>
    (["l", "h"] as const).map((design) => ({...one.adapters[design], isChosen: one.name === setting.name, of: one})),
  );
  const mark = guess === undefined ? [] : [guess];
  const most = Math.max(...all.map(({added}) => 100 * added), ...mark);
  return {
    name: "overheads",
    label: ["Time added on the paper’s GPU, by batch × tokens"],
    alt: `Time added. ${all.map(({method, added, of}) => `${of.batch} × ${of.tokens} tokens, ${method}: ${percent(added)}`).join("; ")}${guess === undefined ? "" : `; your guess ${latencyGuessText(guess)}`}`,
    height: 250,
    x: {domain: [0, 1.05 * most], tickFormat: (value) => `${value}%`},
    y: {
      type: "rows",
      rows: all.map(({method, added, of}) => ({name: `${of.batch} × ${of.tokens}, ${method}`, said: percent(added)})),
    },
    marks: [
      barX(all, {x: ({added}) => 100 * added, tone: "dw", strength: ({isChosen}) => (isChosen ? 3 : 1)}),
      ruleX(mark, {tone: "ink", dashed: true}),
      text(mark, {x: (guess) => guess, kind: "guessed", text: (guess) => `your guess ${latencyGuessText(guess)}`}),
    ],
  };
}

/** A row for each way of computing the layer here. */
function multiplyAdds(result: LatencyResult): Chart {
  const {adds, shape} = result;
  const rows = layerWays.map((way) => ({name: wayNames[way], said: `${whole(adds[way])} · ${addsRatio(result, way)}`}));
  return {
    name: "adds",
    label: [
      `Multiply–adds a token · ratio to merged, at ${shape.width} × ${shape.width} and `,
      symbol.r,
      `\u00a0=\u00a0${whole(shape.r)}`,
    ],
    alt: `Multiply–adds a token. ${rows.map(({name, said}) => `${name}: ${said}`).join("; ")}`,
    height: 190,
    x: {domain: [0, Math.max(...Object.values(adds))], ticks: []},
    y: {type: "rows", rows},
    marks: [
      barX(layerWays, {
        x: (way) => adds[way],
        tone: (_, i) => (i ? "dw" : "w0"),
        strength: (_, i) => (i ? 1 : 2),
      }),
    ],
  };
}

const reason = (name: string, words: string): Box => ({
  name: `${name} why`,
  html: (box) => layer(box, "p", `reason ${name}`, words),
  isWide: true,
});

/** "1.13× in multiply–adds" and, once timed, in time. */
const hereReadout = (result: LatencyResult, way: "unmerged" | "adapter" | "prefix") => ({
  value: addsRatio(result, way),
  note: result.measured?.times
    ? `merged’s multiply–adds, ${timeRatio(result.measured, way)} its time${isWithinQuartiles(result.measured, way) ? ", a tie" : ""}`
    : "merged’s multiply–adds, not timed yet",
});

export default figure<typeof controls, LatencyResult>({
  title: "Who is kept waiting at inference?",
  guide:
    "Each lane is one way to adapt a network; all passes run equally fast along it, and extra time is drawn where a pass is held up. Send a batch shows the three lanes of Table 1, two of which share a row, and This device times all six here, on one matrix and one core.",
  sources: ["Hu et al. 2021, §3 and Table 1", "Houlsby et al. 2019, §2.1"],
  run: {
    by: (params) => (params.times === "here" ? shapeOf(params) : undefined),
    read: readLatency,
    isWhole: true,
    waits: () => true,
    computeText: "Measure",
    progress: ({measured}) => measured && [measured.samples, measured.due, "samples"],
    clock: "after",
    // Percent of a second: the slowest pass of Table 1 takes 2.6 seconds.
    pace: 50,
    restsAt: controls.after.value,
  },
  tools: {play: "Send a batch"},
  controls,
  main: ["times", "setting"],
  // A batch is over when its slowest pass is through.
  bounds({times, setting, compared}) {
    const {adapters} = settings.find(({name}) => name === setting)!;
    return {after: [0, times === "paper" ? Math.ceil(100 * (1 + adapters[compared].added)) : TIME_END]};
  },
  picture(result, params, _act, size) {
    const first = lanes(result, params);
    if (size === "card") return {parts: [first]};
    if (params.times === "paper") return {parts: [first, overheads(result), reason("gpu", whyNoPercentages())]};
    return {parts: [first, reason("device", measuringMethod(result)), multiplyAdds(result)]};
  },
  says,
  readouts(result, {times, compared}) {
    const {plain, adapters} = result.setting;
    const adapter = adapters[compared];
    if (times === "here")
      return [
        {label: ["Unmerged here"], ...hereReadout(result, "unmerged")},
        {label: ["Adapter layer here"], ...hereReadout(result, "adapter")},
        {label: ["Prefix here"], ...hereReadout(result, "prefix")},
        {label: ["Merged here"], value: addsRatio(result, "merged"), note: "nothing is added"},
      ];
    return [
      {
        label: [`${adapter.method} adds`],
        value: percent(adapter.added),
        note: `${fixed(adapter.printed, 1)}% printed, the same`,
      },
      {
        label: ["In milliseconds"],
        value: ms(adapter.ms - plain.ms),
        note: `± ${fixed(plain.spread, 1)} and ± ${fixed(adapter.spread, 1)}`,
      },
    ];
  },
  table({shape, adds, measured}) {
    const row = (one: Table1Setting, {method, ms: time, spread}: Latency, added = "", printed = "") => {
      return [settingName(one), method, ms(time), `± ${ms(spread)}`, added, printed, ""];
    };
    const paper = settings.flatMap((one) => {
      const {l, h} = one.adapters;
      return [row(one, one.plain), ...[l, h].map((it) => row(one, it, percent(it.added), `${fixed(it.printed, 1)}%`))];
    });
    const device = layerWays.map((way) => {
      const found = measured?.times?.[way];
      const times = found
        ? [duration(found.median), `${duration(found.low)} to ${duration(found.high)}`, timeRatio(measured, way)!]
        : ["not timed", "", ""];
      return [`here, ${counted(shape.tokens, "token")}`, wayNames[way], ...times, "", whole(adds[way])];
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
  source: ({times}) =>
    times === "paper" ? {kind: "paper", text: "Table 1"} : {kind: "live", text: "measured on this device"},
  predictions: ({guess}, {compared}) => {
    if (guess === undefined) return [];
    const actual = single.adapters[compared].printed;
    return [{item: "latency", prediction: guess, actual, error: Number((guess - actual).toFixed(2))}];
  },
  challenge: {
    text: "choose This device and find a width at which unmerged LoRA adds a larger share of multiply–adds than AdapterH adds time at batch 1. Then press Measure: does the time follow?",
    met: ({adds}) => adds.unmerged / adds.merged - 1 > single.adapters.h.added,
  },
});
