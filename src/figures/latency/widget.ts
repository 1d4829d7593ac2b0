/** How long a pass takes with six ways of adapting a network, as lanes; and one layer timed on this device. */
import {figure} from "../../figure/declare.ts";
import {layer} from "../../figure/plot/layer.ts";
import {barX, ruleX, ruleY, text} from "../../figure/plot/marks.ts";
import type {Box, Chart} from "../../figure/plot/picture.ts";
import {counted, fixed, percent, whole} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import {controls} from "./controls.ts";
import {lanesDrawing} from "./lanes.ts";
import {type LatencyResult, type LayerWay, layerWays, readLatency, shapeOf} from "./layer.ts";
import {
  durationText,
  latencyGuessText,
  measuringMethod,
  msText,
  multiplyAddsRatio,
  progressText,
  says,
  settingName,
  timeRatio,
  wayNames,
  whyNoPercentages,
} from "./sentences.ts";
import {type Latency, singleSetting, type Table1Setting, table1Settings} from "./table1.ts";

/** The chart of Table 1: the time that each adapter design adds at each setting. */
function overheadChart({setting, guess}: LatencyResult): Chart {
  const all = table1Settings.flatMap((one) =>
    (["l", "h"] as const).map((design) => ({...one.adapters[design], isChosen: one.name === setting.name, of: one})),
  );
  const guesses = guess === undefined ? [] : [guess];
  const maxPercent = Math.max(...all.map(({added}) => 100 * added), ...guesses);
  return {
    name: "overheads",
    label: ["Time added on the paper’s GPU, by batch × tokens"],
    alt: `Time added. ${all.map(({method, added, of}) => `${of.batch} × ${of.tokens} tokens, ${method}: ${percent(added)}`).join("; ")}${guess === undefined ? "" : `; your guess ${latencyGuessText(guess)}`}`,
    height: 250,
    x: {domain: [0, 1.05 * maxPercent], tickFormat: (value) => `${value}%`},
    y: {
      type: "rows",
      rows: all.map(({method, added, of}) => ({
        name: `${of.batch} × ${of.tokens}, ${method}`,
        valueText: percent(added),
      })),
    },
    marks: [
      barX(all, {x: ({added}) => 100 * added, tone: "dw", strength: ({isChosen}) => (isChosen ? 3 : 1)}),
      ruleX(guesses, {tone: "ink", dashed: true}),
      text(guesses, {x: (guess) => guess, kind: "guessed", text: (guess) => `your guess ${latencyGuessText(guess)}`}),
    ],
  };
}

/** What a way of computing the layer costs, in words and as a bar with its whisker. */
interface Cost {
  text: string;
  value?: number;
  low?: number;
  high?: number;
}

/** A bar chart with a row for each way of computing the layer. */
function costChart(name: string, label: Chart["label"], title: string, costOf: (way: LayerWay) => Cost): Chart {
  const rows = layerWays.map((way) => ({...costOf(way), name: wayNames[way]}));
  const maxValue = Math.max(...rows.map(({value = 0, high = 0}) => Math.max(value, high)));
  return {
    name,
    label,
    alt: `${title}. ${rows.map(({name, text}) => `${name}: ${text}`).join("; ")}`,
    height: 190,
    x: {domain: [0, maxValue || 1], ticks: []},
    y: {type: "rows", rows: rows.map(({name, text}) => ({name, valueText: text}))},
    marks: [
      barX(
        rows.filter(({value}) => value),
        {x: ({value}) => value, tone: (_, i) => (i ? "dw" : "w0"), strength: (_, i) => (i ? 1 : 2)},
      ),
      ruleY(rows, {y: (_, i) => i, x1: ({low}) => low, x2: ({high}) => high, tone: "ink"}),
    ],
  };
}

/** The chart of the times of one layer on this device, once Measure has run. */
function deviceTimeChart({measured, shape}: LatencyResult): Chart {
  const title = `One layer on this device, ${counted(shape.tokens, "token")}`;
  const label = `${title}: ${measured ? progressText(measured) : "press Measure to time it"}`;
  return costChart("times", [label], title, (way) => {
    if (!measured?.times) return {text: progressText(measured)};
    const {low, median, high} = measured.times[way];
    return {text: `${durationText(median)} · ${timeRatio(measured, way)}`, value: median, low, high};
  });
}

