import {isNarrow} from "../../figure/plot/aspects.ts";
import {linear, logarithmic} from "../../figure/plot/axes/scales.ts";
import {spreadLabels} from "../../figure/plot/axes/spreadLabels.ts";
import {chart} from "../../figure/plot/chart.ts";
import {layer} from "../../figure/plot/layer.ts";
import {group} from "../../figure/plot/panel.ts";
import type {Room} from "../../figure/plot/room.ts";
import {fixed, percent, whole} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import {BY, MOST, type RatesParams, SIDE, SWEPT_RANKS, SWEPT_RATES} from "./controls.ts";
import {type BestMark, bests} from "./drawing/bests.ts";
import {type BowlLine, type BowlPoint, bowls} from "./drawing/bowls.ts";
import {byHeartChart} from "./drawing/byHeart.ts";
import {holding} from "./drawing/holding.ts";
import {knob} from "./drawing/knob.ts";
import {HELD, type RatesResult} from "./model.ts";
import {lossShown, taskLossText, unitOf} from "./sentences.ts";
import {type Bowl, shelves} from "./stored.ts";

export interface RatesDrawing {
  picture: Element;
  result: RatesResult;
  params: RatesParams;
  act: Act;
  room: Room;
}

const LAST = SWEPT_RATES.length - 1;
/** Right of the plot of the bowls, above it, and below it with and without the strip of best rates. */
const [RIGHT, TOP, STRIP, BARE] = [14, 14, 76, 22];
const LEFT = {forge: 36, digits: 54};
/** The strip's distance from the plot. */
const DROP = 42;
/** Places with a label: 0.001, 0.01 and 0.1. */
const LABELED = [2, 6, 10];
/** What the plot shows of letters in doubt, and of the digit machine's nats a digit. */
const ENDS = {forge: [6.1, 10.3], digits: [1e-5, 4]} as const;
const TICKS = {forge: [7, 8, 9, 10], digits: [1e-4, 1e-3, 1e-2, 0.1, 1]};

const pointsOf = ({runs}: Bowl, {ground}: RatesParams): BowlPoint[] =>
  runs.map(({low, median, high}, place) => ({
    place,
    low: lossShown(low, ground),
    median: lossShown(median, ground),
    high: lossShown(high, ground),
  }));

/** Where a rate is on the grid. */
const placeOf = (rate: number): number => 4 * (Math.log10(rate) + 3.5);

function linesOf(
  {result, params}: RatesDrawing,
  {width, height, isDock}: {width: number; height: number; isDock: boolean},
): BowlLine[] {
  const {full, loras, lora} = result;
  const others = isDock ? [] : loras.filter((one) => one !== lora);
  const y = scaleOf(params, height);
  // Above where each begins, at the left.
  const starts = spreadLabels(
    others.map((one) => y(pointsOf(one, params)[0]!.median) - 6),
    height,
  );
  const own = pointsOf(lora, params);
  // Above its left arm; the corner below the right arm of the other is free in every state.
  const second = own[2]!;
  const above = y(second.median) - 9;
  return [
    ...others.map(
      (one, i): BowlLine => ({
        ...{name: `bowl-other other-${i}`, points: pointsOf(one, params), isFaint: true},
        label: {
          text: `r${width < 340 ? "\u00a0" : " = "}${SWEPT_RANKS[loras.indexOf(one)]}`,
          x: 3,
          y: starts[i]!,
          anchor: "start",
        },
      }),
    ),
    {
      name: "bowl-full",
      points: pointsOf(full, params),
      label: {text: width < 340 ? "full" : "full fine-tuning", x: width - 3, y: height - 9, anchor: "end"},
    },
    {
      name: "bowl-lora",
      points: own,
      label: {
        text: `LoRA, r = ${params.rank}`,
        x: (second.place / LAST) * width + 6,
        y: Math.max(above, 10),
        anchor: "start",
      },
    },
  ];
}

const scaleOf = ({ground}: RatesParams, height: number) => logarithmic(ENDS[ground], [height, 0]);

