import {figure, type Size} from "../../figure/declare.ts";
import {dot, knob, lineY, type Strength, text} from "../../figure/plot/marks.ts";
import {counted, fixed, thousandths, tiny, whole} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import {
  controls,
  FIRST_STEP_DRAWS,
  readScaling,
  ruleNames,
  SCALING_RANKS,
  SCALING_RATES,
  type ScalingParams,
  type ScalingResult,
  type ScalingRule,
  type TunedRank,
  trainedBy,
} from "./model.ts";

const OPTIMIZERS = {adamw: "AdamW", sgd: "SGD"} as const;
const MEASURES = {loss: "the loss that step 1 removes", size: "ΔW’s size after step 1"} as const;
const lossText = (loss: number): string => (Number.isFinite(loss) ? thousandths(loss) : "out of range");

/** Powers of r that have a name: from r = 1 to r = 64, a power this close to one of them makes less than half. */
const LAWS: readonly (readonly [power: number, name: string])[] = [
  [-1, "1/r"],
  [-0.5, "1/√r"],
  [0.5, "√r"],
  [1, "r"],
  [1.5, "r√r"],
  [2, "r²"],
];
const CLOSE = 0.1;
const lawOf = (power: number): string | undefined => LAWS.find(([one]) => Math.abs(power - one) < CLOSE)?.[1];
const law = (power: number): string =>
  Math.abs(power) < CLOSE ? "hardly changes with r" : `goes as ${lawOf(power) ?? `power ${fixed(power, 2)} of r`}`;

/** At the end of a line: "α/√r: as √r". */
function lineName(rule: ScalingRule, power: number): string {
  const name = Math.abs(power) < CLOSE ? "level" : lawOf(power) && `as ${lawOf(power)}`;
  return name ? `${ruleNames[rule]}: ${name}` : ruleNames[rule];
}

/** The loss of four ranks at seven rates: the higher the rank, the stronger its line. */
const tuning = ({tuned, step}: ScalingResult, at: number, size: Size, setRate: (at: number) => void) => ({
  name: "tuning",
  label: [`Loss at step ${step}, by rate η; ○ best`],
  alt: tuned.map(({r, best, bestRate}) => `r = ${r} is best at η = ${bestRate}: ${lossText(best)}`).join("; "),
  height: {narrow: 262, mid: 330, wide: size === "card" ? 410 : 310},
  x: {type: "point", names: SCALING_RATES} as const,
  y: {type: "log", domain: [1e-4, 100], ticks: [0.01, 1, 100], tickFormat: String} as const,
  marks: [
    ...tuned.map(({r, losses}, i) =>
      lineY(losses, {end: `r ${r}`, tone: "dw", strength: i as Strength, title: `r ${r}`}),
    ),
    text(step ? SCALING_RATES : [], {
      below: "best r",
      text: (rate) =>
        tuned
          .filter(({bestRate}) => bestRate === rate)
          .map(({r}) => r)
          .join(", "),
      tone: "dw",
    }),
    knob(at, setRate),
    dot(step ? tuned : [], {
      x: ({bestRate}) => SCALING_RATES.indexOf(bestRate),
      y: ({best}) => best,
      r: ({bestRate}) => (SCALING_RATES[at] === bestRate ? 5 : 3),
      hollow: true,
      tone: "dw",
      strength: (_, i) => i as Strength,
      title: ({r, best}) => `r = ${r}, best of its rates: ${lossText(best)}`,
    }),
  ],
});

/** How the first step changes with the rank under each scalingRules, as multiples of what it is at rank 1, where all are α. */
function first({first}: ScalingResult, {rule, measure, optimizer}: ScalingParams, size: Size) {
  const rules = Object.keys(ruleNames) as ScalingRule[];
  const times = (one: ScalingRule) => first[one].values.map((value) => value / first[one].values[0]!);
  return {
    name: "first",
    label: [measure === "loss" ? "Loss that step 1 removes" : "‖ΔW‖ after step 1", ", by rank"],
    alt: `${OPTIMIZERS[optimizer]}: ${rules.map((one) => `with ${ruleNames[one]} as r to the power ${fixed(first[one].power, 2)}`).join(", ")}`,
    height: {narrow: 186, mid: 330, wide: size === "card" ? 410 : 310},
    x: {type: "point", names: SCALING_RANKS.map(String)} as const,
    y: {type: "log", base: 4, tickFormat: (x: number) => (x < 0.9 ? `1/${whole(1 / x)}` : `${whole(x)}×`)} as const,
    marks: [
      ...rules.map((one) =>
        lineY(times(one), {
          end: lineName(one, first[one].power),
          title: lineName(one, first[one].power),
          ...(one === rule ? {tone: "dw", strength: 3} : {tone: "ink", dashed: true}),
        }),
      ),
      dot(times(rule), {
        tone: "dw",
        r: 3,
        title: (_, i) => `r = ${SCALING_RANKS[i]}: ${tiny(first[rule].values[i]!)} per unit of η`,
      }),
    ],
  };
}

