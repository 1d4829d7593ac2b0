import {grounds} from "../../figures/grounds.ts";
import {layer} from "../../figures/layer.ts";
import {panel} from "../../figures/panel.ts";
import {percent, whole} from "../../figures/text/format.ts";
import {key} from "../../figures/text/key.ts";
import {heavy} from "../../shell/widget.ts";
import {controls} from "./controls.ts";
import {band} from "./figures/band.ts";
import {painted} from "./figures/painted.ts";
import {groundsOf} from "./grounds.ts";
import type {IntrinsicResult} from "./model.ts";
import {names, sentence} from "./sentences.ts";
import {COMMAND, DIRECTIONS, SEEDS, SIDE, TASKS} from "./settings.ts";

const CELL = 5;

function canvas(picture: Element, name: string, label: string, alt: string, colors: Int32Array, due: Int32Array) {
  const size = SIDE * CELL;
  const svg = panel(picture, name, {label: [label], width: size, height: size, alt});
  painted(svg, colors, due, {side: SIDE, cell: CELL});
}

export default heavy<typeof controls, IntrinsicResult>({
  title: "In how few random directions can a network still learn?",
  guide:
    "The curves are stored runs; drag the knob or choose d, and Play trains that network here. d₉₀ is an intrinsic dimension, of all weights together; it led to the question of LoRA’s intrinsic rank, a different thing, of the change in one matrix.",
  sources: ["Li et al. 2018, §2", "Aghajanyan et al. 2020", "Hu et al. 2021, §1 and §4.1"],
  player: () => import("../../shell/runs/playback.ts"),
  controls,
  draw(picture, result, params, act) {
    const {seed, task} = params;
    const {step, right, sweep, classes, due, at} = result;
    const chart = panel(picture, "reach", {
      label: ["Right in the end, by random directions d"],
      width: 256,
      height: 240,
      alt: `From d = 0 to D = ${whole(sweep.D)} the median of nine seeds rises from ${percent(sweep.trials[0]!.median)} to ${percent(sweep.trials.at(-1)!.median)}; it passes the 90% line, ${percent(sweep.line)}, at d = ${whole(sweep.d90)}.`,
    });
    const tries = sweep.trials.map(({d, low, median, high, shares}) => ({
      name: d === sweep.D ? "D" : String(d),
      ...{low, median, high, own: shares[seed - 1]!},
    }));
    band(chart, tries, {
      width: 208,
      height: 204,
      bottom: 0.2,
      line: {value: sweep.line, label: "90% of full"},
      ...{at, now: right},
      onMove: (to) => act.set({d: String(DIRECTIONS[to])}),
    });
    const pair = layer(picture, "div", "pair");
    canvas(pair, "due", "To paint", `The ${names[task]}: dark cells on light.`, due, due);
    canvas(
      pair,
      "given",
      `Painted, step ${step}`,
      `What the network paints: ${percent(right)} of the cells are right.`,
      classes,
      due,
    );
    key(pair, [
      {name: "reached", kind: "dot", text: "this run, now"},
      {name: "own", kind: "line", text: `stored run, seed ${seed}`},
      {name: "median", kind: "line", text: "median of nine seeds"},
      {name: "band", kind: "area", text: "lowest to highest of them"},
      {name: "wrong", kind: "stroke", text: "a cell painted wrong"},
    ]);
    grounds(picture, "How it is measured, and what it does not say", groundsOf(result, params));
  },
  summary: sentence,
  readouts: ({step, steps, right, ends, sweep, trial, d90}, {seed}) => [
    {label: ["Right now"], value: percent(right), note: `step ${step} of ${steps}`},
    {label: ["Stored end"], value: percent(ends), note: `seed ${seed}`},
    {label: ["90% line"], value: percent(sweep.line), note: `${percent(sweep.full)} with every weight free`},
    {label: ["At the line or past it"], value: `${trial.past} of ${SEEDS.length}`, note: "seeds at this d"},
    {
      label: ["Intrinsic dimension d₉₀"],
      value: TASKS.map((task) => `${names[task]} ${whole(d90[task])}`).join(", "),
      note: `of ${whole(sweep.D)}`,
    },
  ],
  table: ({step, steps, right, sweep}, {seed, task}) => ({
    caption: `Share of the ${names[task]} that is right after ${steps} steps, by number of random directions; this run has ${percent(right)} at step ${step}`,
    columns: ["d", `Seed ${seed}`, "Lowest of nine", "Median", "Highest", "At the line or past it"],
    rows: sweep.trials.map(({d, low, median, high, shares, past}) => [
      whole(d),
      ...[shares[seed - 1]!, low, median, high].map(percent),
      past,
    ]),
  }),
  provenance: () => ({kind: "precomputed", text: COMMAND}),
  progress: ({step, steps}) => [step, steps, "steps"],
  challenge: {
    text: "for the circle, find the fewest directions with which all nine seeds get to the 90% line.",
    met: ({sweep, trial}, {task}) =>
      task === "circle" && sweep.trials.find(({past}) => past === SEEDS.length) === trial,
  },
});
