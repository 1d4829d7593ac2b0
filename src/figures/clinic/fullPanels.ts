import type {Matrix} from "../../engine/linalg/matrix.ts";
import {type Measure, type MeasuredRow, type MeasurePiece, measures} from "../../figure/plot/charts/measures.ts";
import {layer} from "../../figure/plot/layer.ts";
import {panel} from "../../figure/plot/panel.ts";
import {thousandths as shown} from "../../figure/plot/text/format.ts";
import {legend} from "../../figure/plot/text/legend.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Act} from "../../figure/widget.ts";
import {largestEntry} from "../shared/largestEntry.ts";
import {type ClinicParams, clinicGuess, isRight} from "./controls.ts";
import {type OutputRow, outputRows} from "./drawing/outputRows.ts";
import {diagnosing, predicting, runsOf, runTitle} from "./panels.ts";
import {type ClinicResult, frameAt, furthest, lastInRange} from "./readings.ts";
import {diagnosisWords, mendedWords, timesOf} from "./sentences.ts";

const ROW = 22;
const WIDTH = 256;
/** Runs above this many times the loss before training are diverging. */
const CALM = 1.6;

const sizes = ["delta", "dA", "dB"] as const;

const formulas: Readonly<Record<(typeof sizes)[number], readonly MeasurePiece[]>> = {
  delta: ["‖", symbol.dW, "‖"],
  dA: ["‖∂L/∂", symbol.A, "‖"],
  dB: ["‖∂L/∂", symbol.B, "‖"],
};

export function readings(picture: Element, result: ClinicResult, {step}: ClinicParams) {
  const all = runsOf(result);
  // A full bar is the largest value of a size while no run is diverging.
  const top = CALM * result.ground.untouched;
  const calm = all.flatMap(({run}) => run.frames.flatMap((frame) => (frame && frame.served <= top ? [frame] : [])));
  const limit = (size: (typeof sizes)[number]) => Math.max(...calm.map((frame) => frame[size]));
  const rows = all.map(({name, run}): MeasuredRow => {
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
      title: [runTitle(name)],
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
  const limit = largestEntry(ground.wanted);
  const box = layer(picture, "div", "calls");
  const svg = panel(box, "outputs", {
    label: [`Input ${input + 1} of ${inputs}, its ${cols} outputs at step ${step}`],
    width: WIDTH,
    height: rows.length * ROW,
    alt: `Rows of ${cols} outputs as colors: ${rows.map(({name, values}) => `${name}${values ? "" : " out of range"}`).join(", ")}`,
  });
  outputRows(svg, rows, {width: WIDTH, row: ROW, limit});
  legend(box, limit, "larger values keep the last color");
}

/** The two questions in turn: what will the test show, and what is wrong? */
export function asking(picture: Element, result: ClinicResult, params: ClinicParams, act: Act) {
  predicting(picture, result, params, act);
  const second = layer(picture, "div", "asking diagnosing");
  second.toggleAttribute("hidden", !clinicGuess(params));
  diagnosing(second, params, act);
  const words = diagnosisWords(result, params);
  const mended = mendedWords(result);
  const next = isRight(params) && !mended ? ". Its control is now in the row above the picture" : "";
  layer(second, "p", "found", words && `${words}${mended ? `; ${mended}` : next}.`);
}