/** What the chosen rate comes to at the rank it was not tuned for. */
function reused(step: number, to: TunedRank, rate: string, optimizer: string): string {
  const after = `After ${counted(step, "step")} under ${optimizer}`;
  if (step === 0) return `${after}, nothing has moved yet.`;
  if (!Number.isFinite(to.here))
    return `${after}, the step was too large for r = ${to.r}, while η = ${to.bestRate} leaves ${lossText(to.best)}.`;
  if (to.bestRate === rate) return `${after}, that is the best of the rates tried at r = ${to.r}.`;
  return `${after}, η = ${to.bestRate} leaves ${lossText(to.best)} at r = ${to.r}.`;
}

export default figure<typeof controls, ScalingResult>({
  title: "Does one rate fit every rank?",
  guide:
    "The scalingRules in front of BA decides how large the first step is at each rank, and so whether a rate that was tuned at one rank still fits another. Choose a scalingRules and an optimizer, then drag η.",
  sources: ["Hu et al. 2021, §4.1", "Kalajdzievski 2023, §3"],
  controls,
  main: ["rule", "optimizer"],
  run: {clock: "step", by: trainedBy, read: readScaling},
  picture: (result, params, act, size) => ({
    parts: [
      tuning(result, SCALING_RATES.indexOf(params.rate), size, (at) => act.set({rate: SCALING_RATES[Math.round(at)]!})),
      first(result, params, size),
    ],
    columns: [1, 1],
  }),
  says: ({first, from, to, step}, {rule, optimizer, measure, rate}) => [
    `With ${ruleNames[rule]}, ${MEASURES[measure]} ${law(first[rule].power)}; at η\u00a0=\u00a0${rate} the loss is ${lossText(from.here)} at r\u00a0=\u00a0${from.r} and ${lossText(to.here)} at r\u00a0=\u00a0${to.r}.`,
    reused(step, to, rate, OPTIMIZERS[optimizer]),
  ],
  readouts: ({first, from, to}, {rule}) => [
    {
      label: ["First step, ", ruleNames[rule], ": power of ", symbol.r],
      value: fixed(first[rule].power, 2),
      note: `mean of ${FIRST_STEP_DRAWS} draws of A`,
    },
    ...[from, to].map(({r, here, best, bestRate}) => ({
      label: ["Loss at ", symbol.r, ` = ${r}`],
      value: lossText(here),
      note: `best η ${bestRate}: ${lossText(best)}`,
    })),
  ],
  table: ({tuned, first, step}, {rule, measure}) => ({
    caption: `Loss at step ${step} by rank and rate, and before it ${MEASURES[measure]}, per unit of η`,
    columns: ["r", "First step", ...SCALING_RATES.map((rate) => `η ${rate}`)],
    rows: tuned.map(({r, losses}) => [
      r,
      thousandths(first[rule].values[SCALING_RANKS.indexOf(r)]!),
      ...losses.map(lossText),
    ]),
  }),
  source: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  diverged({tuned, to}) {
    const lost = tuned.filter(({here}) => !Number.isFinite(here)).map(({r}) => `r = ${r}`);
    return lost.length
      ? {
          why: `The loss overflowed at ${lost.join(", ")}: each step overshoots, and the loss grows instead of falling.`,
          rescue: {text: `Set η to ${to.bestRate}`, set: {rate: to.bestRate}},
        }
      : undefined;
  },
  challenge: {
    text: "leave out the /r, then find an optimizer and an η at which r = 1 does its best while the loss of r = 64 overflows.",
    met: ({tuned}, {rule, rate}) =>
      rule === "alone" &&
      tuned[0]!.bestRate === rate &&
      Number.isFinite(tuned[0]!.here) &&
      !Number.isFinite(tuned[3]!.here),
  },
});
