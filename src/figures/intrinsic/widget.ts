import {isNarrow} from "../../figure/plot/aspects.ts";
import {chart} from "../../figure/plot/chart.ts";
import {derivation} from "../../figure/plot/derivation.ts";
import type {FigureSize, Room} from "../../figure/plot/room.ts";
import {counted, percent, whole} from "../../figure/plot/text/format.ts";
import {key} from "../../figure/plot/text/key.ts";
import {type Act, heavy} from "../../figure/widget.ts";
import {controls, type IntrinsicParams} from "./controls.ts";
import {intrinsicMethod} from "./derivation.ts";
import {band} from "./drawing/band.ts";
import {judged} from "./drawing/painted.ts";
import type {IntrinsicResult} from "./model.ts";
import {shapeNames, summary} from "./sentences.ts";
import {DIRECTIONS, INTRINSIC_SEEDS, PICTURE_SIDE, SHAPES} from "./settings.ts";

interface Canvas {
  /** The panel's class. */
  name: string;
  label: string;
  alt: string;
}

/** A painting in a panel of the picture, over the border of what was to be painted. */
function canvas(picture: Element, room: Room, {name, label, alt}: Canvas, colors: ArrayLike<number>, due: Int32Array) {
  const {g, width} = chart(picture, name, room, {label: [label], nominal: 200, height: (width) => width, alt});
  judged(g, colors, due, PICTURE_SIDE, width);
}

/** How high the chart is: in a card two paintings with their labels beside it, but on a phone, where it is below them. */
function reachHeight(room: Room, width: number): number {
  if (room.size === "card") return isNarrow(room) ? PHONE : 0.905 * width + 35;
  return Math.min(0.9 * width, {dock: 190, full: 452, slide: 240}[room.size]);
}
const PHONE = 200;

/** What each number of directions painted, as high as its share, with the knob that chooses one. */
function reach(picture: Element, result: IntrinsicResult, {seed}: IntrinsicParams, act: Act, room: Room) {
  const {right, classes, sweep, at, paintings} = result;
  const {g, width, height} = chart(picture, "reach", room, {
    label: ["Cells painted right, by random directions d"],
    nominal: 311,
    height: (width) => reachHeight(room, width),
    ...(room.size === "card" && {isStraight: true, framed: {narrow: PHONE}}),
    alt: `From d = 0 to D = ${whole(sweep.D)} the median of nine seeds rises from ${percent(sweep.trials[0]!.median)} to ${percent(sweep.trials.at(-1)!.median)}; it passes the 90% line, ${percent(sweep.line)}, at d = ${whole(sweep.d90)}.`,
  });
  const tries = sweep.trials.map(({d, low, median, high, shares}, i) => ({
    name: d === sweep.D ? "all" : String(d),
    ...{low, median, high, own: shares[seed - 1]!, painting: paintings[i]!},
  }));
  band(g, tries, {
    width: width - 44,
    height: height - 36,
    side: PICTURE_SIDE,
    // The tenth below all that is drawn.
    bottom: Math.floor(10 * Math.min(...sweep.trials.map(({low}) => low))) / 10,
    line: {value: sweep.line, label: "90% of full training"},
    ...{at, now: right, painting: classes},
    onMove: (to) => act.set({d: String(DIRECTIONS[to])}),
  });
}

/** What the marks mean; a card names the fewest. */
function legend(picture: Element, size: FigureSize) {
  key(picture, [
    {name: "wrong", kind: "area", text: "painted wrong"},
    {name: "median", kind: "line", text: "median of nine seeds"},
    ...(size === "full" ? [{name: "band", kind: "area", text: "lowest to highest of them"} as const] : []),
  ]);
}

/** Over the large painting. */
const headOf = ({isStored, step, steps, trial}: IntrinsicResult): string =>
  isStored || step === steps ? `With ${counted(trial.d, "direction")}` : `Step ${step} of ${steps}`;

export default heavy<typeof controls, IntrinsicResult>({
  title: "How few directions are enough?",
  guide:
    "The small paintings are the ends of stored runs: drag the knob or choose d, and Play trains that network here. d₉₀ is an intrinsic dimension, counted over all weights together; it led to the question of LoRA’s intrinsic rank, which is about the change in one matrix.",
  sources: ["Li et al. 2018, §2", "Aghajanyan et al. 2020", "Hu et al. 2021, §1 and §4.1"],
  player: () => import("../../figure/runs/playback.ts"),
  controls,
  main: ["d"],
  draw(picture, result, params, act, room) {
    const {task} = params;
    const {right, classes, due} = result;
    if (room.size === "card" || room.size === "full") {
      const asked = {name: "due", label: "To paint", alt: `The ${shapeNames[task]}: dark cells on light.`};
      canvas(picture, room, asked, due, due);
    }
    if (room.size !== "dock") {
      const alt = `What the network paints: ${percent(right)} of the cells are right.`;
      canvas(picture, room, {name: "given", label: headOf(result), alt}, classes, due);
    }
    reach(picture, result, params, act, room);
    if (room.size === "card" || room.size === "full") legend(picture, room.size);
    if (room.size === "full")
      derivation(picture, "How it is measured, and what it does not say", intrinsicMethod(result, params));
  },
  says({isStored, step, steps, right, trial, sweep}, {task}) {
    const free = `With ${counted(trial.d, "random direction")} instead of ${whole(sweep.D)} weights`;
    const when = isStored || step === steps ? "after training" : `at step ${step} of ${steps}`;
    return `${free}, ${percent(right)} of the ${shapeNames[task]} is right ${when}.`;
  },
  summary,
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
  provenance: () => ({kind: "precomputed", text: "stored runs"}),
  progress: ({isStored, step, steps}) => (isStored ? undefined : [step, steps, "steps"]),
  challenge: {
    text: "for the circle, find the fewest directions with which all nine seeds get to the 90% line.",
    met: ({sweep, trial}, {task}) =>
      task === "circle" && sweep.trials.find(({past}) => past === INTRINSIC_SEEDS.length) === trial,
  },
});
