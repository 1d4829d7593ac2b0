/** The best loss of a method's runs, and how the figure writes losses. */
import {fixed} from "../../figure/plot/text/format.ts";
import {FAMILY_RATES} from "./controls.ts";
import type {MethodRuns} from "./model.ts";

/** A method's best loss, and the index of its rate in FAMILY_RATES. */
interface BestLoss {
  loss: number;
  rateIndex: number;
}

/** The best loss at a step over all rates; undefined if at every rate the run ended before it. */
export function bestLoss({losses}: MethodRuns, step: number): BestLoss | undefined {
  return losses.reduce<BestLoss | undefined>((best, run, rateIndex) => {
    const loss = run[step];
    return loss !== undefined && (!best || loss < best.loss) ? {loss, rateIndex} : best;
  }, undefined);
}

/** Losses below this are mostly rounding and are not told apart. */
const SMALLEST_PRINTED_LOSS = 1e-4;

/** A loss or a norm: "0" only if it is exactly 0, "< 0.0001" below that, four decimals below 0.1, and then three. */
export function familyLossText(loss: number): string {
  if (loss === 0) return "0";
  if (loss < SMALLEST_PRINTED_LOSS) return `< ${SMALLEST_PRINTED_LOSS}`;
  return fixed(loss, loss < 0.1 ? 4 : 3);
}

/** The loss at a step, or "out of range" if the run ended before it. */
export const familyLossTextAt = (losses: readonly number[], step: number): string => {
  const loss = losses[step];
  return loss === undefined ? "out of range" : familyLossText(loss);
};

/** A method's best loss and its rate, as text; "none" if there is no loss. */
export const bestLossText = (best: BestLoss | undefined): string =>
  best ? `${familyLossText(best.loss)} at η = ${FAMILY_RATES[best.rateIndex]}` : "none";

/** The least loss that a method can reach, as text. */
export const floorText = ({floor}: MethodRuns): string => (floor === undefined ? "no formula" : familyLossText(floor));
