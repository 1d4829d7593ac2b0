import type {Tape} from "../../figure/widget.ts";
import {brokenOf, CLINIC_STEPS, type ClinicSetup, cases, testOf} from "./cases.ts";
import {type ClinicParams, type ClinicSnapshot, clinicGuess, mendedOf, type WantedOutputs} from "./model.ts";

export interface ClinicRun {
  setup: ClinicSetup;
  frames: readonly ClinicSnapshot[];
}

export interface ClinicResult {
  ground: WantedOutputs;
  broken: ClinicRun;
  /** Once the test is predicted and its run complete. */
  test?: ClinicRun;
  /** Once the case is fixed and its run complete. */
  mended?: ClinicRun;
}

/** From the broken run, and the runs beside it, to what is shown. */
export function readClinic(
  frames: Tape<ClinicSnapshot>,
  params: ClinicParams,
  beside: readonly Tape<ClinicSnapshot>[],
): ClinicResult {
  const {case: number, seed} = params;
  const mended = mendedOf(params);
  const setups = {...(clinicGuess(params) ? {test: testOf(number, seed)} : {}), ...(mended ? {mended} : {})};
  const whole = Object.entries(setups).flatMap(([name, setup], i) => {
    const tape = beside[i];
    return tape && tape.length > CLINIC_STEPS ? [[name, {setup, frames: tape}] as const] : [];
  });
  return {
    ground: frames[0]!.ground!,
    broken: {setup: brokenOf(number, seed), frames},
    ...Object.fromEntries(whole),
  };
}

/** The snapshot at a step, or the last so far. */
export const frameAt = ({frames}: ClinicRun, step: number): ClinicSnapshot => frames[step] ?? frames.at(-1)!;
export const lastSnapshot = ({frames}: ClinicRun): ClinicSnapshot => frames.at(-1)!;

/** The largest difference between the two calls, and the input that has it. */
export function furthest({call, again}: ClinicSnapshot): {apart: number; input: number} {
  const gaps = call.data.map((x, i) => Math.abs(x - again.data[i]!));
  const apart = gaps.reduce((most, gap) => Math.max(most, gap), 0);
  return {apart, input: Math.floor(gaps.indexOf(apart) / call.cols)};
}

export const outputsApart = (frame: ClinicSnapshot): number => furthest(frame).apart;

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

export const isMended = ({mended, ground}: ClinicResult): boolean =>
  !!mended && lastSnapshot(mended).served <= MENDED * ground.untouched;

export const clinicCase = ({case: number}: ClinicParams) => cases[number];

/** Whether the served model is another function than the one that training logs. */
export const isServedApart = ({setup: {serving, mode, base, factor}}: ClinicRun): boolean =>
  serving !== "adapter" || mode === "train" || base === "changed" || factor === "alone";
