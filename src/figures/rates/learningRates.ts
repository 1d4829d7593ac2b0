/** Under “Learning rates”: the chart of losses by learning rate, its sentences, readouts and table. */
import {dot, knob, lineY, type Mark, ruleX, text} from "../../figure/plot/marks.ts";
import type {Chart} from "../../figure/plot/picture.ts";
import {fixed, lettersInDoubt, significant} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import {listText} from "../shared/listText.ts";
import {alphas, type Coupling, couplingNames, type RatesParams, SWEPT_RANKS, SWEPT_RATES} from "./controls.ts";
import type {RatesResult} from "./model.ts";
import type {LossCurve, SeedRange} from "./stored.ts";

/** The chart's losses in letters in doubt. Below the curves there is room for the best rate. */
const [LEAST_DOUBT, MOST_DOUBT] = [5.6, 10.2];
/** The height of a line of text, in letters in doubt. */
const LINE_HEIGHT = 0.22;

/** A loss, which is in nats, in letters in doubt; "no number" where the run overflowed. */
const lossText = (loss: number): string => (Number.isFinite(loss) ? fixed(lettersInDoubt(loss), 2) : "no number");
/** A best rate to two digits: it is read off a parabola. */
const rateText = (rate: number): string => significant(rate, 2);
/** The place of a rate on the axis, which counts the swept rates from 0. */
const placeOf = (rate: number): number => 4 * (Math.log10(rate) + 3.5);
const doubt = ({median}: SeedRange): number => lettersInDoubt(median);

/** Moves names up where the next lower one is less than a line away. */
function spreadNames<T extends {at: number}>(names: readonly T[]): T[] {
  let least = 0;
  return names
    .toSorted((one, other) => one.at - other.at)
    .map((name) => {
      const at = Math.max(name.at, least);
      least = at + LINE_HEIGHT;
      return {...name, at};
    });
}

/** "r 4, α 8", or "full" for full fine-tuning. */
function curveName(curve: LossCurve, {loras}: RatesResult, coupling: Coupling): string {
  const rank = SWEPT_RANKS[loras.indexOf(curve)];
  return rank ? `r ${rank}, α ${alphas[coupling](rank)}` : "full";
}

/** The curves with their names at their left ends, and the range of the seeds along the chosen one. */
function curveMarks(result: RatesResult, coupling: Coupling): Mark[] {
  const {full, loras, lora} = result;
  const line = (curve: LossCurve) => ({
    x: (_: SeedRange, i: number) => i,
    y: doubt,
    title: curveName(curve, result, coupling),
  });
  const names = spreadNames([full, ...loras].map((curve) => ({curve, at: doubt(curve.runs[0]!)})));
  return [
    // Full fine-tuning is violet with a slate outline.
    lineY(full.runs, {...line(full), tone: "w0"}),
    lineY(full.runs, {...line(full), tone: "dw", thin: true}),
    ...loras.map((curve) => lineY(curve.runs, {...line(curve), tone: "dw", strength: curve === lora ? 1 : 0})),
    text(names, {
      x: 0,
      y: ({at}) => at,
      text: ({curve}) => curveName(curve, result, coupling),
      anchor: "end",
      dx: -6,
      dy: 4,
      tone: ({curve}) => (curve === lora ? "dw" : "soft"),
    }),
    ruleX(
      lora.runs.map((run, i) => ({...run, i})).filter((run) => doubt(run) < MOST_DOUBT),
      {x: ({i}) => i, y1: ({low}) => lettersInDoubt(low), y2: ({high}) => lettersInDoubt(high), tone: "dw"},
    ),
  ];
}

/** The lowest point of each curve, a line through those of LoRA, and the best rate of the chosen rank. */
function lowestMarks({full, loras, lora, place}: RatesResult): Mark[] {
  const lowestPoint = ({best, least}: LossCurve) => ({x: placeOf(best), y: lettersInDoubt(least)});
  return [
    lineY(loras.map(lowestPoint), {x: ({x}) => x, y: ({y}) => y, tone: "dw", strength: 3}),
    ruleX([lowestPoint(lora)], {x: ({x}) => x, y1: LEAST_DOUBT, y2: ({y}) => y, tone: "dw"}),
    dot([...loras, full].map(lowestPoint), {
      x: ({x}) => x,
      y: ({y}) => y,
      r: 5,
      tone: (_, i) => (i < loras.length ? "dw" : "full"),
    }),
    text([lora], {
      x: ({best}) => placeOf(best),
      y: LEAST_DOUBT,
      text: ({best}) => rateText(best),
      tone: "dw",
      kind: "answer over",
      // On the side where the reader's line is not.
      ...(place > placeOf(lora.best) ? {anchor: "end", dx: -8} : {anchor: "start", dx: 8}),
      dy: -8,
    }),
  ];
}

