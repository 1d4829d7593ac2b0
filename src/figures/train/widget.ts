/** The figure “Can two thin matrices find ΔW*?”: its picture, sentences, readouts, table and challenge. */
import {figure} from "../../figure/declare.ts";
import {layer} from "../../figure/plot/layer.ts";
import {barY, dot, knob, lineY} from "../../figure/plot/marks.ts";
import {extentText} from "../../figure/plot/matrices/extent.ts";
import type {Chart, Drawing} from "../../figure/plot/picture.ts";
import {counted, fixed, significant, thousandths, whole} from "../../figure/plot/text/format.ts";
import {legend} from "../../figure/plot/text/legend.ts";
import {write} from "../../figure/plot/text/symbol.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import {largestEntry} from "../shared/largestEntry.ts";
import {drawMaps, mapsHeight} from "./drawing/maps.ts";
import {keptTrainPanel, trainComparison, trainLossAt} from "./kept.ts";
import {
  bounds,
  controls,
  keptBeside,
  readTrain,
  settingsOf,
  TRAIN_SIDE,
  TRAIN_STEPS,
  type TrainParams,
  type TrainResult,
  type TrainStudent,
} from "./model.ts";

/** A loss at most this many times the floor has reached it. */
const AT_FLOOR = 1.05;
/** The challenge wants LoRA at its floor by this step. */
const CHALLENGE_STEP = 30;
/** Settings at which both optimizers stay in range, whatever else is set. */
const safeSettings = {rate: "0.01", alpha: 4} as const;
/** How many singular values are drawn and listed: as many as ΔW* can have. */
const VALUES = TRAIN_SIDE / 2;

const sizeOrOutOfRange = ({divergedAt}: TrainStudent, size: number): string =>
  divergedAt === undefined ? thousandths(size) : "out of range";

/** ‖ΔW* − ΔW‖ in percent of ‖ΔW*‖, now and the least that a ΔW of rank r can leave. */
function missingPercent({lora, s}: TrainResult, r: number): {now: number; least: number} {
  const all = Math.hypot(...s);
  return {now: (100 * lora.distance) / all, least: (100 * Math.hypot(...s.slice(r))) / all};
}

/** From here on, a thousand times ΔW*, percents are not told. */
const MAX_PERCENT = 1e5;

const percentText = (percent: number): string => (percent < 0.5 ? "< 1%" : `${whole(percent)}%`);

/** Maps of ΔW*, of ΔW and of their difference. */
function maps(result: TrainResult, params: TrainParams, act: Act): Drawing {
  const {lora, deltaStar} = result;
  const {row, column, r, step, planted} = params;
  const {now} = missingPercent(result, r);
  return {
    name: "three-maps",
    isWide: true,
    alt: `Planted: ΔW*, ${TRAIN_SIDE} by ${TRAIN_SIDE}, rank ${planted}, ${extentText(deltaStar)}. Found, r = ${r}, step ${step}: B left of ΔW, A above it; ${extentText(lora.delta)}. Missing: ${sizeOrOutOfRange(lora, lora.distance)} in all; ${extentText(lora.rest)}`,
    height: {narrow: mapsHeight("narrow", 300), mid: mapsHeight("mid", 450), wide: mapsHeight("wide", 660)},
    draw: (g, sheet) =>
      drawMaps(
        g,
        {
          planted: deltaStar,
          foundFactors: {A: lora.A, B: lora.B, BA: lora.delta},
          missing: lora.rest,
          missingText: lora.divergedAt === undefined && now < MAX_PERCENT ? percentText(now) : "",
          limit: largestEntry(deltaStar),
          row,
          column,
          onPoint: (at) => act.set({row: at.row ?? (row || 1), column: at.column ?? (column || 1)}),
        },
        sheet,
      ),
  };
}

/** In place of a loss of 0, which has no logarithm: a value below the axis. */
const MIN_LOSS = 1e-300;

/** The losses up to this step, with those of kept runs in gray, and the floors. */
function losses({lora, full, kept}: TrainResult, {step, r}: TrainParams, act: Act): Chart {
  const top = lora.losses[0]! > 10 ? 100 : 10;
  const inside = (loss: number) => loss >= 1e-4 && loss <= top;
  const level = (value: number, end: string) =>
    inside(value) ? [lineY(Array<number>(TRAIN_STEPS + 1).fill(value), {end, tone: "soft", dashed: true})] : [];
  const runs = [
    ...kept.map(({losses}, i) => ({losses, kind: `kept-${i + 1}`, end: `run ${i + 1}`, tone: "soft" as const})),
    {losses: full.losses, kind: "full", end: "full", tone: "full" as const},
    {losses: lora.losses, kind: "lora", end: `LoRA, r ${r}`, tone: "dw" as const, strength: 3 as const},
  ];
  return {
    name: "losses",
    label: ["Loss by step, log"],
    alt: `At step ${step} LoRA at ${trainLossAt(lora.losses, step)}, full fine-tuning at ${trainLossAt(full.losses, step)}; the floor of rank ${r} is ${thousandths(lora.floor)}`,
    height: {narrow: 200, mid: 220, wide: 240},
    x: {domain: [0, TRAIN_STEPS], ticks: [0, 50, 100, 150, 200]},
    y: {
      type: "log",
      domain: [1e-4, top],
      ticks: [1e-4, 1e-3, 0.01, 0.1, 1, 10, 100].filter(inside),
      tickFormat: String,
    },
    marks: [
      ...level(lora.floor, "floor"),
      ...level(full.floor, "floor, full"),
      ...runs.map(({losses, ...look}) =>
        lineY(
          losses.map((loss) => Math.max(loss, MIN_LOSS)),
          look,
        ),
      ),
      knob(step, (to) => act.set({step: Math.round(to)})),
      dot(
        runs.flatMap(({losses, tone}) =>
          step < losses.length && inside(losses[step]!) ? [{loss: losses[step]!, tone}] : [],
        ),
        {x: step, y: ({loss}) => loss, tone: ({tone}) => tone},
      ),
    ],
  };
}

