/** The figure “Can two thin matrices find ΔW*?”: its picture, sentences, readouts, table and challenge. */
import {figure, type Size} from "../../figure/declare.ts";
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
import {comparisonText, drawKeptRuns, lossText} from "./kept.ts";
import {drawMaps, mapsHeight} from "./maps.ts";
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

/** The challenge: by this step a loss of at most this many times the floor. */
const [CHALLENGE_STEP, CHALLENGE_RATIO] = [30, 1.05];
/** Settings at which both optimizers stay in range, whatever else is set. */
const SAFE_SETTINGS = {rate: "0.01", alpha: 4} as const;
/** How many singular values are drawn and listed: as many as ΔW* can have. */
const VALUE_COUNT = TRAIN_SIDE / 2;

/** A size that a run has reached; "out of range" if it has diverged. */
const sizeText = ({divergedAt}: TrainStudent, size: number): string =>
  divergedAt === undefined ? thousandths(size) : "out of range";

/** What is missing, ‖ΔW* − ΔW‖, in percent of ‖ΔW*‖: now, and the least that a ΔW of rank r can leave. */
function missingPercent({lora, s}: TrainResult, r: number): {now: number; least: number} {
  const all = Math.hypot(...s);
  return {now: (100 * lora.distance) / all, least: (100 * Math.hypot(...s.slice(r))) / all};
}

/** Above this, where what is missing is a thousand times as large as ΔW*, percents are not written out. */
const MAX_PERCENT = 1e5;

const percentText = (percent: number): string => {
  if (percent > MAX_PERCENT) return `> ${whole(MAX_PERCENT)}%`;
  return percent > 0 && percent < 0.5 ? "< 1%" : `${whole(percent)}%`;
};

/** Maps of ΔW*, of ΔW and of their difference. */
function mapsDrawing(result: TrainResult, params: TrainParams, act: Act): Drawing {
  const {lora, deltaStar} = result;
  const {r, step, planted} = params;
  const missingText = lora.divergedAt === undefined ? percentText(missingPercent(result, r).now) : "";
  return {
    name: "three-maps",
    isWide: true,
    alt: `Planted: ΔW*, ${TRAIN_SIDE} by ${TRAIN_SIDE}, rank ${planted}, ${extentText(deltaStar)}. Found, r = ${r}, step ${step}: B left of ΔW, A above it; ${extentText(lora.delta)}. Missing: ${sizeText(lora, lora.distance)} in all; ${extentText(lora.rest)}`,
    height: {narrow: mapsHeight("narrow"), mid: mapsHeight("mid"), wide: mapsHeight("wide")},
    draw: (g, {frame}) => drawMaps(g, result, params, missingText, act, frame),
  };
}

/** The lower end of the losses that are shown. A loss of 0, which has no logarithm, is drawn as a value far below it. */
const [MIN_SHOWN_LOSS, NEARLY_ZERO] = [1e-4, 1e-300];

/** The losses of both runs up to this step, those of kept runs in gray, and the floors. */
function lossChart({lora, full, kept}: TrainResult, {step, r}: TrainParams, act: Act): Chart {
  const top = lora.losses[0]! > 10 ? 100 : 10;
  const isInside = (loss: number) => loss >= MIN_SHOWN_LOSS && loss <= top;
  const floorLine = (value: number, end: string) =>
    isInside(value) ? [lineY(Array<number>(TRAIN_STEPS + 1).fill(value), {end, tone: "soft", dashed: true})] : [];
  const runs = [
    ...kept.map(({losses}, i) => ({losses, kind: `kept-${i + 1}`, end: `run ${i + 1}`, tone: "soft" as const})),
    {losses: full.losses, kind: "full", end: "full", tone: "full" as const},
    {losses: lora.losses, kind: "lora", end: `LoRA, r ${r}`, tone: "dw" as const, strength: 3 as const},
  ];
  return {
    name: "losses",
    label: ["Loss by step, log"],
    alt: `At step ${step} LoRA at ${lossText(lora.losses, step)}, full fine-tuning at ${lossText(full.losses, step)}; the floor of rank ${r} is ${thousandths(lora.floor)}`,
    height: {narrow: 200, mid: 220, wide: 240},
    x: {domain: [0, TRAIN_STEPS], ticks: [0, 50, 100, 150, 200]},
    y: {
      type: "log",
      domain: [MIN_SHOWN_LOSS, top],
      ticks: [MIN_SHOWN_LOSS, 1e-3, 0.01, 0.1, 1, 10, 100].filter(isInside),
      tickFormat: String,
    },
    marks: [
      ...floorLine(lora.floor, "floor"),
      ...floorLine(full.floor, "floor, full"),
      ...runs.map(({losses, ...look}) =>
        lineY(
          losses.map((loss) => Math.max(loss, NEARLY_ZERO)),
          look,
        ),
      ),
      knob(step, (to) => act.set({step: Math.round(to)})),
      dot(
        runs.flatMap(({losses, tone}) =>
          step < losses.length && isInside(losses[step]!) ? [{loss: losses[step]!, tone}] : [],
        ),
        {x: step, y: ({loss}) => loss, tone: ({tone}) => tone},
      ),
    ],
  };
}

