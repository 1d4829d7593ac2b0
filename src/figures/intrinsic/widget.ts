/** The figure “How few directions are enough?”: its picture, sentences, readouts, table and challenge. */
import {figure} from "../../figure/declare.ts";
import {knob, lineY, type Mark, type PlotArea, ruleY, shape, text} from "../../figure/plot/marks.ts";
import type {Chart, Drawing} from "../../figure/plot/picture.ts";
import {rounded} from "../../figure/plot/rounded.ts";
import {counted, percent, whole} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {controls, type IntrinsicParams, type IntrinsicResult} from "./model.ts";
import {cellsPath, drawPair} from "./painted.ts";
import {DIRECTIONS, INTRINSIC_SEEDS, PICTURE_SIDE, SHAPES, type ShapeName} from "./settings.ts";

/** The shapes in sentences. */
const shapeNames: Readonly<Record<ShapeName, string>> = {line: "edge", circle: "circle", ring: "ring"};

/** In units: the most that a small painting is wide, the room for one at the edges of the chart, and that for the knob above. */
const [MAX_THUMB_WIDTH, EDGE_ROOM, KNOB_ROOM] = [36, 16, 8];

/** Small paintings along the chart, each as high as its run's share of right cells; the chosen one has a frame. */
function thumbs(
  {sweep, paintings, classes, rightShare, dIndex}: IntrinsicResult,
  seed: number,
  bottom: number,
): Mark[] {
  const all = sweep.trials.map(({shares}, i) => ({
    x: i,
    y: Math.max(i === dIndex ? rightShare : shares[seed - 1]!, bottom),
    colors: i === dIndex ? classes : paintings[i]!,
  }));
  type Thumb = (typeof all)[number];
  const placeOf = (area: PlotArea, {x, y}: Thumb) => {
    const size = Math.min(MAX_THUMB_WIDTH, 0.94 * (area.x(1) - area.x(0)));
    return {left: area.x(x) - size / 2, top: area.y(y) - size / 2, size};
  };
  const square = (area: PlotArea, thumb: Thumb) => {
    const {left, top, size} = placeOf(area, thumb);
    return `M${rounded(left)} ${rounded(top)}h${rounded(size)}v${rounded(size)}h${rounded(-size)}z`;
  };
  const cells = (area: PlotArea, thumb: Thumb) =>
    cellsPath((n) => thumb.colors[n] !== 0, {...placeOf(area, thumb), side: PICTURE_SIDE});
  return [
    shape("lineY", all, square, {kind: "ground"}),
    shape("lineY", all, cells, {kind: "dark"}),
    shape("lineY", [all[dIndex]!], square, {kind: "frame"}),
  ];
}

/** The results for each number of directions, with the knob that chooses one. */
function reachChart(result: IntrinsicResult, {seed}: IntrinsicParams, act: Act): Chart {
  const {rightShare, sweep, dIndex} = result;
  const {trials, line} = sweep;
  // The next lower tenth.
  const bottom = Math.floor(10 * Math.min(...trials.map(({low}) => low))) / 10;
  const setIndex = (to: number) => {
    const index = Math.min(Math.max(Math.round(to), 0), DIRECTIONS.length - 1);
    act.set({d: String(DIRECTIONS[index])});
  };
  const bandPath = ({x, y}: PlotArea) => {
    const upper = trials.map(({high}, i) => `${rounded(x(i))},${rounded(y(high))}`);
    const lower = trials.map(({low}, i) => `${rounded(x(i))},${rounded(y(low))}`).reverse();
    return `M${[...upper, ...lower].join("L")}Z`;
  };
  return {
    name: "reach",
    label: ["Cells painted right, by random directions d"],
    alt: `From d = 0 to D = ${whole(sweep.D)} the median of nine seeds rises from ${percent(trials[0]!.median)} to ${percent(trials.at(-1)!.median)}; it passes the 90% line, ${percent(line)}, at d = ${whole(sweep.d90)}.`,
    height: {narrow: 230, mid: 320, wide: 408},
    x: {type: "point", names: DIRECTIONS.map(String)},
    y: {
      domain: [bottom, 1],
      ticks: [0.2, 0.4, 0.6, 0.8, 1].filter((share) => share >= bottom),
      tickFormat: (share) => `${Math.round(100 * share)}%`,
    },
    insetX: EDGE_ROOM,
    insetTop: EDGE_ROOM + KNOB_ROOM,
    insetBottom: EDGE_ROOM,
    marks: [
      shape("area", [trials], bandPath),
      ruleY([line], {tone: "ink", dashed: true, thin: true}),
      lineY(trials, {y: ({median}) => median, tone: "ink", title: "median"}),
      text([line], {x: 0, y: line, text: "90% of full training", anchor: "start", dx: -12, dy: -6, kind: "over"}),
      knob(dIndex, setIndex, {
        name: "Random directions d",
        valueText: `${counted(trials[dIndex]!.d, "direction")}, ${percent(rightShare)} right`,
        step: [1, 0],
      }),
      ...thumbs(result, seed, bottom),
    ],
  };
}

