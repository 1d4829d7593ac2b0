/** The clinic, a figure of eight runs that went wrong: its picture, questions, readouts and table. */
import {figure} from "../../figure/declare.ts";
import {buttonRow, type RowButton} from "../../figure/plot/buttonRow.ts";
import {children} from "../../figure/plot/children.ts";
import {layer} from "../../figure/plot/layer.ts";
import {dot, knob, lineY, type Mark, type Strength, type Tone, text} from "../../figure/plot/marks.ts";
import type {Chart} from "../../figure/plot/picture.ts";
import {countText, thousandths} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {brokenOf, CLINIC_STEPS, cases, causes} from "./cases.ts";
import {
  type ClinicParams,
  type ClinicSnapshot,
  clinicBeside,
  clinicGuess,
  controls,
  diagnosisOf,
  guesses,
  isRight,
} from "./model.ts";
import {
  type ClinicResult,
  type ClinicRun,
  FIXED_SHARE,
  isFixed,
  isServedApart,
  lastSnapshot,
  readClinic,
  snapshotAt,
  testOutcome,
} from "./readings.ts";
import {clinicSays, cluesText, configText, diagnosisWords, lossText} from "./words.ts";

/** The names of the runs, in the order in which they are drawn and listed. */
const runNames = {broken: "as reported", test: "the test", changed: "changed"};

/** The present runs with their names. */
const runsOf = (result: ClinicResult): readonly (readonly [name: string, run: ClinicRun])[] =>
  Object.entries(runNames).flatMap(([key, name]) => {
    const run = result[key as keyof typeof runNames];
    return run ? [[name, run] as const] : [];
  });

/** Draws what the person who asks for help writes. */
function drawReport(box: Element, {broken}: ClinicResult, params: ClinicParams) {
  const report = layer(box, "div", "report");
  layer(report, "p", "config", configText(broken.setup));
  layer(report, "p", "text", `“${cases[params.case].report}”`);
}

/** The logarithmic axis ends here at the latest. */
const [AXIS_MIN, AXIS_MAX] = [1e-4, 1e8];

/** The ends of the axis: powers of ten around all losses that are drawn. */
function axisEnds(losses: readonly number[]): readonly [number, number] {
  const powers = losses.map((loss) => Math.log10(Math.min(Math.max(loss, AXIS_MIN), AXIS_MAX)));
  return [10 ** Math.floor(Math.min(...powers)), 10 ** Math.ceil(Math.max(...powers))];
}

/** The curve of a run's losses, in training or as served. */
function curve(
  {frames}: ClinicRun,
  loss: "servedLoss" | "trainingLoss",
  style: {end: string; tone: Tone; strength?: Strength; thin?: boolean},
): Mark {
  return lineY(
    frames.map((snapshot) => Math.max(snapshot[loss], AXIS_MIN / 2)),
    style,
  );
}

/** The chart of losses: as served, in training if that differs, of the test, and after a fix. */
function lossChart(result: ClinicResult, {step}: ClinicParams, act: Act): Chart {
  const {lossBefore, broken, test, changed} = result;
  const curves = [
    lineY(Array<number>(CLINIC_STEPS + 1).fill(lossBefore), {end: "before", tone: "soft", dashed: true}),
    ...(isServedApart(broken) ? [curve(broken, "trainingLoss", {end: "training", tone: "soft", thin: true})] : []),
    curve(broken, "servedLoss", {end: "served", tone: "ink", strength: 3}),
    ...(test ? [curve(test, "servedLoss", {end: `test: ${testOutcome(result)}`, tone: "dw", strength: 1})] : []),
    ...(changed
      ? [curve(changed, "servedLoss", {end: isFixed(result) ? "fixed" : "changed", tone: "dw", strength: 3})]
      : []),
  ];
  const ends = axisEnds(curves.flatMap(({ys}) => ys));
  const {servedLoss, trainingLoss} = snapshotAt(broken, step);
  const y = Math.max(servedLoss, AXIS_MIN);
  const isLate = step > CLINIC_STEPS / 3;
  const losses = runsOf(result).map(([name, run]) => `${name}, ${thousandths(snapshotAt(run, step).servedLoss)}`);
  return {
    name: "case-losses",
    label: ["Loss by step, log"],
    alt: `Loss at step ${step}: in training ${thousandths(trainingLoss)}; as served: ${losses.join("; ")}`,
    height: {narrow: 160, mid: 230, wide: 260},
    x: {domain: [0, CLINIC_STEPS], ticks: [0, 40, 80, 120]},
    y: {
      type: "log",
      domain: ends,
      tickFormat: (value) => (value > 1000 ? countText(value) : String(Number(value.toPrecision(1)))),
    },
    marginRight: 84,
    marks: [
      ...curves,
      knob(step, (to) => act.set({step: Math.round(to)})),
      dot([y], {x: step, tone: "ink"}),
      text([y], {
        x: step,
        kind: "answer over",
        text: lossText(servedLoss),
        anchor: isLate ? "end" : "start",
        dx: isLate ? -8 : 8,
        // Above the dot, or below it where it is high.
        dy: y > Math.sqrt(ends[0] * ends[1]) ? 32 : -12,
      }),
    ],
  };
}

