/** The sentences of the clinic: the symptoms of a run, why a diagnosis is wrong, and how to fix the run. */
import {fixed, significant, thousandths} from "../../figure/plot/text/format.ts";
import {type CaseNumber, type ClinicSetup, cases, type FaultCause, leastLossOf, multiplier} from "./cases.ts";
import {type ClinicParams, clinicGuess, diagnosisOf, isRight} from "./model.ts";
import {
  type ClinicResult,
  FIXED_SHARE,
  isFixed,
  isServedApart,
  lastSnapshot,
  snapshotAt,
  testOutcome,
} from "./readings.ts";

/** The configuration in the report. */
export const configText = ({r, alpha, rate, on}: ClinicSetup): string =>
  `r = ${r}, α = ${alpha}, η = ${rate}, AdamW${on === "layer" ? "" : `, adapter on ${on === "first" ? "W₁" : "W₂"}`}`;

/** A loss as the picture and the card's sentence have it: two decimals. */
export const lossText = (loss: number): string =>
  loss < 0.005 ? "< 0.01" : loss < 100 ? fixed(loss, 2) : thousandths(loss);

/** The highest training loss of the broken run. */
const highestLossText = ({broken}: ClinicResult): string =>
  thousandths(Math.max(...broken.frames.map(({trainingLoss}) => trainingLoss))).replace(">", "over");
/** "training ends at a loss of 3.125" */
const trainingEndText = ({broken}: ClinicResult): string =>
  `training ends at a loss of ${thousandths(lastSnapshot(broken).trainingLoss)}`;
/** The served loss at the end of the test; "–" before its run is complete. */
const testLossText = ({test}: ClinicResult): string => (test ? thousandths(lastSnapshot(test).servedLoss) : "–");

/** For each case, what was measured that no other cause would bring about. */
const evidence: Readonly<Record<CaseNumber, (result: ClinicResult) => string>> = {
  1: (result) => `the training loss first climbs to ${highestLossText(result)}`,
  2: trainingEndText,
  3: ({lossBefore}) => `the loss never moves from ${thousandths(lossBefore)}`,
  4: (result) => {
    const {setup} = result.broken;
    return `${trainingEndText(result)}, and ‖ΔW‖ is ${multiplier(setup)} times ‖BA‖, where α/r is ${setup.alpha / setup.r}`;
  },
  5: (result) => `${trainingEndText(result)}, and with twice the rank at ${testLossText(result)}`,
  6: (result) => `${trainingEndText(result)}, and ΔW merged alone is served at ${testLossText(result)}`,
  7: ({broken}) => `two calls with one input answer ${thousandths(lastSnapshot(broken).callDifference)} apart`,
  8: (result) => `${trainingEndText(result)}, and with the adapter off a loss of ${testLossText(result)} is left`,
};

/** For each wrong diagnosis, what the run would look like, and what it looks like instead. */
const contrasts: Readonly<Record<FaultCause, (result: ClinicResult, evidenceText: string) => string>> = {
  rate: (result) =>
    `With η too high the loss would climb above the ${thousandths(result.lossBefore)} it starts from; here it is ${highestLossText(result)} at most`,
  rank: (_, evidenceText) =>
    `With r too small the loss would fall and settle above 0, in use as in training; here ${evidenceText}`,
  zero: ({broken}) =>
    `With A = B = 0 both gradients would be exactly 0 at every step; here ‖∂L/∂B‖ at step 0 is ${thousandths(broken.frames[0]!.gradientNormB)}`,
  factor({broken}) {
    const {setup} = broken;
    const ratioText = lastSnapshot(broken).productNorm ? `it is ${multiplier(setup)} times, which is α/r` : "BA is 0";
    return `Without the division, ‖ΔW‖ would in use be α = ${setup.alpha} times ‖BA‖; here ${ratioText}`;
  },
  matrix: (result) =>
    `With the wrong matrix adapted, a different one would have to change; here W₀ is the only one, and ${trainingEndText(result)}`,
  twice: (_, evidenceText) =>
    `Merged twice, training would go well, and the served model would be right without the adapter; here ${evidenceText}`,
  dropout: ({broken}) =>
    `With dropout on in use, two calls with one input would differ; here they differ by exactly ${thousandths(lastSnapshot(broken).callDifference)}`,
  base: (_, evidenceText) =>
    `With another base, training would go well, and the base alone would be off, too; here ${evidenceText}`,
};

