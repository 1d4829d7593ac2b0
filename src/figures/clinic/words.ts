/** The sentences of the clinic: the symptoms of a run, what speaks against a wrong diagnosis, and the remedies. */
import {fixed, thousandths as shown} from "../../figure/plot/text/format.ts";
import {type ClinicSetup, type FaultCause, leastOf, multiplier, TOO_HIGH} from "./cases.ts";
import {type ClinicParams, type ClinicSnapshot, clinicGuess, diagnosisOf, isRight} from "./model.ts";
import {
  type ClinicResult,
  type ClinicRun,
  clinicCase,
  frameAt,
  isMended,
  isServedApart,
  lastSnapshot,
  MENDED,
  outputsApart,
  testOutcome,
} from "./readings.ts";

/** The configuration in the report. */
export const configOf = ({r, alpha, rate, on}: ClinicSetup): string =>
  `r = ${r}, α = ${alpha}, η = ${rate}, AdamW${on === "layer" ? "" : `, adapter on ${on === "first" ? "W₁" : "W₂"}`}`;

/** ‖ΔW‖ / ‖BA‖, or "–" while BA is 0. */
export const timesOf = ({delta, product}: ClinicSnapshot): string => (product ? shown(delta / product) : "–");

/** "training ends at a loss of 3.125". */
const trainingEnds = (run: ClinicRun): string => `training ends at a loss of ${shown(lastSnapshot(run).trained)}`;

/** The served loss at the end of the test. */
const tested = ({test}: ClinicResult): string => (test ? shown(lastSnapshot(test).served) : "–");

/** The highest training loss. */
const highest = ({broken}: ClinicResult): string =>
  shown(Math.max(...broken.frames.map(({trained}) => trained))).replace(">", "over");

/** How far two calls differ at the end. */
const twoCalls = ({broken}: ClinicResult): string =>
  `here two calls with one input answer ${shown(outputsApart(lastSnapshot(broken)))} apart`;

/** The loss before training. */
const startsAt = ({reference}: ClinicResult): string => shown(reference.lossBefore);

/** Whether runs with this cause fail in training already, and not only when they are served. */
const failsInTraining = (cause: FaultCause): boolean => !["factor", "twice", "dropout", "base"].includes(cause);

