import type {Matrix} from "../../engine/linalg/matrix.ts";
import {layer} from "../../figures/layer.ts";
import {panel} from "../../figures/panel.ts";
import {type Curve, curves} from "../../figures/plots/curves.ts";
import {type Measure, type Measured, measures, type Piece} from "../../figures/plots/measures.ts";
import {presses} from "../../figures/presses.ts";
import {thousandths as shown} from "../../figures/text/format.ts";
import {legend} from "../../figures/text/legend.ts";
import {sign} from "../../shell/signs.ts";
import type {Act} from "../../shell/widget.ts";
import {causes} from "./cases.ts";
import {type ClinicParams, diagnosisOf, guesses, guessOf, isRight} from "./controls.ts";
import {type OutputRow, outputRows} from "./figures/outputRows.ts";
import {type ClinicResult, caseOf, frameAt, furthest, lastInRange, type Run} from "./readings.ts";
import {configOf, diagnosisWords, lossAt, mendedWords, testWords, timesOf} from "./sentences.ts";
import {STEPS} from "./setup.ts";

const ROW = 22;
const WIDTH = 256;
/** The chart ends at this many times the loss before training; runs above it are diverging. */
const ROOM = 1.6;

const named = {broken: "as reported", test: "the test", mended: "changed"};
type Name = keyof typeof named;

/** The available runs, in the order in which they are drawn and listed. */
export const runsOf = (result: ClinicResult): readonly {name: Name; run: Run}[] =>
  (Object.keys(named) as Name[]).flatMap((name) => (result[name] ? [{name, run: result[name]}] : []));

export const titleOf = (name: Name): string => named[name];

/** Whether the served model is another function than the one that training logs. */
const isServedApart = ({setup: {serving, mode, base}}: Run): boolean =>
  serving !== "adapter" || mode === "train" || base === "changed";

export function report(picture: Element, {broken}: ClinicResult, params: ClinicParams) {
  const {title, report} = caseOf(params);
  const box = layer(picture, "div", "report");
  layer(box, "b", "title", title);
  layer(box, "p", "text", `“${report}”`);
  layer(box, "p", "config", configOf(broken.setup));
}

export function losses(picture: Element, result: ClinicResult, {step}: ClinicParams, act: Act) {
  const {ground, broken} = result;
  const all = runsOf(result).map(
    ({name, run}): Curve => ({
      name,
      label: name === "broken" ? "served" : titleOf(name),
      values: run.frames.flatMap((frame) => frame?.served ?? []),
    }),
  );
  const logged: Curve = {
    name: "logged",
    label: "training",
    values: broken.frames.flatMap((frame) => frame?.trained ?? []),
  };
  const said = runsOf(result).map(({name, run}) => `${titleOf(name)}, ${lossAt(run, step, "served")}`);
  const svg = panel(picture, "losses", {
    label: ["Loss by step"],
    width: WIDTH,
    height: 290,
    alt: `Loss at step ${step}: in training ${lossAt(broken, step, "trained")}; as served: ${said.join("; ")}`,
  });
  curves(
    svg,
    isServedApart(broken) ? [logged, ...all] : all,
    {label: "before", value: ground.untouched},
    {width: 142, height: 256, steps: STEPS, top: ROOM * ground.untouched, step, onMove: (to) => act.set({step: to})},
  );
}

const sizes = ["delta", "dA", "dB"] as const;

const formulas: Readonly<Record<(typeof sizes)[number], readonly Piece[]>> = {
  delta: ["‖", sign.dW, "‖"],
  dA: ["‖∂L/∂", sign.A, "‖"],
  dB: ["‖∂L/∂", sign.B, "‖"],
};

