/** What the clinic shows of its runs. */
import type {Frames} from "../../figure/widget.ts";
import {brokenOf, CLINIC_STEPS, type ClinicSetup} from "./cases.ts";
import {type ClinicParams, type ClinicSnapshot, clinicBeside} from "./model.ts";

/** A run with its setup. */
export interface ClinicRun {
  setup: ClinicSetup;
  frames: readonly ClinicSnapshot[];
}

/** What the picture shows. */
export interface ClinicResult {
  lossBefore: number;
  broken: ClinicRun;
  /** After a guess on the test, once its run is complete. */
  test?: ClinicRun;
  /** After a change by the fixing control, once its run is complete. */
  mended?: ClinicRun;
}

/** The result, from the broken run and the runs beside it. */
export function readClinic(
  frames: Frames<ClinicSnapshot>,
  params: ClinicParams,
  beside: readonly Frames<ClinicSnapshot>[],
): ClinicResult {
  const [test, mended] = clinicBeside(params).map((setup, i): ClinicRun | undefined => {
    const run = beside[i];
    return run && run.length > CLINIC_STEPS ? {setup, frames: run} : undefined;
  });
  const broken = {setup: brokenOf(params.case, params.seed), frames};
  return {lossBefore: frames[0]!.lossBefore, broken, ...(test && {test}), ...(mended && {mended})};
}

/** The snapshot at a step, or the last so far. */
export const frameAt = ({frames}: ClinicRun, step: number): ClinicSnapshot => frames[step] ?? frames.at(-1)!;
/** The last snapshot so far. */
export const lastSnapshot = ({frames}: ClinicRun): ClinicSnapshot => frames.at(-1)!;

/** Losses that differ by at most this share count as the same. */
const SAME = 0.05;

/** Whether the test's served loss ends lower or higher than the broken run's. */
export function testOutcome({broken, test}: ClinicResult): "lower" | "same" | "higher" | undefined {
  if (!test) return undefined;
  const [was, is] = [lastSnapshot(broken).served, lastSnapshot(test).served];
  if (Math.abs(is - was) <= SAME * was) return "same";
  return is < was ? "lower" : "higher";
}

/** A run is mended if its served loss ends below this share of the loss before training. */
export const MENDED = 0.05;

/** Whether the mended run works. */
export const isMended = ({mended, lossBefore}: ClinicResult): boolean =>
  !!mended && lastSnapshot(mended).served <= MENDED * lossBefore;

/** Whether the served model computes another function than the one whose loss training logs. */
export const isServedApart = ({setup: {serving, mode, base, factor}}: ClinicRun): boolean =>
  serving !== "adapter" || mode === "train" || base === "changed" || factor === "alone";