/** For each wrong diagnosis, what the run would look like and what it looks like instead. `cause` is what is really wrong. */
const contrasts: Readonly<Record<FaultCause, (result: ClinicResult, cause: FaultCause) => string>> = {
  rate(result, cause) {
    const {broken} = result;
    if (cause === "factor")
      return `Were only η too high, BA would still be multiplied by α/r = ${broken.setup.alpha / broken.setup.r}; here ‖ΔW‖ is ${multiplier(broken.setup)} times ‖BA‖`;
    return `With η as high as the ${TOO_HIGH} of case 1 the loss would climb above the ${startsAt(result)} it starts from, with any seed; here the highest training loss is ${highest(result)}`;
  },
  rank(result, cause) {
    const sign = "With r too small the loss would settle above 0, and fall again with a larger r";
    if (cause === "zero") return `${sign}; here it never moves from ${startsAt(result)}`;
    if (cause === "matrix") return `${sign}; here twice the rank ends at ${tested(result)}, as before`;
    if (cause === "dropout")
      return `With r too small the loss would settle above 0, but one input would have one answer; ${twoCalls(result)}`;
    if (cause === "rate") return `${sign}; here it first climbs to ${highest(result)}`;
    return `${sign}; here ${trainingEnds(result.broken)}`;
  },
  zero: ({broken}) =>
    `With A = B = 0 both gradients would be exactly 0 at every step; here ‖∂L/∂B‖ at step 0 is ${shown(broken.frames[0]!.dB)}`,
  factor(result, cause) {
    const {broken, reference} = result;
    const sign = `Without the division BA would in use be multiplied by α = ${broken.setup.alpha}`;
    if (cause === "zero")
      return `${sign}, whatever BA is; here BA is 0, and the loss stays at ${shown(reference.lossBefore)}`;
    return `${sign}; here ‖ΔW‖ is ${multiplier(broken.setup)} times ‖BA‖, which is α/r`;
  },
  matrix: ({broken}) =>
    `With the wrong matrix adapted, a different one would have to change; here W₀ is the only one, and ${trainingEnds(broken)}`,
  twice(result, cause) {
    const sign = "Merged twice, training would go well and each call would be off by the same ΔW·x";
    if (failsInTraining(cause)) return `${sign}; here ${trainingEnds(result.broken)}`;
    if (cause === "factor")
      return `Merged twice, a perfect run would be served about as wrong as before training, at ${startsAt(result)}; here it is served at ${shown(lastSnapshot(result.broken).served)}`;
    if (cause === "dropout") return `${sign}; ${twoCalls(result)}`;
    return `${sign}, and with the adapter off all would be well; here that leaves a loss of ${tested(result)}`;
  },
  dropout: ({broken}) =>
    `With dropout on in use, two calls with one input would differ; here they differ by exactly ${shown(outputsApart(lastSnapshot(broken)))}`,
  base(result, cause) {
    const sign = "With another base";
    const {setup} = result.broken;
    if (cause === "factor")
      return `${sign}, ΔW would still be α/r = ${setup.alpha / setup.r} times BA; here ‖ΔW‖ is ${multiplier(setup)} times ‖BA‖`;
    if (failsInTraining(cause)) return `${sign}, training would go well; here ${trainingEnds(result.broken)}`;
    if (cause === "dropout") return `${sign} one input would still have one answer; ${twoCalls(result)}`;
    return `${sign}, the base alone would answer differently; here switching the adapter off leaves a loss of ${tested(result)}, so the rest is right`;
  },
};

/** Why each cause has its symptoms, and how to fix it, as phrases without a period. `short` says both, for the card. */
const remedies: Readonly<Record<FaultCause, {why(result: ClinicResult): string; how: string; short: string}>> = {
  rate: {
    why: () =>
      "η is too high: the first steps overshoot so far that AdamW’s averages fill with huge gradients, after which its steps are too small to learn, and weight decay, which grows with η, shrinks A and B to nothing",
    how: "lower η",
    short: "The first steps overshoot so far that AdamW never recovers, and its weight decay empties A and B: lower η",
  },
  rank: {
    why: ({broken}) =>
      `r is too small: no ΔW of rank ${broken.setup.r} gets below a loss of ${shown(leastOf(broken.setup.r))}, from any start`,
    how: "raise r",
    short: "No ΔW of this rank can make the change, whatever the start: raise r",
  },
  zero: {
    why: () => "A = B = 0: each gradient has the other matrix as a factor, so both are exactly 0 at every step",
    how: "start one of the two at random",
    short: "With A = B = 0 each gradient contains the other matrix, so both stay 0: start one at random",
  },
  factor: {
    why: ({broken: {setup}}) =>
      `in use BA is multiplied by α = ${setup.alpha} where α/r = ${setup.alpha / setup.r} was meant, so ΔW is r times too strong`,
    how: "divide by r",
    short: "In use BA is multiplied by α instead of α/r, so ΔW is r times too strong: divide by r",
  },
  matrix: {
    why: ({broken}) =>
      `the adapter sits on the wrong matrix: the new outputs lie outside what W₂ can write, so no change of W₁ gets below ${shown(lastSnapshot(broken)!.trained)}`,
    how: "adapt W₂ (which matrix of a transformer has to change depends on the task: chapter 5)",
    short: "Adapting W₁ can only reach outputs that W₂ can write, and the new ones are not among them: adapt W₂",
  },
  twice: {
    why: () => "ΔW is in the weights and the adapter adds it again, so each output is off by ΔW·x",
    how: "switch off one of the two",
    short: "ΔW is already in the weights and the adapter adds it again: switch one of them off",
  },
  dropout: {
    why: () => "dropout is still on, so each call drops different entries of what the adapter reads",
    how: "switch to eval mode",
    short: "Dropout is still on, so each call drops different entries: switch to eval mode",
  },
  base: {
    why: () => "ΔW was trained on another base, and added to the new one it leads elsewhere",
    how: "serve the base it was trained on, or train again on the new one",
    short: "ΔW was trained on another base: serve it with that one, or train again",
  },
};

