import {chart, panels} from "../../figure/plot/chart.ts";
import {type Whisker, whiskers, whiskersHeight} from "../../figure/plot/charts/whiskers.ts";
import {layer} from "../../figure/plot/layer.ts";
import type {Room} from "../../figure/plot/room.ts";
import {counted, percent, whole} from "../../figure/plot/text/format.ts";
import type {Rich} from "../../figure/plot/text/symbol.ts";
import {symbol} from "../../figure/symbols.ts";
import {type Mark, type OverheadGroup, overheads, overheadsHeight} from "./drawing/overheads.ts";
import {addsRatio, wayNames, whyNoPercentages} from "./fullSentences.ts";
import {duration, latencyGuessText, progressOf, timeRatio} from "./sentences.ts";
import type {AdapterDesign} from "./table1.ts";
import type {LatencyResult} from "./untimed.ts";
import {type LayerWay, layerWays} from "./ways.ts";

const ADAPTERS: readonly AdapterDesign[] = ["l", "h"];

interface PanelPlace {
  box: Element;
  room: Room;
  name: string;
}

function bars({box, room, name}: PanelPlace, label: Rich, rows: readonly Whisker[], alt: string) {
  const {g, width} = chart(box, name, room, {
    label,
    nominal: 660,
    height: () => whiskersHeight(rows.length),
    alt,
  });
  whiskers(g, rows, {width});
}

const listed = (rows: readonly Whisker[]): string => rows.map(({name, total}) => `${name}: ${total}`).join("; ");

/** Table 1: the time each adapter adds at each setting. */
export function paperOverheads(picture: Element, result: LatencyResult, room: Room) {
  const {settings, setting, guess} = result;
  const box = layer(picture, "div", "paper-side");
  // The text stands beside the chart and narrows it, so the panel and the text are both made before the chart is drawn.
  panels(box, ["overheads"]);
  layer(box, "p", "reason", whyNoPercentages(result));
  const groups = settings.map(
    (one): OverheadGroup => ({
      name: `${one.batch} × ${one.tokens} tokens, ${one.millions}\u2009M adapter`,
      isLit: one === setting,
      bars: ADAPTERS.map((design) => {
        const {method: name, added} = one.adapters[design];
        return {tone: design, name, percent: 100 * added, text: percent(added)};
      }),
    }),
  );
  const mark: Mark | undefined =
    guess === undefined ? undefined : {percent: guess, label: `your guess ${latencyGuessText(guess)}`};
  const said = groups.map(({name, bars}) => `${name}: ${bars.map((bar) => `${bar.name} ${bar.text}`).join(", ")}`);
  const {g, width} = chart(box, "overheads", room, {
    label: ["Time added on the paper’s GPU, by batch × tokens"],
    nominal: 360,
    height: overheadsHeight(groups.length, ADAPTERS.length),
    alt: `Time added. ${said.join("; ")}${mark ? `; ${mark.label}` : ""}`,
  });
  overheads(g, groups, mark, {width});
}

/** What one layer costs: multiply–adds a token, counted. */
export function multiplyAdds(picture: Element, result: LatencyResult, room: Room) {
  const {adds, shape} = result;
  const counts = layerWays.map(
    (way): Whisker => ({
      tone: way,
      name: wayNames[way],
      total: `${whole(adds[way])} · ${addsRatio(result, way)}`,
      value: adds[way],
    }),
  );
  const label: Rich = [
    `Multiply–adds a token · ratio to merged, at ${shape.width} × ${shape.width} and `,
    symbol.r,
    `\u00a0=\u00a0${whole(shape.r)}`,
  ];
  bars({box: picture, room, name: "adds"}, label, counts, `Multiply–adds a token. ${listed(counts)}`);
}

/** What one layer costs on this device, in time, once Measure has run. */
export function timesHere(picture: Element, result: LatencyResult, room: Room) {
  const {measured, shape} = result;
  const timed = (way: LayerWay): Whisker => {
    const name = wayNames[way];
    if (!measured?.times)
      return {
        tone: way,
        name,
        total: measured ? "warming up" : "not timed yet",
      };
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
  const rows = layerWays.map(timed);
  const title = `One layer on this device, ${counted(shape.tokens, "token")}`;
  const label = [`${title}: ${measured ? progressOf(measured) : "press Measure to time it"}`];
  bars({box: picture, room, name: "times"}, label, rows, `${title}. ${listed(rows)}`);
}
