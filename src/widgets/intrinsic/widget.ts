import {chart} from "../../figures/chart.ts";
import {grounds} from "../../figures/grounds.ts";
import type {FigureSize, Room} from "../../figures/room.ts";
import {counted, percent, whole} from "../../figures/text/format.ts";
import {key} from "../../figures/text/key.ts";
import {type Act, heavy} from "../../shell/widget.ts";
import {controls, type IntrinsicParams} from "./controls.ts";
import {band} from "./figures/band.ts";
import {painted} from "./figures/painted.ts";
import {groundsOf} from "./grounds.ts";
import type {IntrinsicResult} from "./model.ts";
import {names, sentence} from "./sentences.ts";
import {DIRECTIONS, SEEDS, SIDE, TASKS} from "./settings.ts";

/** A painting in a panel of the picture, over the border of what was to be painted. */
function canvas(
  picture: Element,
  room: Room,
  {name, label, alt}: {name: string; label: string; alt: string},
  colors: Int32Array,
  due: Int32Array,
) {
  const {g, width} = chart(picture, name, room, {label: [label], nominal: 240, height: (width) => width, alt});
  painted(g, colors, due, SIDE, width);
}

/** A curve of a card that is less wide stands beside the painting. */
const BESIDE = 252;

/** The share that each number of directions reaches, with the knob that chooses one. */
function reach(picture: Element, {right, sweep, at}: IntrinsicResult, {seed}: IntrinsicParams, act: Act, room: Room) {
  // In a card it is a tall column beside the painting; below it, on a phone, it is low.
  const isBeside = (width: number) => room.size === "card" && width < BESIDE;
  const {g, width, height} = chart(picture, "reach", room, {
    label: ["Share right at the end, by directions d"],
    nominal: 311,
    height: (width) =>
      isBeside(width) ? 1.35 * width : Math.min(0.9 * width, {dock: 300, card: 165, full: 300, slide: 240}[room.size]),
    ...(room.size === "card" && {bends: [BESIDE]}),
    alt: `From d = 0 to D = ${whole(sweep.D)} the median of nine seeds rises from ${percent(sweep.trials[0]!.median)} to ${percent(sweep.trials.at(-1)!.median)}; it passes the 90% line, ${percent(sweep.line)}, at d = ${whole(sweep.d90)}.`,
  });
  const tries = sweep.trials.map(({d, low, median, high, shares}) => ({
    name: d === sweep.D ? "D" : String(d),
    ...{low, median, high, own: shares[seed - 1]!},
  }));
  band(g, tries, {
    width: width - 48,
    height: height - 36,
    bottom: 0.2,
    line: {value: sweep.line, label: "90% of full"},
    ...{at, now: right},
    onMove: (to) => act.set({d: String(DIRECTIONS[to])}),
  });
}

/** What the marks mean; a card names the fewest. */
function legend(picture: Element, seed: number, size: FigureSize) {
  const isFull = size === "full";
  key(picture, [
    {name: "reached", kind: "dot", text: "this run, now"},
    {name: "own", kind: "line", text: `stored run, seed ${seed}`},
    {name: "median", kind: "line", text: "median of nine seeds"},
    ...(isFull ? [{name: "band", kind: "area", text: "lowest to highest of them"} as const] : []),
    {name: "wrong", kind: "stroke", text: isFull ? "a cell painted wrong" : "painted wrong"},
  ]);
}

export default heavy<typeof controls, IntrinsicResult>({
  title: "In how few random directions can a network still learn?",
  guide:
    "The curves are stored runs: drag the knob or choose d, and Play trains that network here. d₉₀ is an intrinsic dimension, counted over all weights together; it led to the question of LoRA’s intrinsic rank, which is about the change in one matrix.",
  sources: ["Li et al. 2018, §2", "Aghajanyan et al. 2020", "Hu et al. 2021, §1 and §4.1"],
  player: () => import("../../shell/runs/playback.ts"),
  controls,
  main: ["d"],
  draw(picture, result, params, act, room) {
    const {seed, task} = params;
    const {step, right, classes, due} = result;
    const given = {
      name: "given",
      label: step ? `Painted, step ${step}` : "Step 0, untrained; wrong cells hatched",
      alt: `What the network paints: ${percent(right)} of the cells are right.`,
    };
    canvas(picture, room, given, classes, due);
    reach(picture, result, params, act, room);
    if (room.size === "dock") return;
    if (room.size === "full")
      canvas(
        picture,
        room,
        {name: "due", label: "To paint", alt: `The ${names[task]}: dark cells on light.`},
        due,
        due,
      );
    if (room.size !== "slide") legend(picture, seed, room.size);
    if (room.size === "full")
      grounds(picture, "How it is measured, and what it does not say", groundsOf(result, params));
  },
  says({step, steps, right, trial, sweep}, {task}) {
    const free = `With ${counted(trial.d, "random direction")} instead of ${whole(sweep.D)} weights`;
    const when = step === 0 ? "before training, by chance" : `at step ${step} of ${steps}`;
    return `${free}, ${percent(right)} of the ${names[task]} is right ${when}.`;
  },
  summary: sentence,
  readouts: ({step, steps, right, ends, sweep, trial, d90}, {seed}) => [
    {label: ["Share right"], value: percent(right), note: `step ${step} of ${steps}`},
    {label: ["End of the stored run"], value: percent(ends), note: `seed ${seed}`},
    {label: ["90% line"], value: percent(sweep.line), note: `${percent(sweep.full)} with every weight free`},
    {label: ["Reach the line"], value: `${trial.past} of ${SEEDS.length}`, note: "seeds at this d"},
    {
      label: ["Intrinsic dimension d₉₀"],
      value: TASKS.map((task) => `${names[task]} ${whole(d90[task])}`).join(", "),
      note: `of ${whole(sweep.D)}`,
    },
  ],
  table: ({step, steps, right, sweep}, {seed, task}) => ({
    caption: `Share of the ${names[task]} that is right after ${steps} steps, by number of random directions; this run has ${percent(right)} at step ${step}`,
    columns: ["d", `Seed ${seed}`, "Lowest of nine", "Median", "Highest", "Seeds that reach the line"],
    rows: sweep.trials.map(({d, low, median, high, shares, past}) => [
      whole(d),
      ...[shares[seed - 1]!, low, median, high].map(percent),
      past,
    ]),
  }),
  provenance: () => ({kind: "precomputed", text: "stored runs"}),
  progress: ({step, steps}) => [step, steps, "steps"],
  challenge: {
    text: "for the circle, find the fewest directions with which all nine seeds get to the 90% line.",
    met: ({sweep, trial}, {task}) =>
      task === "circle" && sweep.trials.find(({past}) => past === SEEDS.length) === trial,
  },
});