/** Loss by rate for each rank. The line through the lowest points is upright where one rate suits all ranks. */
export function ratesChart(result: RatesResult, {coupling, eta}: RatesParams, act: Act): Chart {
  const {full, loras, lora, place} = result;
  const lastPlace = SWEPT_RATES.length - 1;
  const setPlace = (to: number) => {
    act.set({eta: SWEPT_RATES[Math.min(Math.max(Math.round(to), 0), lastPlace)]!});
  };
  const bestText = (curve: LossCurve) =>
    `${curveName(curve, result, coupling)} is best at η = ${rateText(curve.best)}: ${lossText(curve.least)}`;
  return {
    name: "bowls",
    label: ["Letters in doubt by learning rate η, log"],
    alt: [full, ...loras].map(bestText).join("; "),
    height: {narrow: 300, mid: 320, wide: 380},
    x: {
      type: "linear",
      domain: [0, lastPlace],
      ticks: [2, 6, 10],
      tickFormat: (at) => String(Number(SWEPT_RATES[at])),
    },
    y: {type: "linear", domain: [LEAST_DOUBT, MOST_DOUBT], ticks: [7, 8, 9, 10]},
    // Room for the names at the left ends.
    insetX: [64, 12],
    marks: [
      ...curveMarks(result, coupling),
      ...lowestMarks(result),
      knob(place, setPlace, {name: "Learning rate", valueText: `η = ${eta}`, step: [1, 0]}),
      text([Number(eta)], {x: place, y: MOST_DOUBT, text: rateText, tone: "ink", anchor: "start", dx: 12, dy: -2}),
      dot([lora], {x: place, y: ({runs}) => doubt(runs[place]!), tone: "dw", hollow: true}),
    ],
  };
}

/** The middle of the seeds, with their range where there are several. */
function runsText({low, median, high, seeds}: SeedRange): string {
  return seeds > 1 ? `${lossText(median)} (${lossText(low)} to ${lossText(high)})` : lossText(median);
}

export function ratesTable({full, loras}: RatesResult, {coupling}: RatesParams) {
  const curves = [full, ...loras];
  return {
    caption: `Letters in doubt on held-out names after 600 steps, ${couplingNames[coupling]}: the middle seed, and the range of all`,
    columns: ["η", "Full", ...SWEPT_RANKS.map((rank) => `r = ${rank}`), "Seeds"],
    rows: SWEPT_RATES.map((rate, place) => {
      const runs = curves.map((curve) => curve.runs[place]!);
      return [significant(Number(rate), 3), ...runs.map(runsText), runs.map(({seeds}) => seeds).join(", ")];
    }),
  };
}

export function ratesReadouts({full, lora, loras}: RatesResult, {rank}: RatesParams) {
  const bests = loras.map(({best}) => best);
  return [
    {label: ["Best rate, full fine-tuning"], value: rateText(full.best), note: `lowest loss ${lossText(full.least)}`},
    {
      label: ["Best rate, LoRA at ", symbol.r, ` = ${rank}`],
      value: rateText(lora.best),
      note: `lowest loss ${lossText(lora.least)}`,
    },
    {label: ["LoRA’s best rate over full’s"], value: `${fixed(lora.best / full.best, 1)}×`},
    {
      label: ["LoRA’s best rate moves with ", symbol.r, " by"],
      value: `${fixed(Math.max(...bests) / Math.min(...bests), 1)}×`,
      note: `${bests.map(rateText).join(", ")} at r = ${SWEPT_RANKS.join(", ")}`,
    },
  ];
}

export function ratesSentences(result: RatesResult, {rank, coupling, eta}: RatesParams): readonly [string, string] {
  const {full, lora, loras, place} = result;
  const alpha = significant(alphas[coupling](Number(rank)), 3);
  return [
    `With ${couplingNames[coupling]}, ranks ${listText(SWEPT_RANKS.map(String))} do best at η = ${listText(loras.map(({best}) => rateText(best)))}; at ${rateText(Number(eta))} rank ${rank} has ${lossText(lora.runs[place]!.median)} letters in doubt.`,
    `There α is ${alpha}, and full fine-tuning has ${lossText(full.runs[place]!.median)}; it does best near η = ${rateText(full.best)}.`,
  ];
}
