import type {Matrix} from "../../engine/linalg/matrix.ts";
import {layer} from "../../figures/layer.ts";
import {termsOf} from "../../figures/matrices/entryTerms.ts";
import {extent} from "../../figures/matrices/extent.ts";
import {factors} from "../../figures/matrices/factors.ts";
import {heatmap} from "../../figures/matrices/heatmap.ts";
import {outline, pick} from "../../figures/matrices/pick.ts";
import {tracing} from "../../figures/matrices/tracing.ts";
import {group, panel} from "../../figures/panel.ts";
import {counted, fixed, thousandths as shown, significant} from "../../figures/text/format.ts";
import {legend} from "../../figures/text/legend.ts";
import {type Rich, write} from "../../figures/text/symbol.ts";
import {sign} from "../../shell/signs.ts";
import type {Act} from "../../shell/widget.ts";
import {keptRunsShelf} from "../shared/keptRunsShelf.ts";
import {largestEntry} from "../shared/largestEntry.ts";
import {keptRuns, settingsOf, type TrainParams} from "./controls.ts";
import {descents} from "./figures/descents.ts";
import {spectra} from "./figures/spectra.ts";
import type {TrainResult} from "./readings.ts";
import {described, lossAt, sizeOf} from "./sentences.ts";
import {MOST_KEPT, SIDE, STEPS} from "./settings.ts";

/** Edge of a matrix, and depth of the strips for B and A: eight rows of five units. */
const SQUARE = 192;
const STRIP = 40;
/** Singular values that are drawn and listed: as many as ΔW* can have. */
export const VALUES = SIDE / 2;

export function losses(picture: Element, result: TrainResult, params: TrainParams, act: Act) {
  const {lora, full, kept} = result;
  const {step, r} = params;
  const svg = panel(picture, "losses", {
    label: ["Loss by step, logarithmic"],
    width: 256,
    height: 254,
    alt: `At step ${step} LoRA at ${lossAt(lora.losses, step)}, full fine-tuning at ${lossAt(full.losses, step)}; the floor of rank ${r} is ${shown(lora.floor)}`,
  });
  descents(
    svg,
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
      width: 142,
      height: 220,
      bottom: -4,
      top: lora.losses[0] > 10 ? 2 : 1,
      steps: STEPS,
      step,
      onMove: (to) => act.set({step: to}),
    },
  );
}

export function shelfOfRuns(picture: Element, {kept, lora}: TrainResult, params: TrainParams, act: Act) {
  keptRunsShelf(
    picture,
    kept.map(({settings, losses}) => ({text: described(settings), value: `loss ${lossAt(losses, params.step)}`})),
    {
      title: "Kept runs",
      most: MOST_KEPT,
      keptRuns,
      params,
      announced: `${described(settingsOf(params))}, loss ${lossAt(lora.losses, params.step)}`,
    },
    act,
  );
}

interface Traced {
  /** The traced entry, counted from 1; none if either is 0. */
  row: number;
  column: number;
  limit: number;
  onPoint(at: {row: number; column: number}): void;
}

/** A matrix beside ΔW, in the same colors, with the same entry traced. */
function square(
  maps: Element,
  name: string,
  m: Matrix,
  label: Rich,
  alt: string,
  {row, column, limit, onPoint}: Traced,
) {
  const cell = SQUARE / m.cols;
  const svg = panel(maps, name, {label, width: SQUARE, height: cell * m.rows, alt: `${alt}: ${extent(m)}`});
  const cells = {rows: m.rows, cols: m.cols, cellWidth: cell, cellHeight: cell};
  heatmap(group(svg, "map"), m, {...cells, limit});
  outline(group(svg, "trace"), row && column ? [{row, column, rows: 1, cols: 1}] : [], cell, cell);
  pick(group(svg, "picker"), {...cells, onPoint: (row, column) => onPoint({row, column})});
}

export function matrices(picture: Element, result: TrainResult, params: TrainParams, act: Act) {
  const {lora, deltaStar} = result;
  const {row, column, r, step} = params;
  const limit = largestEntry(deltaStar);
  const onPoint = (at: {row?: number; column?: number}) =>
    act.set({row: at.row ?? (row || 1), column: at.column ?? (column || 1)});
  const learned = layer(picture, "div", "learned");
  const traced = {row, column, limit, onPoint};
  const planted = `ΔW*, ${SIDE} by ${SIDE}, rank ${params.planted}`;
  square(learned, "star", deltaStar, [sign.dW, "* planted"], planted, traced);
  const middle = layer(learned, "div", "middle");
  write(layer(middle, "p", "label"), [sign.dW, " = (", sign.alpha, "/", sign.r, ")", sign.B, sign.A, `, step ${step}`]);
  const edge = STRIP + 8 + SQUARE;
  const product = panel(middle, "product", {
    label: [sign.A, ` ${r}×${SIDE}→ `, sign.B, ` ${SIDE}×${r}↓`],
    width: edge,
    height: edge,
    alt: `B left of ΔW, A above it, r = ${r}, step ${step}; its distance from ΔW* is ${sizeOf(lora, lora.distance)}; ${extent(lora.delta)}`,
  });
  factors(product, {...lora, BA: lora.delta}, {size: SQUARE, strip: STRIP, factorLimit: limit, ...traced});
  square(learned, "rest", lora.rest, [sign.dW, " − ", sign.dW, "*"], "What is missing", traced);
  legend(picture, limit, "one scale for all five; what is larger keeps the last color");
  scaledEntry(picture, result, params);
  tracing(picture, {
    B: lora.B,
    A: lora.A,
    row,
    column,
    term: 0,
    most: 4,
    name: "BA",
    invitation: "Point at an entry, or set a row and a column under More, to see the sum behind it.",
  });
}

/** The traced entry of ΔW: α/r times its entry of BA, rounded as `tracing` prints it below. */
function scaledEntry(picture: Element, {lora, deltaStar}: TrainResult, {row, column, alpha, r}: TrainParams) {
  const line = layer(picture, "p", "entry");
  if (!row || !column) return write(line, []);
  const place = `[${row},${column}]`;
  const exact = termsOf(lora.B, lora.A, row, column).reduce((sum, {b, a}) => sum + b * a, 0);
  const product = Math.round(exact * 1e4) / 1e4;
  const due = deltaStar.data[(row - 1) * deltaStar.cols + column - 1];
  write(line, [
    {...sign.dW, text: `ΔW${place}`},
    " = (",
    sign.alpha,
    "/",
    sign.r,
    ") ",
    {...sign.BA, text: `BA${place}`},
    ` = ${significant(alpha / r, 3)} × ${fixed(product, 4)} ≈ ${fixed((alpha / r) * product, 2)}; planted was `,
    {...sign.dW, text: `ΔW*${place}`},
    ` = ${fixed(due, 2)}.`,
  ]);
}

export function singularValues(picture: Element, {s, lora, full}: TrainResult, {planted}: TrainParams) {
  const met = Array.from(s, (due, i) => `${shown(due)} is met by ${sizeOf(lora, lora.s[i] ?? 0)}`);
  const svg = panel(picture, "values", {
    label: ["Singular values: box ", sign.dW, "*, filled LoRA’s ", sign.dW, ", line fully trained"],
    width: 256,
    height: 254,
    alt: `Of ${counted(planted, "singular value")} of ΔW*, ${met.join(", ")}`,
  });
  const all = Array.from({length: VALUES}, (_, i) => ({due: s[i] ?? 0, lora: lora.s[i] ?? 0, full: full.s[i]}));
  spectra(svg, all, {width: 232, height: 222, top: 1.15 * s[0]});
}
