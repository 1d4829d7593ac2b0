import {byWidth} from "../../figure/plot/aspects.ts";
import {decades, linear, logarithmic} from "../../figure/plot/axes/scales.ts";
import {buttonRow} from "../../figure/plot/buttonRow.ts";
import {chart} from "../../figure/plot/chart.ts";
import {LEFT, type Path, paths} from "../../figure/plot/charts/paths.ts";
import {layer} from "../../figure/plot/layer.ts";
import {group} from "../../figure/plot/panel.ts";
import type {FigureSize, Room} from "../../figure/plot/room.ts";
import {count, thousandths as shown} from "../../figure/plot/text/format.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import {causes} from "./cases.ts";
import {type ClinicParams, clinicGuess, diagnosisOf, fixOf, guesses, isRight} from "./controls.ts";
import {type Clue, clues as cluesList} from "./drawing/clues.ts";
import {waste} from "./drawing/waste.ts";
import {type ClinicResult, type ClinicRun, clinicCase, lastInRange, lostAt, outputsApart} from "./readings.ts";
import {configOf, diagnosisWords, lossOfRun, testWords} from "./sentences.ts";
import {CLINIC_STEPS} from "./setup.ts";

const named = {broken: "as reported", test: "the test", mended: "changed"};
type Name = keyof typeof named;

/** The available runs, in the order in which they are drawn and listed. */
export const runsOf = (result: ClinicResult): readonly {name: Name; run: ClinicRun}[] =>
  (Object.keys(named) as Name[]).flatMap((name) => (result[name] ? [{name, run: result[name]}] : []));

export const runTitle = (name: Name): string => named[name];

/** Whether the served model is another function than the one that training logs. */
const isServedApart = ({setup: {serving, mode, base}}: ClinicRun): boolean =>
  serving !== "adapter" || mode === "train" || base === "changed";

export function report(picture: Element, {broken}: ClinicResult, params: ClinicParams) {
  const {title, report} = clinicCase(params);
  const box = layer(picture, "div", "report");
  layer(box, "b", "title", title);
  layer(box, "p", "config", configOf(broken.setup));
  layer(box, "p", "text", `“${report}”`);
}

/** Height of the curve over its width in a card beside the text of a low window; then on wide figures and on narrow ones. */
const COLUMN = {below: 500, height: 0.2} as const;
const HEIGHTS: Readonly<Record<FigureSize, readonly [number, number]>> = {
  full: [0.4, 0.6],
  card: [0.25, 0.41],
  dock: [0.3, 0.48],
  slide: [0.19, 0.19],
};

/** The last step that is drawn: a run that is lost at once would be a spike at the edge of all steps. */
function lastStep(result: ClinicResult): number {
  const ends = runsOf(result).map(({run}) => lostAt(run));
  return ends.includes(undefined)
    ? CLINIC_STEPS
    : Math.min(CLINIC_STEPS, Math.ceil(1.5 * Math.max(...(ends as number[]))));
}

const short = (value: number): string => String(Number(value.toPrecision(1)));

/** Losses are drawn between these, on a logarithmic axis. */
const LEAST = 1e-4;
const MOST = 1e8;

/** Powers of ten around all that is drawn. */
function endsOf(all: readonly Path[], before: number): readonly [number, number] {
  const values = [before / 1.5, 1.5 * before, ...all.flatMap(({values}) => values)].filter(Number.isFinite);
  const power = (value: number, round: (x: number) => number) =>
    10 ** round(Math.log10(Math.min(Math.max(value, LEAST), MOST)));
  return [power(Math.min(...values), Math.floor), power(Math.max(...values), Math.ceil)];
}

