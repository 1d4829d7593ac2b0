import {thousandths as shown} from "../../figure/plot/text/format.ts";
import type {ClinicParams} from "./controls.ts";
import {type ClinicResult, frameAt, lostAt, outputsApart} from "./readings.ts";
import {diagnosisWords, mendedWords, testWords} from "./sentences.ts";

function symptoms(result: ClinicResult, {case: number, step}: ClinicParams): string {
  const {broken, ground} = result;
  const before = shown(ground.untouched);
  const frame = frameAt(broken, step);
  if (!frame)
    return `Case ${number}, step ${step}: the loss was ${before} before training and overflowed at step ${lostAt(broken)}`;
  return `Case ${number}, step ${step}: the loss was ${before} before training, the training loss is now ${shown(frame.trained)} and the served loss ${shown(frame.served)}; ‖∂L/∂A‖ is ${shown(frame.dA)}, ‖∂L/∂B‖ ${shown(frame.dB)}, and two calls with the same inputs differ by ${shown(outputsApart(frame))}`;
}

/** The symptoms, then the latest result of the reader's diagnosis. */
export function summary(result: ClinicResult, params: ClinicParams): string {
  const further = diagnosisWords(result, params) || testWords(result, params);
  const mended = mendedWords(result);
  const last = further ? `${further}${mended ? `; ${mended}` : ""}` : "Predict the test, then say what is wrong";
  return `${symptoms(result, params)}. ${last}.`;
}
