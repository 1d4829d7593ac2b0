import type {Matrix} from "../../engine/linalg/matrix.ts";
import {isNarrow} from "../../figure/plot/aspects.ts";
import {chart} from "../../figure/plot/chart.ts";
import {layer} from "../../figure/plot/layer.ts";
import {extentText} from "../../figure/plot/matrices/extent.ts";
import {factors} from "../../figure/plot/matrices/factors.ts";
import {mapChart} from "../../figure/plot/matrices/mapChart.ts";
import type {Room} from "../../figure/plot/room.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {counted, thousandths as shown} from "../../figure/plot/text/format.ts";
import {type Rich, write} from "../../figure/plot/text/symbol.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import {largestEntry} from "../shared/largestEntry.ts";
import type {TrainParams} from "./controls.ts";
import {DESCENTS_LEFT, descents} from "./drawing/descents.ts";
import {SIDES, spectraChart} from "./drawing/spectra.ts";
import type {TrainResult} from "./readings.ts";
import {sizeOrOutOfRange, trainLossAt} from "./sentences.ts";
import {TRAIN_SIDE, TRAIN_STEPS} from "./settings.ts";

/** Between ΔW and its factors. */
const GAP = 8;
/** Singular values that are drawn and listed: as many as ΔW* can have. */
export const VALUES = TRAIN_SIDE / 2;

/** Room for the names of the curves, at their ends. */
const NAMES = 86;

function losses(picture: Element, result: TrainResult, params: TrainParams, act: Act, room: Room) {
  const {lora, full, kept} = result;
  const {step, r} = params;
  const {g, width, height} = chart(picture, "losses", room, {
    label: ["Loss by step, logarithmic"],
    nominal: 311,
    height: (width) => 0.44 * width,
    alt: `At step ${step} LoRA at ${trainLossAt(lora.losses, step)}, full fine-tuning at ${trainLossAt(full.losses, step)}; the floor of rank ${r} is ${shown(lora.floor)}`,
  });
  descents(
    g,
    [
      ...kept.map(({losses}, i) => ({name: `kept-${i + 1}`, label: `run ${i + 1}`, values: losses})),
      {name: "full", label: "full", values: full.losses},
      {name: "lora", label: `LoRA, r ${r}`, values: lora.losses},
    ],
    [
      {name: "level", label: "floor", value: lora.floor},
      {name: "level all", label: "floor, full", value: full.floor},
    ],
    {
      width: width - DESCENTS_LEFT - NAMES,
      height: height - 36,
      bottom: -4,
      top: lora.losses[0] > 10 ? 2 : 1,
      steps: TRAIN_STEPS,
      step,
      onMove: (to) => act.set({step: to}),
    },
  );
}

interface Traced {
  /** The traced entry, counted from 1; none if either is 0. */
  row: number;
  column: number;
  limit: number;
  room: Room;
  onPoint(at: {row: number; column: number}): void;
}

/** A matrix beside ΔW, in the same colors and as large, with the same entry traced. Gives its width. */
function square(
  maps: Element,
  name: string,
  m: Matrix,
  label: Rich,
  alt: string,
  {row, column, limit, room, onPoint}: Traced,
): number {
  const onEntry = (row: number, column: number) => onPoint({row, column});
  return mapChart(maps, name, room, m, {label, nominal: 188, alt, limit, row, column, onPoint: onEntry}).width;
}

/** What was planted; what is found, with B and A at its edges; and what is missing. */
function matrices(picture: Element, result: TrainResult, params: TrainParams, act: Act, room: Room) {
  const {lora, deltaStar} = result;
  const {row, column, r, step} = params;
  const limit = largestEntry(deltaStar);
  const onPoint = (at: {row?: number; column?: number}) =>
    act.set({row: at.row ?? (row || 1), column: at.column ?? (column || 1)});
  const learned = layer(picture, "div", "learned");
  const traced = {row, column, limit, room, onPoint};
  const planted = `ΔW*, ${TRAIN_SIDE} by ${TRAIN_SIDE}, rank ${params.planted}`;
  const edge = square(learned, "star", deltaStar, ["planted", " ", symbol.dW, "*"], planted, traced);
  const middle = layer(learned, "div", "middle");
  const name = layer<HTMLElement>(middle, "p", "label");
  write(name, ["found", " ", symbol.dW, " = (", symbol.alpha, "/", symbol.r, ")", symbol.B, symbol.A]);
  const {g, width} = chart(middle, "product", room, {
    label: [symbol.B, ` ${TRAIN_SIDE}×${r}`, symbol.A, ` ${r}×${TRAIN_SIDE}`],
    nominal: edge + 56,
    height: (width) => width,
    alt: `B left of ΔW, A above it, r = ${r}, step ${step}; its distance from ΔW* is ${sizeOrOutOfRange(lora, lora.distance)}; ${extentText(lora.delta)}`,
  });
  const strip = Math.max(width - edge - GAP, 1);
  // A is low where r is small: the name comes down to it, but not in a first frame, whose pixels are scaled.
  const free = strip - r * Math.min(edge / TRAIN_SIDE, strip / r);
  if (room.widthOf(middle)) name.style.setProperty("translate", `0 ${rounded(free)}px`);
  factors(g, {...lora, BA: lora.delta}, {size: edge, strip, factorLimit: limit, ...traced});
  square(learned, "rest", lora.rest, ["missing", " ", symbol.dW, " − ", symbol.dW, "*"], "What is missing", traced);
}

function singularValues(picture: Element, {s, lora, full}: TrainResult, {planted}: TrainParams, room: Room) {
  const met = Array.from(s, (due, i) => `${shown(due)} is met by ${sizeOrOutOfRange(lora, lora.s[i] ?? 0)}`);
  const rest = room.size === "full" ? [", line fully trained"] : [];
  const {g, width, height} = chart(picture, "values", room, {
    label: ["Singular values: box ", symbol.dW, "*, fill ", symbol.dW, ...rest],
    nominal: 240,
    height: (width) => (room.size === "card" && isNarrow(room) ? 0.42 : 0.7) * width,
    alt: `Of ${counted(planted, "singular value")} of ΔW*, ${met.join(", ")}`,
  });
  const all = Array.from({length: VALUES}, (_, i) => ({due: s[i] ?? 0, lora: lora.s[i] ?? 0, full: full.s[i]}));
  spectraChart(g, all, {width: width - SIDES, height: height - 30, top: 1.15 * s[0]});
}

export function drawCard(picture: Element, result: TrainResult, params: TrainParams, act: Act, room: Room) {
  matrices(picture, result, params, act, room);
  if (room.size === "dock" || room.size === "slide") return;
  losses(picture, result, params, act, room);
  singularValues(picture, result, params, room);
}