/** Singular values: outlines for ΔW*, bars for LoRA's ΔW and, at full size, squares for that of full fine-tuning. */
function spectrumChart({s, lora, full}: TrainResult, {planted}: TrainParams, size: Size): Chart {
  const isFull = size === "full";
  const metTexts = Array.from(s, (target, i) => `${thousandths(target)} is met by ${sizeText(lora, lora.s[i] ?? 0)}`);
  const top = 1.15 * s[0]!;
  const all = Array.from({length: VALUE_COUNT}, (_, i) => ({
    target: s[i] ?? 0,
    lora: Math.min(lora.s[i] ?? 0, top),
    full: full.s[i]!,
    title: `σ${i + 1}: ΔW* ${thousandths(s[i] ?? 0)}, LoRA ${thousandths(lora.s[i] ?? 0)}, full ${thousandths(full.s[i]!)}`,
  }));
  return {
    name: "values",
    label: ["Singular values: outline planted, fill found", ...(isFull ? [", ■ full"] : [])],
    alt: `Of ${counted(planted, "singular value")} of ΔW*, ${metTexts.join(", ")}`,
    height: isFull ? {narrow: 180, mid: 220, wide: 240} : 96,
    x: {domain: [-0.6, VALUE_COUNT - 0.4], ticks: all.map((_, i) => i), tickFormat: (i) => String(i + 1)},
    y: {domain: [0, top]},
    marks: [
      barY(all, {y: ({lora}) => lora, tone: "dw", title: ({title}) => title}),
      barY(all, {y: ({target}) => target, tone: "ink", hollow: true}),
      dot(isFull ? all : [], {y: ({full}) => full, tone: "full", symbol: "square"}),
    ],
  };
}

