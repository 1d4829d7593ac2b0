/** The runs that the clinic shows, and what can be read from them: the outcome of a test, and whether a fix worked. */
import type {Frames} from "../../figure/widget.ts";
import {brokenOf, CLINIC_STEPS, type ClinicSetup} from "./cases.ts";
import {type ClinicParams, type ClinicSnapshot, clinicBeside} from "./model.ts";

/** A run with its setup. */
export interface ClinicRun {
  setup: ClinicSetup;
  frames: readonly ClinicSnapshot[];
}

/** What the figure shows. */
export interface ClinicResult {
  /** The loss before training. */
  lossBefore: number;
  /** The run of the case, as far as it has been computed. */
  broken: ClinicRun;
  /** After the reader's guess on the test, once its run is complete. */
  test?: ClinicRun;
  /** After the reader used the control that fixes the case, once its run is complete. */
  changed?: ClinicRun;
}

/** The result, from the broken run and the runs beside it. */
export function readClinic(
  frames: Frames<ClinicSnapshot>,
  params: ClinicParams,
  beside: readonly Frames<ClinicSnapshot>[],
): ClinicResult {
  const [test, changed] = clinicBeside(params).map((setup, i): ClinicRun | undefined => {
    const run = beside[i];
    return run && run.length > CLINIC_STEPS ? {setup, frames: run} : undefined;
  });
  const broken = {setup: brokenOf(params.case, params.seed), frames};
  return {lossBefore: frames[0]!.lossBefore, broken, ...(test && {test}), ...(changed && {changed})};
}

/** The snapshot at a step, or the last so far. */
export const snapshotAt = ({frames}: ClinicRun, step: number): ClinicSnapshot => frames[step] ?? frames.at(-1)!;
/** The last snapshot so far. */
export const lastSnapshot = ({frames}: ClinicRun): ClinicSnapshot => frames.at(-1)!;

/** Losses count as the same if they differ by at most this share of the broken run's. */
const SAME_SHARE = 0.05;

/** Whether the test's served loss ends lower or higher than the broken run's; undefined before it is complete. */
export function testOutcome({broken, test}: ClinicResult): "lower" | "same" | "higher" | undefined {
  if (!test) return undefined;
  const [brokenLoss, testLoss] = [lastSnapshot(broken).servedLoss, lastSnapshot(test).servedLoss];
  if (Math.abs(testLoss - brokenLoss) <= SAME_SHARE * brokenLoss) return "same";
  return testLoss < brokenLoss ? "lower" : "higher";
}

/** A run is fixed if its served loss ends at this share of the loss before training, or below. */
export const FIXED_SHARE = 0.05;

/** Whether the reader's change fixed the run. */
export const isFixed = ({changed, lossBefore}: ClinicResult): boolean =>
  !!changed && lastSnapshot(changed).servedLoss <= FIXED_SHARE * lossBefore;

/** Whether the served model computes something other than the model whose loss training logs. */
export const isServedApart = ({setup: {serving, mode, base, factor}}: ClinicRun): boolean =>
  serving !== "adapter" || mode === "train" || base === "changed" || factor === "alone";