/** The chart of the multiply–adds of the same layer. */
function multiplyAddsChart(result: LatencyResult): Chart {
  const {multiplyAdds, shape} = result;
  const label: Chart["label"] = [
    `Multiply–adds a token · ratio to merged, at ${shape.width} × ${shape.width} and `,
    symbol.r,
    `\u00a0=\u00a0${whole(shape.r)}`,
  ];
  return costChart("adds", label, "Multiply–adds a token", (way) => ({
    text: `${whole(multiplyAdds[way])} · ${multiplyAddsRatio(result, way)}`,
    value: multiplyAdds[way],
  }));
}

/** A paragraph below the charts at full size. */
const reason = (name: string, words: string): Box => ({
  name: `${name} why`,
  html: (box) => layer(box, "p", `reason ${name}`, words),
  isWide: true,
});

export default figure<typeof controls, LatencyResult>({
  title: "Who is kept waiting at inference?",
  guide:
    "Each lane is one way to adapt a network; all passes run equally fast along it, and extra time is drawn where a pass is held up. Send a batch shows the three lanes of Table 1, two of which share a row, and This device times one matrix on one core.",
  sources: ["Hu et al. 2021, §3 and Table 1", "Houlsby et al. 2019, §2.1"],
  run: {
    by: (params) => (params.times === "here" ? shapeOf(params) : undefined),
    read: readLatency,
    isWhole: true,
    waits: () => true,
    computeText: "Measure",
    progress: ({measured}) => measured && [measured.samples, measured.plannedSamples, "samples"],
    clock: "after",
    // Percent of a second: the slowest pass of Table 1 takes 2.6 seconds.
    pace: 50,
    restsAt: controls.after.value,
  },
  tools: {play: "Send a batch"},
  controls,
  main: ["times", "setting"],
  // A batch is over when its slowest pass is through.
  bounds({setting, compared}) {
    const {adapters} = table1Settings.find(({name}) => name === setting)!;
    return {after: [0, Math.ceil(100 * (1 + adapters[compared].added))]};
  },
  picture(result, params, _act, size) {
    const {times} = params;
    const parts =
      times === "paper" ? [lanesDrawing(result, params)] : [deviceTimeChart(result), multiplyAddsChart(result)];
    if (size === "card") return {parts};
    return times === "paper"
      ? {parts: [...parts, overheadChart(result), reason("gpu", whyNoPercentages())]}
      : {parts: [reason("device", measuringMethod(result)), ...parts]};
  },
  says,
  readouts(result, {times, compared}) {
    const {plain, adapters} = result.setting;
    const adapter = adapters[compared];
    if (times === "here")
      return (["unmerged", "adapter", "prefix"] as const).map((way) => ({
        label: [wayNames[way]],
        value: multiplyAddsRatio(result, way),
        note: "merged’s multiply–adds",
      }));
    return [
      {
        label: [`${adapter.method} adds`],
        value: percent(adapter.added),
        note: `${fixed(adapter.printed, 1)}% printed, the same`,
      },
      {
        label: ["In milliseconds"],
        value: msText(adapter.ms - plain.ms),
        note: `± ${fixed(plain.spread, 1)} and ± ${fixed(adapter.spread, 1)}`,
      },
    ];
  },
  table({shape, multiplyAdds, measured}) {
    const row = (one: Table1Setting, {method, ms: time, spread}: Latency, added = "", printed = "") => {
      return [settingName(one), method, msText(time), `± ${msText(spread)}`, added, printed, ""];
    };
    const paper = table1Settings.flatMap((one) => {
      const {l, h} = one.adapters;
      const adapterRows = [l, h].map((design) =>
        row(one, design, percent(design.added), `${fixed(design.printed, 1)}%`),
      );
      return [row(one, one.plain), ...adapterRows];
    });
    const device = layerWays.map((way) => {
      const quartiles = measured?.times?.[way];
      const times = quartiles
        ? [
            durationText(quartiles.median),
            `${durationText(quartiles.low)} to ${durationText(quartiles.high)}`,
            timeRatio(measured, way)!,
          ]
        : ["not timed", "", ""];
      return [`here, ${counted(shape.tokens, "token")}`, wayNames[way], ...times, "", whole(multiplyAdds[way])];
    });
    return {
      caption: `Table 1 of the paper, then this device at width ${whole(shape.width)} and r = ${whole(shape.r)} (${progressText(measured)})`,
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
    const actual = singleSetting.adapters[compared].printed;
    return [{item: "latency", prediction: guess, actual, error: Number((guess - actual).toFixed(2))}];
  },
  challenge: {
    text: "choose This device and find a width at which unmerged LoRA adds a larger share of multiply–adds than AdapterH adds time at batch 1. Then press Measure: does the time follow?",
    met: ({multiplyAdds}) => multiplyAdds.unmerged / multiplyAdds.merged - 1 > singleSetting.adapters.h.added,
  },
});