/** Writes the traced entry of ΔW as α/r times that of BA, beside the planted one; and draws the color scale. */
function drawEntry(box: Element, {lora, deltaStar}: TrainResult, {row, column, alpha, r}: TrainParams) {
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

/** The size of a step of ΔW, as a product and its value. */
const stepSizeText = ({rate, alpha, r}: TrainParams): string =>
  `η·α/r = ${+((Number(rate) * alpha) / r).toPrecision(3)}`;

/** "After 40 steps", or that there was none yet. */
const whenText = (step: number): string => (step === 0 ? "Before the first step" : `After ${counted(step, "step")}`);

/** Which run left the range of numbers, and why; one of the two has. */
const overflowText = ({lora, full}: TrainResult, params: TrainParams): string =>
  lora.divergedAt === undefined
    ? `Full fine-tuning's loss overflowed at step ${full.divergedAt}: the rate η = ${params.rate} was too large`
    : `LoRA's loss overflowed at step ${lora.divergedAt}: the step ${stepSizeText(params)} was too large`;

/** The steps that have rows in the table, up to the current one, which has a row too. */
const TABLE_STEPS = [0, 1, 2, 5, 10, 20, 50, 100, 150];

export default figure<typeof controls, TrainResult>({
  title: "Can two thin matrices find ΔW*?",
  guide:
    "One layer is trained twice from one seed: LoRA moves A and B, full fine-tuning all of ΔW. Press Play or drag the slider to a step; point at an entry to see it in all three maps. Explore adds both losses.",
  sources: ["Hu et al. 2021, §4.1", "Eckart and Young 1936", "Izenman 1975"],
  controls,
  bounds,
  main: ["r", "optimizer"],
  run: {clock: "step", by: settingsOf, beside: keptBeside, read: readTrain},
  picture(result, params, act, size) {
    if (size === "card")
      return {
        parts: [mapsDrawing(result, params, act), spectrumChart(result, params, size)],
        note: "Missing by size: the root of the sum of the squared entries, against that of ΔW*.",
      };
    return {
      parts: [
        mapsDrawing(result, params, act),
        {name: "entries", isWide: true, html: (box) => drawEntry(box, result, params)},
        lossChart(result, params, act),
        spectrumChart(result, params, size),
        {name: "kept-runs", isWide: true, html: (box) => drawKeptRuns(box, result, params, act)},
      ],
      columns: [62, 38],
    };
  },
  says(result, params) {
    const {lora, full} = result;
    const {r, step} = params;
    const when = whenText(step);
    const lossesText = `No ΔW of rank ${r} gets below a loss of ${thousandths(lora.floor)}; with all ${TRAIN_SIDE * TRAIN_SIDE} entries trained it is ${lossText(full.losses, step)} by now.`;
    if (lora.divergedAt !== undefined || full.divergedAt !== undefined)
      return [`${overflowText(result, params)}; lower η.`, lossesText];
    const {now, least} = missingPercent(result, r);
    return [
      `${when} LoRA’s loss is ${lossText(lora.losses, step)} and ${percentText(now)} of ΔW* is missing; the least that any ΔW of rank ${r} can leave is ${percentText(least)}.`,
      comparisonText(result, params) || lossesText,
    ];
  },
  readouts: ({lora, full}, {r, step}) => [
    {label: ["LoRA's loss"], value: lossText(lora.losses, step), note: `floor ${thousandths(lora.floor)}`},
    {
      label: ["Full fine-tuning's loss"],
      value: lossText(full.losses, step),
      note: `floor ${thousandths(full.floor)}`,
    },
    {
      label: ["‖", symbol.dW, " − ", symbol.dW, "*‖"],
      value: sizeText(lora, lora.distance),
      note: `full ${sizeText(full, full.distance)}`,
    },
    {label: ["Trained parameters"], value: whole(2 * TRAIN_SIDE * r), note: `of ${whole(TRAIN_SIDE * TRAIN_SIDE)}`},
  ],
  table: ({lora, full, s, kept}, {step, r}) => ({
    caption: `Losses up to step ${step}, and what is found by then, r = ${r}`,
    columns: ["What", "LoRA", "Full", "ΔW*"],
    rows: [
      ...[...TABLE_STEPS.filter((at) => at < step), step].map((at) => [
        `Loss at step ${at}`,
        lossText(lora.losses, at),
        lossText(full.losses, at),
        "",
      ]),
      ["Least loss there is", thousandths(lora.floor), thousandths(full.floor), ""],
      ["Distance from ΔW*", sizeText(lora, lora.distance), sizeText(full, full.distance), "0"],
      ...Array.from({length: VALUE_COUNT}, (_, i) => [
        `Singular value ${i + 1}`,
        sizeText(lora, lora.s[i] ?? 0),
        sizeText(full, full.s[i]!),
        thousandths(s[i] ?? 0),
      ]),
      ...kept.map((run, i) => [
        `Run ${i + 1}, loss at step ${step}`,
        lossText(run.losses, step),
        lossText(run.full, step),
        "",
      ]),
    ],
  }),
  source: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  diverged: ({lora, full}) =>
    [lora, full].some(({losses, divergedAt}) => divergedAt !== undefined || losses.at(-1)! > 2 * losses[0]!)
      ? {
          why: "Each step overshoots: the loss grows instead of falling. A smaller η or a smaller α makes the steps shorter.",
          rescue: {text: `Set η to ${SAFE_SETTINGS.rate} and α to ${SAFE_SETTINGS.alpha}`, set: SAFE_SETTINGS},
        }
      : undefined,
  challenge: {
    text: `with r = 3, move the step back to ${CHALLENGE_STEP} and bring LoRA's loss within 5% of its floor there: change the optimizer, then η.`,
    met: ({lora}, {r, planted, step}) =>
      r === 3 && planted > r && step <= CHALLENGE_STEP && lora.losses[step]! <= CHALLENGE_RATIO * lora.floor,
  },
});
