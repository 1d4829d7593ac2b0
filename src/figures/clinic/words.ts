/** The sentences of the clinic: the symptoms of a run, what speaks against a wrong diagnosis, and the remedies. */
import {fixed, thousandths as shown, significant} from "../../figure/plot/text/format.ts";
import {type CaseNumber, type ClinicSetup, cases, type FaultCause, leastOf, multiplier} from "./cases.ts";
import {type ClinicParams, clinicGuess, diagnosisOf, isRight} from "./model.ts";
import {type ClinicResult, frameAt, isMended, isServedApart, lastSnapshot, MENDED, testOutcome} from "./readings.ts";

/** The configuration in the report. */
export const configOf = ({r, alpha, rate, on}: ClinicSetup): string =>
  `r = ${r}, α = ${alpha}, η = ${rate}, AdamW${on === "layer" ? "" : `, adapter on ${on === "first" ? "W₁" : "W₂"}`}`;

/** A loss in a picture and its sentence. */
export const lossText = (loss: number): string => (loss < 0.005 ? "< 0.01" : loss < 100 ? fixed(loss, 2) : shown(loss));

/** The highest training loss. */
const highest = ({broken}: ClinicResult): string =>
  shown(Math.max(...broken.frames.map(({trained}) => trained))).replace(">", "over");
/** "training ends at a loss of 3.125" */
const trainingEnds = ({broken}: ClinicResult): string =>
  `training ends at a loss of ${shown(lastSnapshot(broken).trained)}`;
/** The served loss at the end of the test. */
const tested = ({test}: ClinicResult): string => (test ? shown(lastSnapshot(test).served) : "–");

/** For each case, what was measured that no other cause would bring about. */
const evidence: Readonly<Record<CaseNumber, (result: ClinicResult) => string>> = {
  1: (result) => `the training loss first climbs to ${highest(result)}`,
  2: trainingEnds,
  3: ({lossBefore}) => `the loss never moves from ${shown(lossBefore)}`,
  4: (result) => {
    const {setup} = result.broken;
    return `${trainingEnds(result)}, and ‖ΔW‖ is ${multiplier(setup)} times ‖BA‖, where α/r is ${setup.alpha / setup.r}`;
  },
  5: (result) => `${trainingEnds(result)}, and with twice the rank at ${tested(result)}`,
  6: (result) => `${trainingEnds(result)}, and ΔW merged alone is served at ${tested(result)}`,
  7: ({broken}) => `two calls with one input answer ${shown(lastSnapshot(broken).apart)} apart`,
  8: (result) => `${trainingEnds(result)}, and with the adapter off a loss of ${tested(result)} is left`,
};

/** For each wrong diagnosis, what the run would look like, and what it looks like instead. */
const contrasts: Readonly<Record<FaultCause, (result: ClinicResult, evidence: string) => string>> = {
  rate: (result) =>
    `With η too high the loss would climb above the ${shown(result.lossBefore)} it starts from; here it is ${highest(result)} at most`,
  rank: (_, found) => `With r too small the loss would fall and settle above 0, in use as in training; here ${found}`,
  zero: ({broken}) =>
    `With A = B = 0 both gradients would be exactly 0 at every step; here ‖∂L/∂B‖ at step 0 is ${shown(broken.frames[0]!.dB)}`,
  factor({broken}) {
    const {setup} = broken;
    const found = lastSnapshot(broken).product ? `it is ${multiplier(setup)} times, which is α/r` : "BA is 0";
    return `Without the division, ‖ΔW‖ would in use be α = ${setup.alpha} times ‖BA‖; here ${found}`;
  },
  matrix: (result) =>
    `With the wrong matrix adapted, a different one would have to change; here W₀ is the only one, and ${trainingEnds(result)}`,
  twice: (_, found) =>
    `Merged twice, training would go well, and the served model would be right without the adapter; here ${found}`,
  dropout: ({broken}) =>
    `With dropout on in use, two calls with one input would differ; here they differ by exactly ${shown(lastSnapshot(broken).apart)}`,
  base: (_, found) => `With another base, training would go well, and the base alone would be off, too; here ${found}`,
};

