import {decades, logarithmic} from "../../figures/axes/scales.ts";
import {panel} from "../../figures/panel.ts";
import {paths} from "../../figures/plots/paths.ts";
import {fixed, thousandths, tiny} from "../../figures/text/format.ts";
import {sign} from "../../shell/signs.ts";
import {type Act, heavy} from "../../shell/widget.ts";
import {rescue} from "../shared/rescue.ts";
import {controls, RANKS, RATES, type Rule, ruleNames, type ScalingParams} from "./controls.ts";
import {DRAWS} from "./firstStep.ts";
import {runs, type ScalingResult, see} from "./readings.ts";
import {comparedRanks, lossText, optimizerNames, sentence} from "./sentences.ts";

const ALL = Object.keys(ruleNames) as Rule[];
/** The ends of the loss axis. */
const ENDS = [1e-4, 100] as const;
const size = {width: 150, height: 216};
const short = (value: number): string => String(Number(value.toPrecision(1)));

function first(picture: Element, {first, slopes}: ScalingResult, {rule, measure, optimizer}: ScalingParams) {
  const values = ALL.flatMap((one) => first[one]);
  const ends = [Math.min(...values) / 1.5, Math.max(...values) * 1.5] as const;
  const svg = panel(picture, "first", {
    label: [
      measure === "loss" ? "Loss that the first step removes" : "‖ΔW‖ after one step",
      " per unit of η, by rank. At a line’s end: its power of r; 0 is level, −1 falls as 1/r",
    ],
    width: 256,
    height: 254,
    alt: `${optimizerNames[optimizer]}: ${ALL.map((one) => `with ${ruleNames[one]} as r to the power ${fixed(slopes[one], 2)}`).join(", ")}`,
  });
  paths(
    svg,
    ALL.map((one) => ({
      name: one === rule ? "chosen" : "other",
      label: `${ruleNames[one]}: ${fixed(slopes[one], 2)}`,
      values: first[one],
    })),
    first[rule].map((value, i) => ({name: "chosen", at: i, value, title: `r = ${RANKS[i]}: ${tiny(value)}`})),
    {
      ...size,
      width: 118,
      y: logarithmic(ends, [size.height, 0]),
      ticks: decades(ends, 5),
      format: short,
      last: RANKS.length - 1,
      named: RANKS.map((_, i) => i).filter((i) => i % 2 === 0),
      place: (i) => (i ? String(RANKS[i]) : `r = ${RANKS[0]}`),
    },
  );
}

function rates(picture: Element, {tuned, step}: ScalingResult, {rate}: ScalingParams, act: Act) {
  const svg = panel(picture, "tuning", {
    label: ["Loss by rate η, step ", String(step)],
    width: 256,
    height: 254,
    alt: tuned.map(({r, best, bestRate}) => `r = ${r} is best at η = ${bestRate}: ${lossText(best)}`).join("; "),
  });
  paths(
    svg,
    tuned.map(({r, losses}, i) => ({name: `rank-${i}`, label: `r ${r}`, values: losses})),
    tuned.flatMap(({r, best, bestRate}, i) =>
      step
        ? {
            name: `best-${i}`,
            at: RATES.indexOf(bestRate as (typeof RATES)[number]),
            value: best,
            title: `r = ${r}, best of its rates: ${lossText(best)}`,
          }
        : [],
    ),
    {
      ...size,
      y: logarithmic(ENDS, [size.height, 0]),
      ticks: decades(ENDS, 4),
      format: short,
      last: RATES.length - 1,
      named: [0, 2, 4, 6],
      place: (i) => (i ? RATES[i] : `η = ${RATES[0]}`),
      at: RATES.indexOf(rate as (typeof RATES)[number]),
      onMove: (to) => act.set({rate: RATES[to]}),
    },
  );
}

/** Which runs have diverged at this η, and why. */
function diverged({tuned}: ScalingResult): string | undefined {
  const lost = tuned.filter(({here}) => !Number.isFinite(here)).map(({r}) => `r = ${r}`);
  return lost.length
    ? `Out of range: ${lost.join(", ")}. Each step overshoots, and the loss grows instead of falling.`
    : undefined;
}

export default heavy<typeof controls, ScalingResult>({
  title: "Change r, keep η?",
  guide:
    "The factor in front of BA decides how large the first step is at each rank, and so whether a rate that was tuned at one rank still fits another. Choose a factor and an optimizer, then drag η.",
  sources: ["Hu et al. 2021, §4.1", "Kalajdzievski 2023, §3"],
  player: () => import("../../shell/runs/recorder.ts"),
  recording: {clock: "step", runs, see, grows: true},
  controls,
  draw(picture, result, params, act) {
    first(picture, result, params);
    rates(picture, result, params, act);
    const why = diverged(result) ?? "";
    const {bestRate} = comparedRanks(result)[1];
    const onPress = () => act.set({rate: bestRate});
    rescue(picture, {isShown: why !== "", why, text: `Set η to ${bestRate}`, onPress});
  },
  summary: sentence,
  diverged,
  readouts: (result, {rule}) => [
    {
      label: ["First step, ", ruleNames[rule], ": power of ", sign.r],
      value: fixed(result.slopes[rule], 2),
      note: `mean of ${DRAWS} draws of A`,
    },
    ...comparedRanks(result).map(({r, here, best, bestRate}) => ({
      label: ["Loss at ", sign.r, ` = ${r}`],
      value: lossText(here),
      note: `best η ${bestRate}: ${lossText(best)}`,
    })),
  ],
  table: ({tuned, first, step}, {rule, measure}) => ({
    caption: `Loss at step ${step} by rank and rate, and before it the ${measure === "loss" ? "loss that the first step removes" : "size of ΔW after one step"}, per unit of η`,
    columns: ["r", "First step", ...RATES.map((rate) => `η ${rate}`)],
    rows: tuned.map(({r, losses}) => [
      r,
      thousandths(first[rule][RANKS.indexOf(r as (typeof RANKS)[number])]),
      ...losses.map(lossText),
    ]),
  }),
  provenance: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  challenge: {
    text: "forget the /r. Find an optimizer and an η at which r = 1 does its best, while r = 64 has left the range of numbers.",
    met: ({tuned}, {rule, rate}) =>
      rule === "alone" &&
      tuned[0].bestRate === rate &&
      !Number.isFinite(tuned[3].here) &&
      Number.isFinite(tuned[0].here),
  },
});