export function readings(picture: Element, result: ClinicResult, {step}: ClinicParams) {
  const all = runsOf(result);
  // A full bar is the largest value of a size while no run is diverging.
  const top = ROOM * result.ground.untouched;
  const calm = all.flatMap(({run}) => run.frames.flatMap((frame) => (frame && frame.served <= top ? [frame] : [])));
  const limit = (size: (typeof sizes)[number]) => Math.max(...calm.map((frame) => frame[size]));
  const rows = all.map(({name, run}): Measured => {
    const {frame, at} = lastInRange(run, step);
    const size = (of: (typeof sizes)[number]): Measure => ({
      name: of,
      formula: formulas[of],
      value: shown(frame[of]),
      share: limit(of) ? Math.min(frame[of] / limit(of), 1) : 0,
      // The factor that really multiplies BA, whatever the config says.
      note: of === "delta" && frame.product ? `= ${timesOf(frame)} · ‖BA‖` : "",
    });
    return {
      name,
      title: [titleOf(name)],
      aside: at < step ? `at step ${at}, the last in range` : `loss served ${shown(frame.served)}`,
      measures: sizes.map(size),
    };
  });
  measures(picture, rows);
}

/** The outputs for the input whose two calls differ most, or for the first input if none differ. */
export function outputs(picture: Element, result: ClinicResult, {step}: ClinicParams) {
  const {ground, broken, test, mended} = result;
  const {input} = furthest(lastInRange(broken, step).frame);
  const {rows: inputs, cols} = ground.wanted;
  const of = (m: Matrix | undefined) => m?.data.subarray(input * cols, (input + 1) * cols);
  const rows: OutputRow[] = [
    {name: "wanted", values: of(ground.wanted)},
    {name: "first call", values: of(frameAt(broken, step)?.call)},
    {name: "second call", values: of(frameAt(broken, step)?.again)},
    ...(test ? [{name: "the test", values: of(frameAt(test, step)?.call)}] : []),
    ...(mended ? [{name: "changed", values: of(frameAt(mended, step)?.call)}] : []),
  ];
  const limit = ground.wanted.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const box = layer(picture, "div", "calls");
  const svg = panel(box, "outputs", {
    label: [`Input ${input + 1} of ${inputs}, its ${cols} outputs at step ${step}`],
    width: WIDTH,
    height: rows.length * ROW,
    alt: `Rows of ${cols} outputs as colors: ${rows.map(({name, values}) => `${name}${values ? "" : " out of range"}`).join(", ")}`,
  });
  outputRows(svg, rows, {width: WIDTH, row: ROW, limit});
  legend(box, limit, "what is larger keeps the last color");
}

/** The two questions in turn: what will the test show, and what is wrong? */
export function asking(picture: Element, result: ClinicResult, params: ClinicParams, act: Act) {
  const guess = guessOf(params);
  const diagnosis = diagnosisOf(params);
  const {case: number} = params;
  const first = layer(picture, "div", "asking predicting");
  layer(
    first,
    "b",
    "label",
    `Predict: one more run, with one thing changed: ${caseOf(params).test.text}. Beside the run as reported, will the loss served at the end be lower, the same (within 5%, or both lost) or higher?`,
  );
  presses(
    first,
    Object.entries(guesses).map(([value, text]) => ({
      text,
      isPressed: value === guess,
      onPress: () => act.set({guess: `${number}-${value}`}),
    })),
    "Your prediction",
  );
  const test = testWords(result, params);
  layer(first, "p", "found", test && `${test}.`);

  const second = layer(picture, "div", "asking diagnosing");
  second.toggleAttribute("hidden", !guess);
  layer(second, "b", "label", "Diagnose: what is wrong?");
  presses(
    second,
    guess
      ? Object.entries(causes).map(([value, text]) => ({
          text,
          isPressed: value === diagnosis,
          onPress: () => act.set({diagnosis: `${number}-${value}`}),
        }))
      : [],
    "Your diagnosis",
  );
  const words = diagnosisWords(result, params);
  const mended = mendedWords(result);
  const next = isRight(params) && !mended ? ". Its control is now in the row above the picture" : "";
  layer(second, "p", "found", words && `${words}${mended ? `; ${mended}` : next}.`);
}
