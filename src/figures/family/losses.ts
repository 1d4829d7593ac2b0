import {fixed} from "../../figure/plot/text/format.ts";
import {type LowestLoss, type MethodRuns, RACE_RATES} from "./race.ts";

/** Losses below this are not told apart, as rounding matters there. */
export const LEAST = 1e-4;

/** A loss or a norm: only an exact 0 reads "0"; small values get four decimals. */
export function raceLossText(loss: number): string {
  if (loss === 0) return "0";
  if (loss < LEAST) return `< ${LEAST}`;
  return fixed(loss, loss < 0.1 ? 4 : 3);
}

/** The loss at a step, or a note that the run has ended before it. */
export const raceLossAt = (losses: readonly number[], step: number): string => {
  const loss = losses[step];
  return loss === undefined ? "out of range" : raceLossText(loss);
};

/** The least loss and its rate. */
export const bestText = (best: LowestLoss | undefined): string =>
  best ? `${raceLossText(best.loss)} at η = ${RACE_RATES[best.at]}` : "none";

/** The least loss that a method can reach. */
export const floorText = ({floor}: MethodRuns): string => (floor === undefined ? "no formula" : raceLossText(floor));
