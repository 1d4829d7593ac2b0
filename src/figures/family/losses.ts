/** The losses of the runs: the best of them, and how they are written. */
import {fixed} from "../../figure/plot/text/format.ts";
import {FAMILY_RATES} from "./controls.ts";
import type {MethodRuns} from "./model.ts";

/** A method's least loss, and the index of its rate in FAMILY_RATES. */
interface LowestLoss {
  loss: number;
  at: number;
}

/** The least loss at a step over all rates; undefined if every rate was too large. */
export function bestOf({losses}: MethodRuns, step: number): LowestLoss | undefined {
  return losses.reduce<LowestLoss | undefined>((best, one, at) => {
    const loss = one[step];
    return loss !== undefined && (!best || loss < best.loss) ? {loss, at} : best;
  }, undefined);
}

/** Losses below this are mostly rounding and are not told apart. */
const SMALLEST_LOSS = 1e-4;

/** A loss or a norm: only an exact 0 reads "0"; small values get four decimals. */
export function familyLossText(loss: number): string {
  if (loss === 0) return "0";
  if (loss < SMALLEST_LOSS) return `< ${SMALLEST_LOSS}`;
  return fixed(loss, loss < 0.1 ? 4 : 3);
}

/** The loss at a step, or "out of range" if the run ended before it. */
export const familyLossAt = (losses: readonly number[], step: number): string => {
  const loss = losses[step];
  return loss === undefined ? "out of range" : familyLossText(loss);
};

/** The least loss and its rate. */
export const bestText = (best: LowestLoss | undefined): string =>
  best ? `${familyLossText(best.loss)} at η = ${FAMILY_RATES[best.at]}` : "none";

/** The least loss that a method can reach. */
export const floorText = ({floor}: MethodRuns): string => (floor === undefined ? "no formula" : familyLossText(floor));
