/** A clinic for runs that went wrong: the picture, its questions, its words and its numbers. */
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {figure} from "../../figure/declare.ts";
import {buttonRow} from "../../figure/plot/buttonRow.ts";
import {layer} from "../../figure/plot/layer.ts";
import {dot, knob, lineY, type Strength, type Tone, text} from "../../figure/plot/marks.ts";
import type {Chart, Drawing} from "../../figure/plot/picture.ts";
import {capital, countText, thousandths as shown, significant} from "../../figure/plot/text/format.ts";
import type {Act} from "../../figure/widget.ts";
import {largestEntry} from "../shared/largestEntry.ts";
import {brokenOf, CLINIC_STEPS, causes} from "./cases.ts";
import {OUTPUT_ROW, type OutputRow, outputRows} from "./drawing/outputRows.ts";
import {
  type ClinicParams,
  type ClinicSnapshot,
  clinicBeside,
  clinicGuess,
  controls,
  diagnosisOf,
  fixOf,
  guesses,
  isRight,
} from "./model.ts";
import {
  type ClinicResult,
  type ClinicRun,
  clinicCase,
  frameAt,
  isMended,
  isServedApart,
  largestDifference,
  lastSnapshot,
  MENDED,
  outputsApart,
  readClinic,
  testOutcome,
} from "./readings.ts";
import {clinicSays, configOf, diagnosisWords, lossSaid, mendedWords, outcomeWords, timesOf} from "./words.ts";

/** The names of the runs. */
const runNames = {broken: "as reported", test: "the test", mended: "changed"};

/** The present runs, in the order in which they are drawn and listed. */
const runsOf = (result: ClinicResult): readonly {name: keyof typeof runNames; run: ClinicRun}[] =>
  (Object.keys(runNames) as (keyof typeof runNames)[]).flatMap((name) =>
    result[name] ? [{name, run: result[name]}] : [],
  );

/** Draws what the person who asks for help writes. */
function drawReport(box: Element, {broken}: ClinicResult, params: ClinicParams) {
  const {report} = clinicCase(params);
  const one = layer(box, "div", "report");
  layer(one, "p", "config", configOf(broken.setup));
  layer(one, "p", "text", `“${report}”`);
}

/** The ends of the logarithmic axis at most. */
const LEAST = 1e-4;
const MOST = 1e8;

/** Powers of ten around all that is drawn. */
function endsOf(values: readonly number[]): readonly [number, number] {
  const power = (value: number, round: (x: number) => number) =>
    10 ** round(Math.log10(Math.min(Math.max(value, LEAST), MOST)));
  return [power(Math.min(...values), Math.floor), power(Math.max(...values), Math.ceil)];
}

/** The chart of losses: as served, in training if that differs, of the test, and after a fix. */
function lossChart(result: ClinicResult, {step}: ClinicParams, act: Act): Chart {
  const {reference, broken, test, mended} = result;
  const curve = ({frames}: ClinicRun, of: "served" | "trained") =>
    frames.map((frame) => Math.max(frame[of], LEAST / 2));
  const outcome = testOutcome(result);
  type Line = {values: readonly number[]; end: string; tone: Tone; strength?: Strength; thin?: boolean};
  const lines: Line[] = [
    ...(isServedApart(broken)
      ? [{values: curve(broken, "trained"), end: "training", tone: "soft" as const, thin: true}]
      : []),
    {values: curve(broken, "served"), end: "served", tone: "ink", strength: 3},
    ...(test && outcome
      ? [{values: curve(test, "served"), end: `test: ${outcome}`, tone: "dw" as const, strength: 1 as const}]
      : []),
    ...(mended
      ? [
          {
            values: curve(mended, "served"),
            end: isMended(result) ? "fixed" : "changed",
            tone: "dw" as const,
            strength: 3 as const,
          },
        ]
      : []),
  ];
  const before = Array<number>(CLINIC_STEPS + 1).fill(reference.lossBefore);
  const ends = endsOf([reference.lossBefore / 1.5, 1.5 * reference.lossBefore, ...lines.flatMap(({values}) => values)]);
  const served = Math.max(frameAt(broken, step).served, LEAST);
  const said = runsOf(result).map(({name, run}) => `${runNames[name]}, ${shown(frameAt(run, step).served)}`);
  return {
    name: "case-losses",
    label: ["Loss by step, log"],
    alt: `Loss at step ${step}: in training ${shown(frameAt(broken, step).trained)}; as served: ${said.join("; ")}`,
    height: {narrow: 118, mid: 230, wide: 260},
    x: {domain: [0, CLINIC_STEPS], ticks: [0, 40, 80, 120]},
    y: {
      type: "log",
      domain: ends,
      base: 10,
      tickFormat: (value) => (value > 1000 ? countText(value) : String(Number(value.toPrecision(1)))),
    },
    marginRight: 84,
    marks: [
      lineY(before, {end: "before", tone: "soft", dashed: true}),
      ...lines.map(({values, ...look}) => lineY(values, look)),
      knob(step, (to) => act.set({step: Math.round(to)})),
      dot([served], {x: step, tone: "ink"}),
      text([served], {
        ...{x: step, y: served, kind: "answer over", text: lossSaid(frameAt(broken, step).served)},
        ...{
          anchor: step > CLINIC_STEPS / 3 ? ("end" as const) : ("start" as const),
          dx: step > CLINIC_STEPS / 3 ? -8 : 8,
        },
        // Above the dot, or below it where it is high.
        dy: served > Math.sqrt(ends[0] * ends[1]) ? 32 : -12,
      }),
    ],
  };
}