/** What the reader is asked now: to predict the test, to name the cause, or to fix the run. */
function questionOf(result: ClinicResult, params: ClinicParams) {
  const {case: number} = params;
  const {test, cause, fix} = cases[number];
  if (!clinicGuess(params))
    return {
      className: "predicting guess",
      finding: "",
      question: `One more run, but with ${test.text}: will its served loss end lower, the same or higher?`,
      name: "Your prediction",
      buttons: Object.entries(guesses).map(([value, text]) => ({text, set: {guess: `${number}-${value}`}})),
    };
  if (!isRight(params))
    return {
      className: "diagnosing",
      finding: diagnosisWords(result, params),
      question: "What is wrong?",
      name: "Your diagnosis",
      buttons: Object.entries(causes).map(([value, text]) => ({
        text,
        isPressed: value === diagnosisOf(params),
        set: {diagnosis: `${number}-${value}`},
      })),
    };
  const control = controls[fix];
  const choices =
    "options" in control
      ? Object.entries<string>(control.options)
      : Array.from({length: control.max}, (_, i) => [String(i + 1), String(i + 1)]);
  return {
    className: "mending",
    finding: "",
    question: `Right, ${causes[cause]}. ${result.changed ? "Another choice?" : "Now fix it."}`,
    name: "What fixes it",
    buttons: choices.map(([value, text]) => ({
      text: text!,
      isPressed: value === String(params[fix]),
      set: {[fix]: value!},
    })),
  };
}

/** Draws what has been found, and the present question. */
function drawQuestion(box: Element, result: ClinicResult, params: ClinicParams, act: Act) {
  const {className, finding, question, name, buttons} = questionOf(result, params);
  const [asking] = children(box, "div", [`asking ${className}`]);
  layer(asking!, "p", "found", finding && `${finding}.`);
  layer(asking!, "b", "label", question);
  buttonRow(
    asking!,
    buttons.map(({set, ...button}): RowButton => ({...button, onPress: () => act.set(set)})),
    name,
  );
}

/** The steps in the table; the step of the clock comes in addition. */
const tableSteps = [0, 1, 5, 20, 60, CLINIC_STEPS];

/** The row of the table for one run at one step. */
const tableRow = (name: string, step: number, snapshot: ClinicSnapshot) => [
  name,
  step,
  thousandths(snapshot.trainingLoss),
  thousandths(snapshot.servedLoss),
  thousandths(snapshot.deltaNorm),
  snapshot.productNorm ? thousandths(snapshot.deltaNorm / snapshot.productNorm) : "–",
  thousandths(snapshot.gradientNormA),
  thousandths(snapshot.gradientNormB),
  thousandths(snapshot.callDifference),
];

export default figure<typeof controls, ClinicResult>({
  title: "What is wrong here?",
  guide:
    "Each case is a run that went wrong, computed here by AdamW on one or two small layers with one adapter. Read the report, predict what one more run will do (the same is within 5%), then choose a cause. A wrong one tells you what would look different, and the right one gives you the control that fixes the run.",
  sources: ["Hu et al. 2021, §4.1–4.2", "Srivastava et al. 2014"],
  controls,
  main: ["case"],
  run: {
    clock: "step",
    by: ({case: number, seed}) => brokenOf(number, seed),
    isWhole: true,
    beside: clinicBeside,
    read: readClinic,
  },
  picture: (result, params, act) => ({
    parts: [
      {name: "telling", isWide: true, html: (box) => drawReport(box, result, params)},
      lossChart(result, params, act),
      {name: "turns", html: (box) => drawQuestion(box, result, params, act)},
    ],
    columns: [56, 44],
    dock: "case-losses",
    note: `At step ${params.step}: ${cluesText(result, params)}`,
  }),
  says: clinicSays,
  readouts(result, {step}) {
    const {broken, lossBefore, changed} = result;
    const {trainingLoss, servedLoss, callDifference} = snapshotAt(broken, step);
    const readouts = [
      {label: ["Loss before training"], value: thousandths(lossBefore)},
      {label: ["Training loss"], value: thousandths(trainingLoss)},
      {label: ["Served loss"], value: thousandths(servedLoss)},
      {label: ["Two calls differ by"], value: thousandths(callDifference), note: "same inputs, at most"},
    ];
    if (!changed) return readouts;
    const end = {
      value: thousandths(lastSnapshot(changed).servedLoss),
      note: `fixed below ${thousandths(FIXED_SHARE * lossBefore)}`,
    };
    return [...readouts, {label: ["Changed, at the end"], ...end}];
  },
  table: (result, {case: number, step}) => ({
    caption: `Case ${number} by step, with step ${step}`,
    columns: [
      "Run",
      "Step",
      "Training loss",
      "Served loss",
      "‖ΔW‖",
      "‖ΔW‖ / ‖BA‖",
      "‖∂L/∂A‖",
      "‖∂L/∂B‖",
      "Two calls differ by",
    ],
    rows: runsOf(result).flatMap(([name, run]) =>
      [...new Set([...tableSteps, step])]
        .sort((one, other) => one - other)
        .map((at) => tableRow(name, at, snapshotAt(run, at))),
    ),
  }),
  source: ({seed}) => ({kind: "live", text: `seed ${seed}`}),
  predictions(result, params) {
    const guess = clinicGuess(params);
    // The test is compared with the whole broken run, which may still be running.
    const actual = result.broken.frames.length > CLINIC_STEPS && testOutcome(result);
    if (!guess || guess === "skip" || !actual) return [];
    return [{item: `case-${params.case}`, prediction: guess, actual, error: Number(guess !== actual)}];
  },
  answers(_, params) {
    const response = diagnosisOf(params);
    return response ? [{item: `case-${params.case}`, response, correct: isRight(params)}] : [];
  },
  asks: (isWanted, params) =>
    isWanted || clinicGuess(params) ? ({} as Record<string, string>) : {guess: `${params.case}-skip`},
  withheld: (params) => ({...params, diagnosis: ""}),
  challenge: {
    text: "diagnose a case, then use its control to bring the served loss below 5% of the loss before training.",
    met: (result, params) => isRight(params) && isFixed(result),
  },
});