/** Why each cause has its symptoms, and how to fix it. */
const remedies: Readonly<Record<FaultCause, string>> = {
  rate: "The first steps overshoot so far that AdamW never recovers, and its weight decay empties A and B: lower η",
  rank: `With r too small, no ΔW of rank 2 gets below a loss of ${thousandths(leastLossOf(2))}, from any start: raise r`,
  zero: "With A = B = 0 each gradient contains the other matrix, so both stay 0: start one at random",
  factor: "In use BA is multiplied by α instead of α/r, so ΔW is r times too strong: divide by r",
  matrix: "Adapting W₁ can only reach outputs that W₂ can write, and the new ones are not among them: adapt W₂",
  twice: "ΔW is already in the weights and the adapter adds it again: switch one of them off",
  dropout: "Dropout is still on, so each call drops different entries: switch to eval mode",
  base: "ΔW was trained on another base: serve it with that one, or train again",
};

/** How the test ended, and whether the reader predicted that; empty before it has. */
function outcomeWords(result: ClinicResult, params: ClinicParams): string {
  const guess = clinicGuess(params);
  const outcome = testOutcome(result);
  if (!guess || !outcome) return "";
  const words = {lower: "lower", same: "the same", higher: "higher"};
  const comparison = guess === "skip" ? "" : guess === outcome ? ", as you predicted" : `, not ${words[guess]}`;
  return `The test ends ${words[outcome]}${comparison}`;
}

/** Why a wrong diagnosis does not fit, or what follows from the right one; empty before the reader has made one. */
export function diagnosisWords(result: ClinicResult, params: ClinicParams): string {
  const diagnosis = diagnosisOf(params);
  if (!diagnosis) return "";
  return isRight(params) ? remedies[diagnosis] : contrasts[diagnosis](result, evidence[params.case](result));
}

/** Measurements that tell causes apart if the loss does not: gradients, calls that differ, and the scale of ΔW. */
export function cluesText({broken}: ClinicResult, {step}: ClinicParams): string {
  const {gradientNormA, gradientNormB, callDifference, deltaNorm, productNorm} = snapshotAt(broken, step);
  const ratio = productNorm ? `‖ΔW‖ is ${significant(deltaNorm / productNorm, 2)} times ‖BA‖` : "ΔW is 0";
  return `‖∂L/∂A‖ ${thousandths(gradientNormA)}, ‖∂L/∂B‖ ${thousandths(gradientNormB)}; two calls with one input differ by ${thousandths(callDifference)}; ${ratio}`;
}

/** The sentence of the card: the puzzle; later the outcome of the reader's test, diagnosis and fix. */
function cardWords(result: ClinicResult, params: ClinicParams): string {
  const {broken, lossBefore, changed, test} = result;
  const before = thousandths(lossBefore);
  if (changed) {
    const end = thousandths(lastSnapshot(changed).servedLoss);
    return isFixed(result)
      ? `Fixed: the served loss ends at ${end}; before training it was ${before}`
      : `Changed, but not fixed: the served loss ends at ${end}, still above ${thousandths(FIXED_SHARE * lossBefore)}`;
  }
  if (isRight(params)) return diagnosisWords(result, params);
  if (test) {
    const [testLoss, reportedLoss] = [test, broken].map((run) => thousandths(lastSnapshot(run).servedLoss));
    return `${outcomeWords(result, params)}: at a served loss of ${testLoss}, where the reported run ends at ${reportedLoss}`;
  }
  const {title} = cases[params.case];
  const {trainingLoss, servedLoss} = snapshotAt(broken, params.step);
  return isServedApart(broken)
    ? `${title}: at step ${params.step} the loss is ${lossText(trainingLoss)} in training, but in use it is ${lossText(servedLoss)}`
    : `${title}: the loss was ${lossText(lossBefore)} before training, and at step ${params.step} it is ${lossText(servedLoss)}`;
}

/** The card's sentence; then, for Explore, the reasons for or against a diagnosis, and all symptoms. */
export function clinicSays(result: ClinicResult, params: ClinicParams): readonly [card: string, more: string] {
  const {case: number, step} = params;
  const {trainingLoss, servedLoss} = snapshotAt(result.broken, step);
  const card = cardWords(result, params);
  const diagnosis = diagnosisWords(result, params);
  const symptoms = `case ${number} at step ${step}: training loss ${thousandths(trainingLoss)}, served loss ${thousandths(servedLoss)}, before training ${thousandths(result.lossBefore)}; ${cluesText(result, params)}`;
  return [`${card}.`, `${diagnosis && diagnosis !== card ? `${diagnosis}; ` : "In "}${symptoms}.`];
}
