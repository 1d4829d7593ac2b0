import {layer} from "../../figures/layer.ts";
import {panel} from "../../figures/panel.ts";
import {type Whisker, whiskers, whiskersHeight} from "../../figures/plots/whiskers.ts";
import {counted, percent, whole} from "../../figures/text/format.ts";
import type {Rich} from "../../figures/text/symbol.ts";
import {sign} from "../../shell/signs.ts";
import {type Mark, type OverheadGroup, overheads, overheadsHeight} from "./figures/overheads.ts";
import type {LatencyResult} from "./model.ts";
import {
  addsRatio,
  duration,
  guessed,
  method,
  progressOf,
  reasons,
  timeRatio,
  wayNames,
  withSpread,
} from "./sentences.ts";
import type {Adapter} from "./table1.ts";
import {type Way, ways} from "./ways.ts";

const WIDTH = 256;
const ADAPTERS: readonly Adapter[] = ["l", "h"];

function bars(box: Element, name: string, label: Rich, rows: readonly Whisker[], alt: string) {
  const svg = panel(box, name, {label, width: WIDTH, height: whiskersHeight(rows.length), alt});
  whiskers(svg, rows, {width: WIDTH});
}

const listed = (rows: readonly Whisker[]): string => rows.map(({name, total}) => `${name}: ${total}`).join("; ");

/** Table 1: the time each adapter adds at each setting, and the milliseconds at the chosen one. */
export function paperSide(picture: Element, result: LatencyResult) {
  const {settings, setting, guess} = result;
  const box = layer(picture, "div", "paper-side");
  const groups = settings.map(
    (one): OverheadGroup => ({
      name: `${one.batch} × ${one.tokens} tokens, ${one.millions}\u2009M adapter`,
      isLit: one === setting,
      bars: ADAPTERS.map((tone) => {
        const {method: name, added} = one.adapters[tone];
        return {tone, name, percent: 100 * added, text: percent(added)};
      }),
    }),
  );
  const mark: Mark | undefined =
    guess === undefined ? undefined : {percent: guess, label: `your guess ${guessed(guess)}`};
  const said = groups.map(({name, bars}) => `${name}: ${bars.map((bar) => `${bar.name} ${bar.text}`).join(", ")}`);
  const svg = panel(box, "overheads", {
    label: ["Time added on the paper’s GPU, by batch × tokens"],
    width: WIDTH,
    height: overheadsHeight(groups.length, ADAPTERS.length),
    alt: `Time added. ${said.join("; ")}${mark ? `; ${mark.label}` : ""}`,
  });
  overheads(svg, groups, mark, {width: WIDTH});

  const side = layer(box, "div", "side");
  const all = [
    {...setting.plain, tone: "plain"},
    ...ADAPTERS.map((tone) => ({...setting.adapters[tone], tone: tone as string})),
  ];
  const rows = all.map(
    (latency): Whisker => ({
      tone: latency.tone,
      name: latency.method,
      total: withSpread(latency),
      value: latency.ms,
      low: latency.ms - latency.spread,
      high: latency.ms + latency.spread,
    }),
  );
  const label = `A forward pass at ${setting.batch} × ${setting.tokens}, with the printed ±`;
  bars(side, "passes", [label], rows, `${label}. ${listed(rows)}`);
  layer(side, "p", "reason", reasons(result));
}

/** The cost of one layer on this device: counted always, timed after Play. */
export function deviceSide(picture: Element, result: LatencyResult) {
  const box = layer(picture, "div", "device-side");
  const {adds, measured, shape} = result;
  const counts = ways.map(
    (way): Whisker => ({
      tone: way,
      name: wayNames[way],
      total: `${whole(adds[way])} · ${addsRatio(result, way)}`,
      value: adds[way],
    }),
  );
  const label: Rich = [
    `Multiply–adds a token · ratio to merged, at ${shape.width} × ${shape.width} and `,
    sign.r,
    `\u00a0=\u00a0${whole(shape.r)}`,
  ];
  bars(box, "adds", label, counts, `Multiply–adds a token. ${listed(counts)}`);
  const timed = (way: Way): Whisker => {
    const name = wayNames[way];
    if (!measured?.times) return {tone: way, name, total: "not timed yet"};
    const {low, median, high} = measured.times[way];
    return {
      tone: way,
      name,
      total: `${duration(median)} · ${timeRatio(measured, way)}`,
      value: median,
      low,
      high,
    };
  };
  const rows = ways.map(timed);
  const what = `Time here, ${counted(shape.tokens, "token")}`;
  bars(
    box,
    "times",
    [
      measured
        ? `${what} · ratio to merged, ${progressOf(measured)}${measured.times ? ", quartiles" : ""}`
        : `${what}: press Play to measure`,
    ],
    rows,
    `${what}. ${listed(rows)}`,
  );
  layer(box, "p", "reason", method(result));
}
