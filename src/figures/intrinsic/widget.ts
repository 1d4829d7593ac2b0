/** How well a network paints when only a few random directions are trained. */
import {figure, type Size} from "../../figure/declare.ts";
import {derivation} from "../../figure/plot/derivation.ts";
import type {Box, Drawing} from "../../figure/plot/picture.ts";
import {counted, percent, whole} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {intrinsicMethod, shapeNames} from "./derivation.ts";
import {drawBand} from "./drawing/band.ts";
import {drawPair} from "./drawing/painted.ts";
import {controls, type IntrinsicParams, type IntrinsicResult} from "./model.ts";
import {DIRECTIONS, INTRINSIC_SEEDS, PICTURE_SIDE, SHAPES} from "./settings.ts";

/** The results for each number of directions, with the knob that chooses one. */
function reach(result: IntrinsicResult, {seed}: IntrinsicParams, act: Act): Drawing {
  const {right, classes, sweep, at, paintings} = result;
  const tries = sweep.trials.map(({d, low, median, high, shares}, i) => ({
    name: d === sweep.D ? "all" : String(d),
    low,
    median,
    high,
    own: shares[seed - 1]!,
    painting: paintings[i]!,
  }));
  const alt = `From d = 0 to D = ${whole(sweep.D)} the median of nine seeds rises from ${percent(sweep.trials[0]!.median)} to ${percent(sweep.trials.at(-1)!.median)}; it passes the 90% line, ${percent(sweep.line)}, at d = ${whole(sweep.d90)}.`;
  return {
    name: "reach",
    label: ["Cells painted right, by random directions d"],
    alt,
    height: {narrow: 230, mid: 320, wide: 408},
    isElastic: true,
    isInteractive: true,
    draw: (g, {width, height}) =>
      drawBand(g, tries, {
        width,
        height,
        alt,
        side: PICTURE_SIDE,
        // The next lower tenth.
        bottom: Math.floor(10 * Math.min(...sweep.trials.map(({low}) => low))) / 10,
        line: {value: sweep.line, label: "90% of full training"},
        at,
        now: right,
        painting: classes,
        knobText: `${counted(sweep.trials[at]!.d, "direction")}, ${percent(right)} right`,
        onMove: (to) => act.set({d: String(DIRECTIONS[Math.min(Math.max(to, 0), DIRECTIONS.length - 1)])}),
      }),
  };
}

/** What was to be painted, and what is. */
function paintings({step, steps, right, classes, target, isStored, trial}: IntrinsicResult, task: string): Drawing {
  const head = isStored || step === steps ? `With ${counted(trial.d, "direction")}` : `Step ${step} of ${steps}`;
  return {
    name: "paintings",
    alt: `To paint: the ${task}, dark cells on light. What the network paints: ${percent(right)} of the cells are right.`,
    height: {narrow: 166, mid: 320, wide: 436},
    isElastic: true,
    draw: (g, sheet) => drawPair(g, {target, classes, side: PICTURE_SIDE, names: ["To paint", head]}, sheet),
  };
}

/** How it was measured, in a box that opens. */
const method = (result: IntrinsicResult, params: IntrinsicParams): Box => ({
  name: "method",
  isWide: true,
  html: (box) => derivation(box, "How it is measured, and what it does not say", intrinsicMethod(result, params)),
});

export default figure<typeof controls, IntrinsicResult>({
  title: "How few directions are enough?",
  guide:
    "The small paintings are the ends of stored runs: drag the knob or choose d, and Play trains that network here. d₉₀ is an intrinsic dimension, counted over all weights together; it led to the question of LoRA’s intrinsic rank, which is about the change in one matrix.",
  sources: ["Li et al. 2018, §2", "Aghajanyan et al. 2020", "Hu et al. 2021, §1 and §4.1"],
  controls,
  main: ["task"],
  rerun: {progress: ({isStored, step, steps}) => (isStored ? undefined : [step, steps, "steps"])},
  picture: (result, params, act, size: Size) => ({
    parts: [
      reach(result, params, act),
      paintings(result, shapeNames[params.task]),
      ...(size === "full" ? [method(result, params)] : []),
    ],
    columns: [69, 31],
    note: `Red is painted wrong. The line is the median of nine seeds${size === "full" ? ", the band from the lowest to the highest of them" : ""}.`,
  }),
  says({isStored, step, steps, right, ends, trial, sweep, d90}, {seed, task}) {
    const free =
      trial.d === sweep.D
        ? `With ${whole(sweep.D)} random directions (as many as weights, yet not ordinary training)`
        : `With ${counted(trial.d, "random direction")} instead of ${whole(sweep.D)} weights`;
    const when = isStored ? `after ${steps} steps` : `at step ${step} of ${steps}`;
    const run = isStored
      ? `That is the stored run of seed ${seed}`
      : `The stored run of seed ${seed} ends at ${percent(ends)}`;
    return [
      `${free}, ${percent(right)} of the ${shapeNames[task]} is right ${when}.`,
      `${run}; the median of nine seeds first passes the 90% line, ${percent(sweep.line)}, at d = ${whole(d90[task])}.`,
    ];
  },
  readouts: ({step, steps, right, ends, sweep, trial, d90}, {seed}) => [
    {label: ["Share right"], value: percent(right), note: `step ${step} of ${steps}`},
    {label: ["End of the stored run"], value: percent(ends), note: `seed ${seed}`},
    {label: ["90% line"], value: percent(sweep.line), note: `${percent(sweep.full)} with every weight free`},
    {label: ["Reach the line"], value: `${trial.past} of ${INTRINSIC_SEEDS.length}`, note: "seeds at this d"},
    {
      label: ["Intrinsic dimension d₉₀"],
      value: SHAPES.map((task) => `${shapeNames[task]} ${whole(d90[task])}`).join(", "),
      note: `of ${whole(sweep.D)}`,
    },
  ],
  table: ({step, steps, right, sweep}, {seed, task}) => ({
    caption: `Share of the ${shapeNames[task]} that is right after ${steps} steps, by number of random directions; this run has ${percent(right)} at step ${step}`,
    columns: ["d", `Seed ${seed}`, "Lowest of nine", "Median", "Highest", "Seeds that reach the line"],
    rows: sweep.trials.map(({d, low, median, high, shares, past}) => [
      whole(d),
      ...[shares[seed - 1]!, low, median, high].map(percent),
      past,
    ]),
  }),
  source: () => ({kind: "precomputed", text: "stored runs"}),
  challenge: {
    text: "for the circle, find the fewest directions with which all nine seeds get to the 90% line.",
    met: ({sweep, trial}, {task}) =>
      task === "circle" && sweep.trials.find(({past}) => past === INTRINSIC_SEEDS.length) === trial,
  },
});
