import {byWidth} from "../../figure/plot/aspects.ts";
import {decades, logarithmic} from "../../figure/plot/axes/scales.ts";
import {chart} from "../../figure/plot/chart.ts";
import {LEFT, paths} from "../../figure/plot/charts/paths.ts";
import {group} from "../../figure/plot/panel.ts";
import type {Room} from "../../figure/plot/room.ts";
import {fixed, tiny, whole} from "../../figure/plot/text/format.ts";
import {label} from "../../figure/plot/text/label.ts";
import type {Act} from "../../figure/widget.ts";
import {ruleNames, SCALING_RANKS, SCALING_RATES, type ScalingParams, type ScalingRule} from "./controls.ts";
import type {ScalingResult} from "./readings.ts";
import {namedLaw, optimizerNames, scalingLossText} from "./sentences.ts";

const ALL = Object.keys(ruleNames) as ScalingRule[];
/** The ends of the loss axis. */
const ENDS = [1e-4, 100] as const;
const short = (value: number): string => String(Number(value.toPrecision(1)));

/** Above a plot, and below it: the names of its axis and, but in a dock, a row more. */
const TOP = 14;
const belowIn = ({size}: Room): number => (size === "dock" ? 24 : 42);

/** Height over width of the two charts, which stand side by side except in a narrow card. */
const STEEP = {card: 1.32, full: 0.8, slide: 0.74, dock: 0.7};
const NARROW = {...STEEP, card: 0.75};
const tall = (room: Room) => byWidth(room, STEEP[room.size], NARROW[room.size]);

/** 64 → "64×", 1/16 → "1/16". */
const ratio = (value: number): string => (value < 0.9 ? `1/${whole(1 / value)}` : `${whole(value)}×`);

/** The powers of four or of sixteen inside these ends: of sixteen where the others would be too many. */
function powersOf([low, high]: readonly [number, number]): number[] {
  const base = high / low > 1e4 ? 16 : 4;
  const at = (value: number) => Math.log(value) / Math.log(base);
  const from = Math.ceil(at(low));
  return Array.from({length: Math.floor(at(high)) - from + 1}, (_, i) => base ** (from + i));
}

/** How the first step changes with the rank under each factor, as multiples of what it is at rank 1, where all factors are α. */
export function first(picture: Element, result: ScalingResult, params: ScalingParams, room: Room) {
  const {first, slopes} = result;
  const {rule, measure, optimizer} = params;
  const isDock = room.size === "dock";
  const {g, ...all} = chart(picture, "first", room, {
    label: isDock
      ? ["First step, by rank"]
      : [measure === "loss" ? "Loss that step 1 removes" : "‖ΔW‖ after step 1", ", by rank"],
    nominal: 330,
    height: tall(room),
    alt: `${optimizerNames[optimizer]}: ${ALL.map((one) => `with ${ruleNames[one]} as r to the power ${fixed(slopes[one], 2)}`).join(", ")}`,
  });
  const size = {width: all.width - LEFT - (isDock ? 46 : 94), height: all.height - TOP - belowIn(room)};
  const times = (one: ScalingRule): number[] => first[one].map((value) => value / first[one][0]);
  const every = ALL.flatMap(times);
  const ends = [Math.min(...every) / 1.5, Math.max(...every) * 1.5] as const;
  paths(
    g,
    ALL.map((one) => ({
      name: one === rule ? "chosen" : "other",
      // A power without a name is in the sentence; here it would be too long for a phone.
      label: [ruleNames[one], isDock ? undefined : namedLaw(slopes[one])].filter(Boolean).join(": "),
      values: times(one),
    })),
    times(rule).map((value, i) => ({
      name: "chosen",
      at: i,
      value,
      title: `r = ${SCALING_RANKS[i]}: ${tiny(first[rule][i])} per unit of η`,
    })),
    {
      ...size,
      y: logarithmic(ends, [size.height, 0]),
      ticks: powersOf(ends),
      format: ratio,
      last: SCALING_RANKS.length - 1,
      named: isDock ? [0, 6] : [0, 2, 4, 6],
      place: (i) => String(SCALING_RANKS[i]),
    },
  );
}

/** The loss of four ranks at seven rates: the darker and thicker a line, the higher its rank. */
export function rates(picture: Element, {tuned, step}: ScalingResult, {rate}: ScalingParams, act: Act, room: Room) {
  const {g, ...all} = chart(picture, "tuning", room, {
    label: room.size === "dock" ? ["Loss by rate η"] : [`Loss at step ${step}, by rate η; ○ best`],
    nominal: 330,
    height: tall(room),
    alt: tuned.map(({r, best, bestRate}) => `r = ${r} is best at η = ${bestRate}: ${scalingLossText(best)}`).join("; "),
  });
  const size = {width: all.width - LEFT - (room.size === "dock" ? 40 : 50), height: all.height - TOP - belowIn(room)};
  paths(
    g,
    tuned.map(({r, losses}, i) => ({name: `rank-${i}`, label: `r ${r}`, values: losses})),
    tuned.flatMap(({r, best, bestRate}, i) =>
      step
        ? {
            name: `best rank-${i}`,
            at: SCALING_RATES.indexOf(bestRate as (typeof SCALING_RATES)[number]),
            value: best,
            title: `r = ${r}, best of its rates: ${scalingLossText(best)}`,
          }
        : [],
    ),
    {
      ...size,
      y: logarithmic(ENDS, [size.height, 0]),
      // The lowest would touch the first rate at the corner.
      ticks: decades(ENDS, 4).slice(1),
      format: short,
      last: SCALING_RATES.length - 1,
      named: room.size === "dock" ? [0, 6] : [0, 2, 4, 6],
      place: (i) => SCALING_RATES[i],
      at: SCALING_RATES.indexOf(rate as (typeof SCALING_RATES)[number]),
      onMove: (to) => act.set({rate: SCALING_RATES[to]}),
    },
  );
  bests(g, step && room.size !== "dock" ? tuned : [], size);
}

/** Under every rate the ranks that it is best for: on one place if one rate fits all of them. */
function bests(g: Element, tuned: ScalingResult["tuned"], {width, height}: {width: number; height: number}) {
  const row = group(g, "bests", LEFT, TOP + height + 34);
  label(row, "of", tuned.length ? "best r" : "", {x: -6, y: 0, anchor: "end"});
  for (const [i, rate] of SCALING_RATES.entries()) {
    const ranks = tuned.filter(({bestRate}) => bestRate === rate).map(({r}) => r);
    label(row, `at-${i}`, ranks.join(", "), {x: (i / (SCALING_RATES.length - 1)) * width, y: 0, anchor: "middle"});
  }
}