/** Singular values: outlines for ΔW*, bars for LoRA's ΔW and squares for that of full fine-tuning. */
function spectrum({s, lora, full}: TrainResult, {planted}: TrainParams): Chart {
  const metTexts = Array.from(
    s,
    (target, i) => `${thousandths(target)} is met by ${sizeOrOutOfRange(lora, lora.s[i] ?? 0)}`,
  );
  const top = 1.15 * s[0]!;
  const all = Array.from({length: VALUES}, (_, i) => ({
    target: s[i] ?? 0,
    lora: Math.min(lora.s[i] ?? 0, top),
    full: full.s[i]!,
    title: `σ${i + 1}: ΔW* ${thousandths(s[i] ?? 0)}, LoRA ${thousandths(lora.s[i] ?? 0)}, full ${thousandths(full.s[i]!)}`,
  }));
  return {
    name: "values",
    label: ["Singular values: outline ", symbol.dW, "*, fill LoRA, ■ full"],
    alt: `Of ${counted(planted, "singular value")} of ΔW*, ${metTexts.join(", ")}`,
    height: {narrow: 180, mid: 220, wide: 240},
    x: {domain: [-0.6, VALUES - 0.4], ticks: all.map((_, i) => i), tickFormat: (i) => String(i + 1)},
    y: {domain: [0, top]},
    marks: [
      barY(all, {y: ({lora}) => lora, tone: "dw", title: ({title}) => title}),
      barY(all, {y: ({target}) => target, tone: "ink", hollow: true}),
      dot(all, {y: ({full}) => full, tone: "full", symbol: "square"}),
    ],
  };
}

/** The sum behind the traced entry of ΔW, and the color scale. */
function entry(box: Element, {lora, deltaStar}: TrainResult, {row, column, alpha, r}: TrainParams) {
  const line = layer(box, "p", "sumline");
  legend(box, largestEntry(deltaStar), "one scale for all; larger values keep the last color");
  if (!row || !column) return write(line, ["Point at an entry to see what was planted there and what is found."]);
  const place = `[${row},${column}]`;
  const at = (row - 1) * TRAIN_SIDE + column - 1;
  // Rounded as it is printed, so that the printed multiplication is right.
  const product = Math.round(((lora.delta.data[at]! * r) / alpha) * 1e4) / 1e4;
  write(line, [
    {...symbol.dW, text: `ΔW${place}`},
    " = (",
    symbol.alpha,
    "/",
    symbol.r,
    ") ",
    {...symbol.BA, text: `BA${place}`},
    ` = ${significant(alpha / r, 3)} × ${fixed(product, 4)} ≈ ${fixed((alpha / r) * product, 2)}; the planted entry is `,
    {...symbol.dW, text: `ΔW*${place}`},
    ` = ${fixed(deltaStar.data[at]!, 2)}.`,
  ]);
}

/** The effective learning rate of ΔW. */
const stepSize = ({rate, alpha, r}: TrainParams): string => `η·α/r = ${+((Number(rate) * alpha) / r).toPrecision(3)}`;

/** How much is missing by now, and how little could be. */
function foundSentence(result: TrainResult, {step, r}: TrainParams): string {
  const {now, least} = missingPercent(result, r);
  const when = `fter ${counted(step, "step")}`;
  if (step === 0) return "Before the first step all of ΔW* is missing: B starts at zero, so ΔW is zero.";
  if (now >= MAX_PERCENT) return `A${when} the error is more than a thousand times as large as ΔW*.`;
  if (now >= 100.5) return `A${when} the error is ${percentText(now)} of ΔW*: more is missing than at the start.`;
  if (now < 0.5) return `Yes: a${when} at rank ${r}, less than 1% of ΔW* is missing.`;
  if (percentText(now) === percentText(least))
    return `Not all of it: a${when} ${percentText(now)} of ΔW* is missing, as little as any ΔW of rank ${r} can leave.`;
  const could = least ? `as little as ${percentText(least)}` : "nothing";
  return `A${when} ${percentText(now)} of ΔW* is missing; a ΔW of rank ${r} could leave ${could}.`;
}