/** The two losses at the line that is dragged, each beside its bowl; the higher one above. */
function readings(g: Element, {result, params}: RatesDrawing, x: number, width: number, height: number) {
  const y = scaleOf(params, height);
  const {here} = result;
  const both = [
    {name: "bowl-full", loss: here.full.median, isAbove: here.full.median >= here.lora.median},
    {name: "bowl-lora", loss: here.lora.median, isAbove: here.full.median < here.lora.median},
  ];
  const isRight = x > 0.72 * width;
  for (const {name, loss, isAbove} of both) {
    const at = y(lossShown(loss, params.ground));
    const dot = layer(g, "circle", `read ${name}`);
    dot.setAttribute("cx", String(x));
    dot.setAttribute("cy", String(Math.max(at, -100)));
    dot.setAttribute("r", at < 0 ? "0" : "6");
    label(g, `value ${name}`, at < 0 ? `${taskLossText(loss, params.ground)} ↑` : taskLossText(loss, params.ground), {
      x: x + (isRight ? -11 : 11),
      y: isAbove ? Math.max(at - 10, 12 - 4) : Math.max(at + 20, 26),
      anchor: isRight ? "end" : "start",
    });
  }
}

/** The best rates on a strip: full fine-tuning's, and LoRA's at each rank. */
function strip(g: Element, {result}: RatesDrawing, x: (place: number) => number, width: number) {
  const {full, lora, loras, apart} = result;
  const at = (one: Bowl) => x(placeOf(one.best));
  const all = loras.map((one, i): BestMark => {
    const isChosen = one === lora;
    return {
      name: isChosen ? "bowl-lora" : "bowl-other",
      text: isChosen ? `r = ${SWEPT_RANKS[i]}` : `${SWEPT_RANKS[i]}`,
      x: at(one),
    };
  });
  // The chosen rank last, so that it lies on top of the others.
  const ranks = [...all.filter(({name}) => name === "bowl-other"), ...all.filter(({name}) => name === "bowl-lora")];
  bests(g, ranks, {...{width, from: at(full), to: at(lora), above: DROP, ratio: `× ${fixed(apart, 1)}`}});
}

/** The height of two plots that stand side by side, as a share of the width of one. */
const beside = ({size}: Room): number => (size === "card" ? 0.98 : 0.86);

function heightOf({size, width: roomWidth}: Room) {
  return (width: number) => {
    if (size === "dock") return Math.max(0.46 * width, 150);
    if (size === "slide") return 0.46 * width;
    return roomWidth < 400 ? Math.max(0.98 * width, 270) : Math.min(0.62 * width, size === "full" ? 560 : 430);
  };
}

export function ratesPanel(drawing: RatesDrawing) {
  const {picture, result, params, act, room} = drawing;
  const isDock = room.size === "dock";
  const {g, ...all} = chart(picture, "bowls", room, {
    label: [`${unitOf(params.ground)} by learning rate η${isDock ? "" : "; below, the best rates"}`],
    nominal: 560,
    height: heightOf(room),
    alt: `Losses by learning rate, for full fine-tuning and for LoRA at rank ${params.rank}`,
    interactive: true,
  });
  const left = LEFT[params.ground];
  const [width, height] = [all.width - left - RIGHT, all.height - TOP - (isDock ? BARE : STRIP)];
  const x = linear([0, LAST], [0, width]);
  const plot = group(g, "plot", left, TOP);
  const back = group(plot, "back");
  back.setAttribute("aria-hidden", "true");
  bowls(back, linesOf(drawing, {width, height, isDock}), {
    ...{width, height, y: scaleOf(params, height), ticks: TICKS[params.ground]},
    lossText: (value) => String(value),
    ...{last: LAST, labeled: LABELED, placeText: (place) => String(Number(SWEPT_RATES[place]))},
  });
  const at = x(result.place);
  const line = layer(back, "line", "threshold");
  for (const [name, value] of Object.entries({x1: at, x2: at, y1: 0, y2: height}))
    line.setAttribute(name, String(value));
  readings(group(back, "readings"), drawing, at, width, height);
  const low = group(back, "strip", 0, height + DROP);
  if (isDock) low.replaceChildren();
  else strip(low, drawing, x, width);
  const move = (place: number) => {
    const next = Math.min(Math.max(Math.round(place), 0), LAST);
    if (next !== result.place) act.set({eta: SWEPT_RATES[next]!});
  };
  knob(group(plot, "handle"), {
    ...{called: "Learning rate", said: `η = ${SWEPT_RATES[result.place]}`, value: result.place, last: LAST},
    ...{x: at, y: 0, width, height},
    onDrag: (px) => move(x.invert(px)),
    onStep: (across, up) => move(result.place + across + up),
    onCancel: () => act.set({eta: params.eta}),
  });
}

