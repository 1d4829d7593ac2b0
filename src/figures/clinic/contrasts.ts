import {thousandths as shown} from "../../figure/plot/text/format.ts";
import {type FaultCause, TOO_HIGH} from "./cases.ts";
import {type ClinicResult, type ClinicRun, lastSnapshot, outputsApart} from "./readings.ts";
import {multiplier} from "./setup.ts";

/** The last frame in range. */
const lastOf = ({frames}: ClinicRun) => frames.findLast((frame) => frame !== null)!;

/** "training ends at a loss of 3.125", or the step at which it leaves the range of numbers. */
export function trainingEnds(run: ClinicRun): string {
  const end = lastSnapshot(run);
  return end
    ? `training ends at a loss of ${shown(end.trained)}`
    : `training overflows at step ${run.frames.indexOf(null)}`;
}

/** The served loss at the end of the test. */
const tested = ({test}: ClinicResult): string => {
  const end = test && lastSnapshot(test);
  return end ? shown(end.served) : "out of range";
};

const twoCalls = ({broken}: ClinicResult): string =>
  `here two calls with one input answer ${shown(outputsApart(lastOf(broken)))} apart`;

const startsAt = ({ground}: ClinicResult): string => shown(ground.untouched);

const isServedWell = (cause: FaultCause): boolean => !["twice", "dropout", "base"].includes(cause);

/** For each wrong diagnosis: what it would look like, and what is seen here instead. `cause` is what is really wrong. */
export const contrasts: Readonly<Record<FaultCause, (result: ClinicResult, cause: FaultCause) => string>> = {
  rate(result, cause) {
    const {broken} = result;
    if (cause === "factor")
      return `Were only η too high, BA would still be multiplied by α/r = ${broken.setup.alpha / broken.setup.r}; here ‖ΔW‖ is ${multiplier(broken.setup)} times ‖BA‖`;
    const most = Math.max(...broken.frames.map((frame) => frame?.trained ?? 0));
    // An η just above the bound makes the loss climb from most starts, this one from the start of every seed.
    return `With η as high as the ${TOO_HIGH} of case 1 the loss would climb above the ${startsAt(result)} it starts from, with any seed; here the highest training loss is ${shown(most)}`;
  },
  rank(result, cause) {
    const sign = "With r too small the loss would settle above 0, and fall again with a larger r";
    if (cause === "zero") return `${sign}; here it never moves from ${startsAt(result)}`;
    if (cause === "matrix") return `${sign}; here twice the rank ends at ${tested(result)}, as before`;
    if (cause === "dropout")
      return `With r too small the loss would settle above 0, but one input would have one answer; ${twoCalls(result)}`;
    return `${sign}; here ${trainingEnds(result.broken)}`;
  },
  zero: ({broken}) =>
    `With A = B = 0 both gradients would be exactly 0 at every step; here ‖∂L/∂B‖ at step 0 is ${shown(broken.frames[0]!.dB)}`,
  factor(result, cause) {
    const {broken, ground} = result;
    const sign = `Without the division BA would be multiplied by α = ${broken.setup.alpha}`;
    if (cause === "zero")
      return `${sign}, whatever BA is; here BA is 0, and the loss stays at ${shown(ground.untouched)}`;
    return `${sign}; here ‖ΔW‖ is ${multiplier(broken.setup)} times ‖BA‖, which is α/r`;
  },
  matrix: ({broken}) =>
    `With the wrong matrix adapted, a different one would have to change; here W₀ is the only one, and ${trainingEnds(broken)}`,
  twice(result, cause) {
    const sign = "Merged twice, training would go well and each call would be off by the same ΔW·x";
    if (isServedWell(cause)) return `${sign}; here ${trainingEnds(result.broken)}`;
    if (cause === "dropout") return `${sign}; ${twoCalls(result)}`;
    return `${sign}, and with the adapter off all would be well; here that leaves a loss of ${tested(result)}`;
  },
  dropout: ({broken}) =>
    `With dropout on in use, two calls with one input would differ; here they differ by exactly ${shown(outputsApart(lastOf(broken)))}`,
  base(result, cause) {
    const sign = "With another base";
    if (isServedWell(cause)) return `${sign}, training would go well; here ${trainingEnds(result.broken)}`;
    if (cause === "dropout") return `${sign} one input would still have one answer; ${twoCalls(result)}`;
    return `${sign}, the base alone would answer differently; here switching the adapter off leaves a loss of ${tested(result)}, so the rest is right`;
  },
};
