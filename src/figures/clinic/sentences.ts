import {thousandths as shown} from "../../figure/plot/text/format.ts";
import {contrasts} from "./contrasts.ts";
import {type ClinicParams, clinicGuess, diagnosisOf, isRight} from "./controls.ts";
import {
  type ClinicResult,
  type ClinicRun,
  clinicCase,
  frameAt,
  isMended,
  lastSnapshot,
  lostAt,
  MENDED,
  testOutcome,
} from "./readings.ts";
import {remedies} from "./remedies.ts";
import type {ClinicSetup} from "./setup.ts";
import type {ClinicSnapshot} from "./snapshot.ts";

/** The configuration in the report. */
export const configOf = ({r, alpha, rate, on}: ClinicSetup): string =>
  `r = ${r}, α = ${alpha}, η = ${rate}, SGD${on === "layer" ? "" : `, adapter on ${on === "first" ? "W₁" : "W₂"}`}`;

/** The loss at a step, or "out of range". */
export const lossOfRun = (run: ClinicRun, step: number, of: "trained" | "served"): string => {
  const frame = frameAt(run, step);
  return frame ? shown(frame[of]) : "out of range";
};

/** ‖ΔW‖ / ‖BA‖, or "–" while BA is 0. */
export const timesOf = ({delta, product}: ClinicSnapshot): string => (product ? shown(delta / product) : "–");

/** "ends at a served loss of 3.125", or the step at which it overflows. */
function servedEnds(run: ClinicRun): string {
  const end = lastSnapshot(run);
  return end ? `ends at a served loss of ${shown(end.served)}` : `overflows at step ${lostAt(run)}`;
}

const outcomes = {lower: "lower", same: "the same", higher: "higher"};

/** The result of the test and whether it was predicted; empty before the prediction. */
export function testWords(result: ClinicResult, params: ClinicParams): string {
  const guess = clinicGuess(params);
  const found = testOutcome(result);
  if (!guess || !found || !result.test) return "";
  const said = guess === "skip" ? "" : guess === found ? ", as you predicted" : `; you predicted ${outcomes[guess]}`;
  const {text} = clinicCase(params).test;
  return `The test, ${text}, ${servedEnds(result.test)}; the run as reported ${servedEnds(result.broken)}: ${outcomes[found]}${said}`;
}

/** What follows from the diagnosis; empty without one. */
export function diagnosisWords(result: ClinicResult, params: ClinicParams): string {
  const diagnosis = diagnosisOf(params);
  if (!diagnosis) return "";
  const {cause} = clinicCase(params);
  if (!isRight(params)) return contrasts[diagnosis](result, cause);
  const {why, how} = remedies[cause];
  return `Cause: ${why(result)}; to fix it, ${how}`;
}

/** How the mended run ends; empty before the fix. */
export function mendedWords(result: ClinicResult): string {
  const {mended} = result;
  if (!mended) return "";
  const end = lastSnapshot(mended);
  if (!end) return `changed, it overflows at step ${lostAt(mended)}`;
  const ends = `its served loss ends at ${shown(end.served)}`;
  return isMended(result)
    ? `fixed, ${ends}`
    : `changed, ${ends}, still above ${shown(MENDED * result.ground.untouched)}, below which it counts as fixed`;
}

/** The same for the card: what the run looks like, and once the reader has answered, what came out. */
export function says(result: ClinicResult, params: ClinicParams): string {
  const {broken, ground, mended, test} = result;
  if (mended)
    return isMended(result)
      ? `Fixed: the served loss ends at ${lossOfRun(mended, mended.frames.length - 1, "served")}; before training it was ${shown(ground.untouched)}.`
      : `Changed, but not fixed: it ${servedEnds(mended)}.`;
  if (isRight(params)) return `${remedies[clinicCase(params).cause].short}.`;
  const found = testOutcome(result);
  if (test && found) {
    const guess = clinicGuess(params);
    const said = guess === "skip" ? "" : guess === found ? ", as you predicted" : `, not ${outcomes[guess!]}`;
    return `The test run ${servedEnds(test)}: ${outcomes[found]}${said}.`;
  }
  const lost = lostAt(broken);
  const before = `Before training the loss was ${shown(ground.untouched)}`;
  if (lost !== undefined && lost <= params.step) return `${before}. At step ${lost} it overflowed.`;
  return `${before}. At step ${params.step} the training loss is ${lossOfRun(broken, params.step, "trained")}, and the served loss is ${lossOfRun(broken, params.step, "served")}.`;
}
