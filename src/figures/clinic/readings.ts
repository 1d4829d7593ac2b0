/** What the clinic shows of its runs. */
import type {Frames} from "../../figure/widget.ts";
import {brokenOf, CLINIC_STEPS, type ClinicSetup, cases, testOf} from "./cases.ts";
import {type ClinicParams, type ClinicSnapshot, clinicGuess, mendedOf, type Reference} from "./model.ts";

/** A run with its setup. */
export interface ClinicRun {
  setup: ClinicSetup;
  frames: readonly ClinicSnapshot[];
}

/** What the picture shows. */
export interface ClinicResult {
  reference: Reference;
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
  const {case: number, seed} = params;
  const mended = mendedOf(params);
  const setups = {...(clinicGuess(params) ? {test: testOf(number, seed)} : {}), ...(mended ? {mended} : {})};
  const whole = Object.entries(setups).flatMap(([name, setup], i) => {
    const tape = beside[i];
    return tape && tape.length > CLINIC_STEPS ? [[name, {setup, frames: tape}] as const] : [];
  });
  return {
    reference: frames[0]!.reference!,
    broken: {setup: brokenOf(number, seed), frames},
    ...Object.fromEntries(whole),
  };
}

/** The snapshot at a step, or the last so far. */
export const frameAt = ({frames}: ClinicRun, step: number): ClinicSnapshot => frames[step] ?? frames.at(-1)!;
/** The last snapshot so far. */
export const lastSnapshot = ({frames}: ClinicRun): ClinicSnapshot => frames.at(-1)!;

/** The largest difference between the outputs of the two calls, and the input that has it. */
export function largestDifference({call, again}: ClinicSnapshot): {apart: number; input: number} {
  const gaps = call.data.map((x, i) => Math.abs(x - again.data[i]!));
  const apart = gaps.reduce((most, gap) => Math.max(most, gap), 0);
  return {apart, input: Math.floor(gaps.indexOf(apart) / call.cols)};
}

/** The largest difference between the outputs of the two calls. */
export const outputsApart = (frame: ClinicSnapshot): number => largestDifference(frame).apart;

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
export const isMended = ({mended, reference}: ClinicResult): boolean =>
  !!mended && lastSnapshot(mended).served <= MENDED * reference.lossBefore;

/** The present case. */
export const clinicCase = ({case: number}: ClinicParams) => cases[number];

/** Whether the served model computes another function than the one whose loss training logs. */
export const isServedApart = ({setup: {serving, mode, base, factor}}: ClinicRun): boolean =>
  serving !== "adapter" || mode === "train" || base === "changed" || factor === "alone";