/** What was to be painted, and what is. */
function paintingsDrawing(
  {step, steps, rightShare, classes, target, isStored, trial}: IntrinsicResult,
  task: string,
): Drawing {
  const head = isStored || step === steps ? `With ${counted(trial.d, "direction")}` : `Step ${step} of ${steps}`;
  return {
    name: "paintings",
    alt: `To paint: the ${task}, dark cells on light. What the network paints: ${percent(rightShare)} of the cells are right.`,
    height: {narrow: 166, mid: 320, wide: 436},
    isElastic: true,
    draw: (g, sheet) => drawPair(g, {target, classes, side: PICTURE_SIDE, names: ["To paint", head]}, sheet),
  };
}

/** What the marks mean; and in Explore how the numbers were found. */
const NOTE = "Red is painted wrong. The line is the median of nine seeds";
const METHOD =
  ", the band from the lowest to the highest of them. Of θ = θ₀ + Pz only z is trained, with Adam; d doubles from try to try, so d₉₀ is known to a factor of two.";

export default figure<typeof controls, IntrinsicResult>({
  title: "How few directions are enough?",
  guide:
    "The small paintings are the ends of stored runs: drag the knob or choose d, and Play trains that network here. d₉₀ is an intrinsic dimension, counted over all weights together; it led to the question of LoRA’s intrinsic rank, which is about the change in one matrix.",
  sources: ["Li et al. 2018, §2", "Aghajanyan et al. 2020", "Hu et al. 2021, §1 and §4.1"],
  controls,
  main: ["task"],
  rerun: {progress: ({isStored, step, steps}) => (isStored ? undefined : [step, steps, "steps"])},
  picture: (result, params, act, size) => ({
    parts: [reachChart(result, params, act), paintingsDrawing(result, shapeNames[params.task])],
    columns: [69, 31],
    note: `${NOTE}${size === "full" ? METHOD : "."}`,
  }),
  says: ({step, steps, rightShare, storedEnd, trial, sweep, d90}, {seed, task}) => [
    `With ${counted(trial.d, "random direction")} instead of ${whole(sweep.D)} weights, ${percent(rightShare)} of the ${shapeNames[task]} is right at step ${step} of ${steps}.`,
    `The stored run of seed ${seed} ends at ${percent(storedEnd)}; the median of nine seeds first passes the 90% line, ${percent(sweep.line)}, at d = ${whole(d90[task])}.`,
  ],
  readouts: ({step, steps, rightShare, storedEnd, sweep, trial, d90}, {seed}) => [
    {label: ["Share right"], value: percent(rightShare), note: `step ${step} of ${steps}`},
    {label: ["End of the stored run"], value: percent(storedEnd), note: `seed ${seed}`},
    {label: ["90% line"], value: percent(sweep.line), note: `${percent(sweep.full)} with every weight free`},
    {label: ["Reach the line"], value: `${trial.reachedCount} of ${INTRINSIC_SEEDS.length}`, note: "seeds at this d"},
    {
      label: ["Intrinsic dimension d₉₀"],
      value: SHAPES.map((task) => `${shapeNames[task]} ${whole(d90[task])}`).join(", "),
      note: `of ${whole(sweep.D)}`,
    },
  ],
  table: ({step, steps, rightShare, sweep}, {seed, task}) => ({
    caption: `Share of the ${shapeNames[task]} that is right after ${steps} steps, by number of random directions; this run has ${percent(rightShare)} at step ${step}`,
    columns: ["d", `Seed ${seed}`, "Lowest of nine", "Median", "Highest", "Seeds that reach the line"],
    rows: sweep.trials.map(({d, low, median, high, shares, reachedCount}) => [
      whole(d),
      ...[shares[seed - 1]!, low, median, high].map(percent),
      reachedCount,
    ]),
  }),
  source: () => ({kind: "precomputed", text: "stored runs"}),
  challenge: {
    text: "for the circle, find the fewest directions with which all nine seeds get to the 90% line.",
    met: ({sweep, trial}, {task}) =>
      task === "circle" && sweep.trials.find(({reachedCount}) => reachedCount === INTRINSIC_SEEDS.length) === trial,
  },
});