export function lossChart(picture: Element, result: ClinicResult, {step}: ClinicParams, act: Act, room: Room) {
  const {ground, broken} = result;
  const last = lastStep(result);
  const curve = (name: string, label: string, run: ClinicRun, of: "served" | "trained"): Path => {
    const values = run.frames
      .slice(0, last + 1)
      .map((frame) => (frame ? Math.max(frame[of], LEAST / 2) : Number.POSITIVE_INFINITY));
    return {name, label, values};
  };
  const all = [
    ...(isServedApart(broken) ? [curve("logged", "training", broken, "trained")] : []),
    ...runsOf(result).map(({name, run}) => curve(name, name === "broken" ? "served" : runTitle(name), run, "served")),
  ];
  const ends = endsOf(all, ground.untouched);
  const [wide, narrow] = HEIGHTS[room.size];
  const said = runsOf(result).map(({name, run}) => `${runTitle(name)}, ${lossOfRun(run, step, "served")}`);
  const {g, ...box} = chart(picture, "losses", room, {
    label: [`Loss by step, logarithmic${last < CLINIC_STEPS ? `; first ${last} steps` : ""}`],
    nominal: 560,
    height: byWidth(room, room.size === "card" && room.width < COLUMN.below ? COLUMN.height : wide, narrow),
    alt: `Loss at step ${step}: in training ${lossOfRun(broken, step, "trained")}; as served: ${said.join("; ")}`,
  });
  const size = {width: box.width - LEFT - 78, height: box.height - 38};
  const x = linear([0, last], [0, size.width]);
  const lost = lostAt(broken);
  const from = lost === undefined || lost > last ? size.width : x(lost);
  waste(group(g, "waste", LEFT, 14), {from, ...size});
  const level = {name: "level", label: "before", values: Array<number>(last + 1).fill(ground.untouched)};
  paths(g, [level, ...all], [], {
    ...size,
    y: logarithmic(ends, [size.height, 0]),
    ticks: decades(ends, Math.max(2, Math.floor(size.height / 24))),
    format: (value) => (value > 1000 ? count(value) : short(value)),
    last,
    named: x.ticks(6),
    place: String,
    at: Math.min(step, last),
    onMove: (to) => act.set({step: to}),
  });
}

/** What else is measured at the step, in one line: where the loss alone leaves several causes, this tells them apart. */
function clues(picture: Element, {broken}: ClinicResult, {step}: ClinicParams) {
  const {frame} = lastInRange(broken, step);
  const all: readonly Clue[] = [
    [["‖∂L/∂", symbol.A, "‖"], shown(frame.dA)],
    [["‖∂L/∂", symbol.B, "‖"], shown(frame.dB)],
    [["two calls differ by"], shown(outputsApart(frame))],
  ];
  cluesList(picture, all);
}

/** Only the question that is due, then what mends the case. */
function askingNext(picture: Element, result: ClinicResult, params: ClinicParams, act: Act) {
  const box = layer(picture, "div", "turns");
  const turn = !clinicGuess(params) ? "predicting" : isRight(params) ? "mending" : "diagnosing";
  for (const other of box.querySelectorAll(`.asking:not(.${turn})`)) other.remove();
  if (turn === "predicting") return predicting(box, result, params, act);
  const one = layer(box, "div", `asking ${turn}`);
  if (turn === "diagnosing") {
    const words = diagnosisWords(result, params);
    return diagnosing(one, params, act, words ? `${words}.` : undefined);
  }
  layer(one, "b", "label", `Right, ${causes[clinicCase(params).cause]}. Now fix it.`);
  const {name, choices} = fixOf(params);
  buttonRow(
    one,
    choices.map(([value, text]) => ({
      text,
      isPressed: value === String(params[name]),
      onPress: () => act.set({[name]: value}),
    })),
    "What fixes it",
  );
}

export function predicting(box: Element, result: ClinicResult, params: ClinicParams, act: Act) {
  const guess = clinicGuess(params);
  const first = layer(box, "div", "asking predicting");
  layer(
    first,
    "b",
    "label",
    `Predict one more run with one change: ${clinicCase(params).test.text}. Will its served loss end lower than above, the same (within 5%, or both overflow) or higher?`,
  );
  buttonRow(
    first,
    Object.entries(guesses).map(([value, text]) => ({
      text,
      isPressed: value === guess,
      onPress: () => act.set({guess: `${params.case}-${value}`}),
    })),
    "Your prediction",
  );
  const test = testWords(result, params);
  layer(first, "p", "found", test && `${test}.`);
}

export function diagnosing(box: Element, params: ClinicParams, act: Act, question = "Diagnose: what is wrong?") {
  const diagnosis = diagnosisOf(params);
  layer(box, "b", "label", question);
  buttonRow(
    box,
    clinicGuess(params)
      ? Object.entries(causes).map(([value, text]) => ({
          text,
          isPressed: value === diagnosis,
          onPress: () => act.set({diagnosis: `${params.case}-${value}`}),
        }))
      : [],
    "Your diagnosis",
  );
}

export function drawCard(picture: Element, result: ClinicResult, params: ClinicParams, act: Act, room: Room) {
  if (room.size !== "dock") report(picture, result, params);
  lossChart(picture, result, params, act, room);
  if (room.size === "dock") return;
  clues(picture, result, params);
  askingNext(picture, result, params, act);
}