/** Which run left the range of numbers, and why. */
const overflow = ({lora, full}: TrainResult, params: TrainParams): string =>
  lora.divergedAt === undefined
    ? `Full fine-tuning's loss overflowed at step ${full.divergedAt}: the rate η = ${params.rate} was too large`
    : `LoRA's loss overflowed at step ${lora.divergedAt}: the step ${stepSize(params)} was too large`;

/** Steps with rows in the table, as far as the run has come; the current step has one too. */
const tableSteps = [0, 1, 2, 5, 10, 20, 50, 100, 150];

export default figure<typeof controls, TrainResult>({
  title: "Can two thin matrices find ΔW*?",
  guide:
    "One layer is trained twice from one seed: LoRA moves A and B, full fine-tuning all of ΔW. Press Play or drag the slider to a step; point at an entry to see it in all three maps. Explore adds both losses and the singular values.",
  sources: ["Hu et al. 2021, §4.1", "Eckart and Young 1936", "Izenman 1975"],
  controls,
  bounds,
  main: ["r", "optimizer"],
  run: {clock: "step", by: settingsOf, beside: keptBeside, read: readTrain},
  picture(result, params, act, size) {
    if (size === "card")
      return {
        parts: [maps(result, params, act)],
        note: "Missing by size: the root of the sum of the squared entries, against that of ΔW*.",
      };
    return {
      parts: [
        maps(result, params, act),
        {name: "entries", isWide: true, html: (box) => entry(box, result, params)},
        losses(result, params, act),
        spectrum(result, params),
        {name: "kept-runs", isWide: true, html: (box) => keptTrainPanel(box, result, params, act)},
      ],
      columns: [62, 38],
    };
  },
  says(result, params) {
    const {lora, full} = result;
    const {r, step} = params;
    const when = step === 0 ? "Before the first step" : `After ${counted(step, "step")}`;
    const [one, other] = [trainLossAt(lora.losses, step), trainLossAt(full.losses, step)];
    const losses = `${when} LoRA’s loss is ${one}, and no ΔW of rank ${r} gets below ${thousandths(lora.floor)}; with all ${TRAIN_SIDE * TRAIN_SIDE} entries trained it is ${other}.`;
    if (lora.divergedAt !== undefined || full.divergedAt !== undefined)
      return [`${overflow(result, params)}; lower η.`, losses];
    return [foundSentence(result, params), trainComparison(result, params) || losses];
  },
  readouts: ({lora, full}, {r, step}) => [
    {label: ["LoRA's loss"], value: trainLossAt(lora.losses, step), note: `floor ${thousandths(lora.floor)}`},
    {
      label: ["Full fine-tuning's loss"],
      value: trainLossAt(full.losses, step),
      note: `floor ${thousandths(full.floor)}`,
    },
    {
      label: ["‖", symbol.dW, " − ", symbol.dW, "*‖"],
      value: sizeOrOutOfRange(lora, lora.distance),
      note: `full ${sizeOrOutOfRange(full, full.distance)}`,
    },
    {label: ["Trained parameters"], value: whole(2 * TRAIN_SIDE * r), note: `of ${whole(TRAIN_SIDE * TRAIN_SIDE)}`},
  ],
  table: ({lora, full, s, kept}, {step, r}) => ({
    caption: `Losses up to step ${step}, and what is found by then, r = ${r}`,
    columns: ["What", "LoRA", "Full", "ΔW*"],
    rows: [
      ...[...tableSteps.filter((at) => at < step), step].map((at) => [
        `Loss at step ${at}`,
        trainLossAt(lora.losses, at),
        trainLossAt(full.losses, at),
        "",
      ]),
      ["Least loss there is", thousandths(lora.floor), thousandths(full.floor), ""],
      ["Distance from ΔW*", sizeOrOutOfRange(lora, lora.distance), sizeOrOutOfRange(full, full.distance), "0"],
      ...Array.from({length: VALUES}, (_, i) => [
        `Singular value ${i + 1}`,
        sizeOrOutOfRange(lora, lora.s[i] ?? 0),
        sizeOrOutOfRange(full, full.s[i]!),
        thousandths(s[i] ?? 0),
      ]),
      ...kept.map((run, i) => [
        `Run ${i + 1}, loss at step ${step}`,
        trainLossAt(run.losses, step),
        trainLossAt(run.full, step),
        "",
      ]),
    ],
  }),
  source: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  diverged: ({lora, full}) =>
    [lora, full].some(({losses, divergedAt}) => divergedAt !== undefined || losses.at(-1)! > 2 * losses[0]!)
      ? {
          why: "Each step overshoots: the loss grows instead of falling. A smaller η or a smaller α makes the steps shorter.",
          rescue: {text: `Set η to ${safeSettings.rate} and α to ${safeSettings.alpha}`, set: safeSettings},
        }
      : undefined,
  challenge: {
    text: `with r = 3, move the step back to ${CHALLENGE_STEP} and bring LoRA's loss within 5% of its floor there: change the optimizer, then η.`,
    met: ({lora}, {r, planted, step}) =>
      r === 3 && planted > r && step <= CHALLENGE_STEP && lora.losses[step]! <= AT_FLOOR * lora.floor,
  },
});