/** Why each cause has its symptoms, and how to fix it. */
const remedies: Readonly<Record<FaultCause, string>> = {
  rate: "The first steps overshoot so far that AdamW never recovers, and its weight decay empties A and B: lower η",
  rank: `With r too small, no ΔW of rank 2 gets below a loss of ${shown(leastOf(2))}, from any start: raise r`,
  zero: "With A = B = 0 each gradient contains the other matrix, so both stay 0: start one at random",
  factor: "In use BA is multiplied by α instead of α/r, so ΔW is r times too strong: divide by r",
  matrix: "Adapting W₁ can only reach outputs that W₂ can write, and the new ones are not among them: adapt W₂",
  twice: "ΔW is already in the weights and the adapter adds it again: switch one of them off",
  dropout: "Dropout is still on, so each call drops different entries: switch to eval mode",
  base: "ΔW was trained on another base: serve it with that one, or train again",
};

/** What came of the test, and whether it was predicted; empty before that. */
function outcomeWords(result: ClinicResult, params: ClinicParams): string {
  const guess = clinicGuess(params);
  const found = testOutcome(result);
  if (!guess || !found) return "";
  const words = {lower: "lower", same: "the same", higher: "higher"};
  const verdict = guess === "skip" ? "" : guess === found ? ", as you predicted" : `, not ${words[guess]}`;
  return `The test ends ${words[found]}${verdict}`;
}

/** What speaks against a wrong diagnosis, or follows from the right one; empty without one. */
export function diagnosisWords(result: ClinicResult, params: ClinicParams): string {
  const diagnosis = diagnosisOf(params);
  if (!diagnosis) return "";
  return isRight(params) ? remedies[diagnosis] : contrasts[diagnosis](result, evidence[params.case](result));
}

/** What else is measured, which tells causes apart between which the loss does not decide. */
export function clues({broken}: ClinicResult, {step}: ClinicParams): string {
  const {dA, dB, apart, delta, product} = frameAt(broken, step);
  const ratio = product ? `‖ΔW‖ is ${significant(delta / product, 2)} times ‖BA‖` : "ΔW is 0";
  return `‖∂L/∂A‖ ${shown(dA)}, ‖∂L/∂B‖ ${shown(dB)}; two calls with one input differ by ${shown(apart)}; ${ratio}`;
}

/** The sentence of the card: the puzzle, then what came of the reader's test, diagnosis and change. */
function cardWords(result: ClinicResult, params: ClinicParams): string {
  const {broken, lossBefore, mended, test} = result;
  const before = shown(lossBefore);
  if (mended) {
    const end = shown(lastSnapshot(mended).served);
    return isMended(result)
      ? `Fixed: the served loss ends at ${end}; before training it was ${before}`
      : `Changed, but not fixed: the served loss ends at ${end}, still above ${shown(MENDED * lossBefore)}`;
  }
  if (isRight(params)) return diagnosisWords(result, params);
  if (test) {
    const [tested, reported] = [test, broken].map((run) => shown(lastSnapshot(run).served));
    return `${outcomeWords(result, params)}: at a served loss of ${tested}, where the reported run ends at ${reported}`;
  }
  const {title} = cases[params.case];
  const {trained, served} = frameAt(broken, params.step);
  return isServedApart(broken)
    ? `${title}: at step ${params.step} the loss is ${lossText(trained)} in training, but in use it is ${lossText(served)}`
    : `${title}: the loss was ${lossText(lossBefore)} before training, and at step ${params.step} it is ${lossText(served)}`;
}

/** What has come out so far; then the diagnosis and all symptoms. */
export function clinicSays(result: ClinicResult, params: ClinicParams): readonly [card: string, more: string] {
  const {case: number, step} = params;
  const {trained, served} = frameAt(result.broken, step);
  const card = cardWords(result, params);
  const diagnosis = diagnosisWords(result, params);
  const symptoms = `case ${number} at step ${step}: training loss ${shown(trained)}, served loss ${shown(served)}, before training ${shown(result.lossBefore)}; ${clues(result, params)}`;
  return [`${card}.`, `${diagnosis && diagnosis !== card ? `${diagnosis}; ` : "In "}${symptoms}.`];
}