/** Draws what has been found, and the next question: predict the test, name the cause, or fix the run. */
function drawQuestion(box: Element, result: ClinicResult, params: ClinicParams, act: Act) {
  const guess = clinicGuess(params);
  const turn = !guess ? "predicting" : isRight(params) ? "mending" : "diagnosing";
  for (const other of box.querySelectorAll(`.asking:not(.${turn})`)) other.remove();
  const one = layer(box, "div", `asking ${turn}${guess ? "" : " guess"}`);
  const ask = (found: string, question: string) => {
    layer(one, "p", "found", found);
    layer(one, "b", "label", question);
  };
  if (turn === "predicting") {
    const {text} = clinicCase(params).test;
    ask("", `One more run, but with ${text}: will its served loss end lower, the same or higher?`);
    const list = Object.entries(guesses);
    return buttonRow(
      one,
      list.map(([value, text]) => ({text, onPress: () => act.set({guess: `${params.case}-${value}`})})),
      "Your prediction",
    );
  }
  if (turn === "diagnosing") {
    const words = diagnosisWords(result, params);
    const outcome = outcomeWords(result, params);
    ask(words ? `${words}.` : outcome && `The test ends ${outcome}.`, "What is wrong?");
    const diagnosis = diagnosisOf(params);
    return buttonRow(
      one,
      Object.entries(causes).map(([value, text]) => ({
        text,
        isPressed: value === diagnosis,
        onPress: () => act.set({diagnosis: `${params.case}-${value}`}),
      })),
      "Your diagnosis",
    );
  }
  const words = mendedWords(result);
  ask(
    words && `${capital(words)}.`,
    `Right, ${causes[clinicCase(params).cause]}. ${words ? "Another choice?" : "Now fix it."}`,
  );
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

/** The drawing of outputs, for the input whose two calls differ most, or for the first input if none differ. */
function outputs(result: ClinicResult, {step}: ClinicParams): Drawing {
  const {reference, broken, test, mended} = result;
  const {input} = largestDifference(frameAt(broken, step));
  const {rows: inputs, cols} = reference.wanted;
  const of = (m: Matrix) => m.data.subarray(input * cols, (input + 1) * cols);
  const rows: OutputRow[] = [
    {name: "wanted", values: of(reference.wanted)},
    {name: "first call", values: of(frameAt(broken, step).call)},
    {name: "second call", values: of(frameAt(broken, step).again)},
    ...(test ? [{name: "the test", values: of(frameAt(test, step).call)}] : []),
    ...(mended ? [{name: "changed", values: of(frameAt(mended, step).call)}] : []),
  ];
  return {
    name: "outputs",
    isWide: true,
    label: [`Input ${input + 1} of ${inputs}, its ${cols} outputs at step ${step}`],
    height: rows.length * OUTPUT_ROW,
    alt: `Rows of ${cols} outputs as colors: ${rows.map(({name}) => name).join(", ")}`,
    draw: (g, {width}) => outputRows(g, rows, {width, limit: largestEntry(reference.wanted)}),
  };
}

/** What else is measured. It tells causes apart between which the loss does not decide. */
function clues({broken}: ClinicResult, {step}: ClinicParams): string {
  const frame = frameAt(broken, step);
  const times = frame.product ? `; ‖ΔW‖ is ${significant(frame.delta / frame.product, 2)} times ‖BA‖` : "; ΔW is 0";
  return `At step ${step}: ‖∂L/∂A‖ ${shown(frame.dA)}, ‖∂L/∂B‖ ${shown(frame.dB)}; two calls with one input differ by ${shown(outputsApart(frame))}${times}`;
}

/** The steps in the table, to which the step of the clock is added. */
const tableSteps = [0, 1, 5, 20, 60, CLINIC_STEPS];

/** A row of the table. */
const row = (name: string, at: number, frame: ClinicSnapshot) => [
  name,
  at,
  shown(frame.trained),
  shown(frame.served),
  shown(frame.delta),
  timesOf(frame),
  shown(frame.dA),
  shown(frame.dB),
  shown(outputsApart(frame)),
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
  picture: (result, params, act, size) => ({
    parts: [
      {name: "telling", isWide: true, html: (box) => drawReport(box, result, params)},
      lossChart(result, params, act),
      {name: "turns", html: (box) => drawQuestion(box, result, params, act)},
      ...(size === "full" ? [outputs(result, params)] : []),
    ],
    columns: [56, 44],
    dock: "case-losses",
    note: clues(result, params),
  }),
  says: clinicSays,
  readouts(result, {step}) {
    const {broken, reference, mended} = result;
    const frame = frameAt(broken, step);
    return [
      {label: ["Loss before training"], value: shown(reference.lossBefore)},
      {label: ["Training loss"], value: shown(frame.trained)},
      {label: ["Served loss"], value: shown(frame.served)},
      {label: ["Two calls differ by"], value: shown(outputsApart(frame)), note: "same inputs, at most"},
      ...(mended
        ? [
            {
              label: ["Changed, at the end"],
              value: shown(lastSnapshot(mended).served),
              note: `fixed below ${shown(MENDED * reference.lossBefore)}`,
            },
          ]
        : []),
    ];
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
    rows: runsOf(result).flatMap(({name, run}) =>
      [...new Set([...tableSteps, step])]
        .sort((one, other) => one - other)
        .map((at) => row(runNames[name], at, frameAt(run, at))),
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
    met: (result, params) => isRight(params) && isMended(result),
  },
});