/** How outcomes of the test are written. */
const outcomes = {lower: "lower", same: "the same", higher: "higher"};

/** What came of the test, and whether it was predicted; empty before that. */
export function outcomeWords(result: ClinicResult, params: ClinicParams): string {
  const guess = clinicGuess(params);
  const found = testOutcome(result);
  if (!guess || !found) return "";
  const said = guess === "skip" ? "" : guess === found ? ", as you predicted" : `, not ${outcomes[guess]}`;
  return `${outcomes[found]}${said}`;
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
  const {mended, reference} = result;
  if (!mended) return "";
  const ends = `its served loss ends at ${shown(lastSnapshot(mended).served)}`;
  return isMended(result)
    ? `fixed, ${ends}`
    : `changed, ${ends}, still above ${shown(MENDED * reference.lossBefore)}, below which it counts as fixed`;
}

/** A loss in a picture and its sentence. */
export const lossSaid = (loss: number): string => (loss < 0.005 ? "< 0.01" : loss < 100 ? fixed(loss, 2) : shown(loss));

/** The puzzle: what the person asks, and the loss now. */
function puzzle({broken, reference}: ClinicResult, params: ClinicParams): string {
  const {title} = clinicCase(params);
  const {trained, served} = frameAt(broken, params.step);
  return isServedApart(broken)
    ? `${title}: at step ${params.step} the loss is ${lossSaid(trained)} in training, but in use it is ${lossSaid(served)}.`
    : `${title}: the loss was ${lossSaid(reference.lossBefore)} before training, and at step ${params.step} it is ${lossSaid(served)}.`;
}

/** What the run looks like, or once the reader has answered, what came out; then what only Explore says. */
export function clinicSays(result: ClinicResult, params: ClinicParams): readonly [card: string, more: string] {
  const {broken, reference, mended, test} = result;
  const {case: number, step} = params;
  const frame = frameAt(broken, step);
  const before = shown(reference.lossBefore);
  const gradients = `‖∂L/∂A‖ is ${shown(frame.dA)}, ‖∂L/∂B‖ ${shown(frame.dB)}, and two calls with the same inputs differ by ${shown(outputsApart(frame))}.`;
  const symptoms = `case ${number}, step ${step}: the loss was ${before} before training, the training loss is now ${shown(frame.trained)} and the served loss ${shown(frame.served)}; ${gradients}`;
  const words = diagnosisWords(result, params);
  if (isRight(params)) {
    const card = !mended
      ? remedies[clinicCase(params).cause].short
      : isMended(result)
        ? `Fixed: the served loss ends at ${shown(lastSnapshot(mended).served)}; before training it was ${before}`
        : `Changed, but not fixed: it ends at a served loss of ${shown(lastSnapshot(mended).served)}`;
    return [`${card}.`, [words, mendedWords(result), symptoms].filter(Boolean).join("; ")];
  }
  const outcome = outcomeWords(result, params);
  if (test && outcome) {
    const ends = [test, broken].map((run) => shown(lastSnapshot(run).served));
    const {text} = clinicCase(params).test;
    return [
      `The test run ends at a served loss of ${ends[0]}, the reported one at ${ends[1]}: ${outcome}.`,
      `${words || `The test was ${text}`}; ${symptoms}`,
    ];
  }
  return [
    puzzle(result, params),
    `In case ${number} the training loss is ${shown(frame.trained)} and the served loss ${shown(frame.served)}; ${gradients}`,
  ];
}