/** The exact field: pairs across, rank up. */
export function holdingPanel({picture, result, params, act, room}: RatesDrawing) {
  const {pairs, r} = params;
  const isDock = room.size === "dock";
  const {g, ...all} = chart(picture, "holding", room, {
    label: ["Exact: the share of N random pairs that rank ", symbol.r, " can store"],
    nominal: 330,
    height: (width) => (isDock ? Math.max(0.42 * width, 150) : isNarrow(room) ? 0.78 * width : beside(room) * width),
    alt: `With ${pairs} pairs, rank ${r} stores ${percent(result.share)}`,
    interactive: true,
  });
  const [left, right, low] = [28, 12, 40];
  const [width, height] = [all.width - left - right, all.height - TOP - low];
  const [x, y] = [linear([0, MOST], [0, width]), linear([0, SIDE], [height, 0])];
  const plot = group(g, "plot", left, TOP);
  const back = group(plot, "back");
  back.setAttribute("aria-hidden", "true");
  holding(back, result.field, {...{width, height, by: BY}, held: HELD});
  label(back, "about pairs", "pairs to store", {x: width / 2, y: height + 33, anchor: "middle"});
  label(back, "inside", "90% or more", {x: 0.06 * width, y: 0.14 * height, anchor: "start"});
  const [px, py] = [x(pairs - BY / 2), y(r - 0.5)];
  const isRight = px > 0.7 * width;
  label(back, "value", percent(result.share), {
    ...{x: px + (isRight ? -13 : 13), y: py < 26 ? py + 22 : py - 10, anchor: isRight ? "end" : "start"},
  });
  const set = (n: number, rank: number) => {
    const next = {
      pairs: Math.min(Math.max(Math.round(n / BY) * BY, BY), MOST),
      r: Math.min(Math.max(Math.round(rank), 1), SIDE),
    };
    if (next.pairs !== pairs || next.r !== r) act.set(next);
  };
  knob(group(plot, "handle"), {
    ...{called: "Pairs across, rank up", said: `${pairs} pairs at rank ${r}`, value: r, last: SIDE},
    ...{x: px, y: py, width, height},
    onDrag: (dx, dy) => set(x.invert(dx) + BY / 2, y.invert(dy) + 0.5),
    onStep: (across, up) => set(pairs + BY * across, r + up),
    onCancel: () => act.set({pairs, r}),
  });
}

/** The forge, trained to learn names by heart. Another unit than the field: the way from the base's loss to the least possible. */
export function byHeartPanel({picture, room}: RatesDrawing) {
  const {g, ...all} = chart(picture, "by-heart", room, {
    label: ["Trained: how well the forge knows N names by heart"],
    nominal: 330,
    height: (width) => (isNarrow(room) ? 0.6 * width : beside(room) * width),
    alt: SWEPT_RANKS.map((r) => {
      const list = shelves.map(({names, shares}) => `${percent(shares[r]!.median)} of ${whole(names)}`);
      return `Rank ${r}: ${list.join(", ")}`;
    }).join(". "),
  });
  const [left, right, low] = [42, 52, 40];
  const [width, height] = [all.width - left - right, all.height - TOP - low];
  const plot = group(g, "plot", left, TOP);
  byHeartChart(
    plot,
    SWEPT_RANKS.map((r) => ({
      name: `of-${r}`,
      label: `r = ${r}`,
      shares: shelves.map(({names, shares}) => ({names, ...shares[r]!})),
    })),
    {width, height, named: shelves.map(({names}) => names), format: whole, held: HELD},
  );
  label(plot, "about", "names to learn", {x: width / 2, y: height + 33, anchor: "middle"});
}
