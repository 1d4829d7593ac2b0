import type {Tape} from "../../figure/widget.ts";
import {brokenOf, cases, testOf} from "./cases.ts";
import {type ClinicParams, clinicGuess, mendedOf} from "./controls.ts";
import {CLINIC_STEPS, type ClinicSetup} from "./setup.ts";
import type {ClinicSnapshot, WantedOutputs} from "./snapshot.ts";

/** The frames of a run; null from the step at which it leaves the range of numbers. */
export interface ClinicRun {
  setup: ClinicSetup;
  frames: readonly (ClinicSnapshot | null)[];
}

export interface ClinicResult {
  ground: WantedOutputs;
  broken: ClinicRun;
  /** Once the test is predicted and its run complete. */
  test?: ClinicRun;
  /** Once the case is fixed and its run complete. */
  mended?: ClinicRun;
}

export function see(tapes: readonly Tape<ClinicSnapshot | null>[], params: ClinicParams): ClinicResult {
  const {case: number, seed} = params;
  const [, frames = [], ...others] = tapes;
  const mended = mendedOf(params);
  const setups = {...(clinicGuess(params) ? {test: testOf(number, seed)} : {}), ...(mended ? {mended} : {})};
  const beside = Object.entries(setups).flatMap(([name, setup], i) => {
    const tape = others[i];
    return tape && tape.length > CLINIC_STEPS ? [[name, {setup, frames: tape}] as const] : [];
  });
  return {
    ground: frames[0]!.ground!,
    broken: {setup: brokenOf(number, seed), frames},
    ...Object.fromEntries(beside),
  };
}

/** The frame at a step; undefined if the run has left the range of numbers. */
export const frameAt = ({frames}: ClinicRun, step: number): ClinicSnapshot | undefined => frames[step] ?? undefined;

/** The step at which the run left the range of numbers, if it did. */
export function lostAt({frames}: ClinicRun): number | undefined {
  const at = frames.indexOf(null);
  return at < 0 ? undefined : at;
}

/** The last frame; undefined if the run left the range of numbers. */
export const lastSnapshot = (run: ClinicRun): ClinicSnapshot | undefined => frameAt(run, run.frames.length - 1);

/** The last frame in range up to a step, and its step. */
export function lastInRange({frames}: ClinicRun, step: number): {frame: ClinicSnapshot; at: number} {
  const at = frames.slice(0, step + 1).findLastIndex((frame) => frame !== null);
  return {frame: frames[at]!, at};
}

/** The largest difference between the two calls, and the input that has it. */
export function furthest({call, again}: ClinicSnapshot): {apart: number; input: number} {
  const gaps = call.data.map((x, i) => Math.abs(x - again.data[i]!));
  const apart = gaps.reduce((most, gap) => Math.max(most, gap), 0);
  return {apart, input: Math.floor(gaps.indexOf(apart) / call.cols)};
}

export const outputsApart = (frame: ClinicSnapshot): number => furthest(frame).apart;

/** Losses that differ by at most this share count as the same. */
const SAME = 0.05;

/** Whether the test's served loss ends lower or higher than the broken run's; if both leave the range, it is the same. */
export function testOutcome({broken, test}: ClinicResult): "lower" | "same" | "higher" | undefined {
  if (!test) return undefined;
  const [was, is] = [broken, test].map((run) => lastSnapshot(run)?.served ?? Number.POSITIVE_INFINITY) as [
    number,
    number,
  ];
  if (was === is || (was < Number.POSITIVE_INFINITY && Math.abs(is - was) <= SAME * was)) return "same";
  return is < was ? "lower" : "higher";
}

/** A run is mended if its served loss ends below this share of the loss before training. */
export const MENDED = 0.05;

export function isMended({mended, ground}: ClinicResult): boolean {
  const end = mended && lastSnapshot(mended);
  return !!end && end.served <= MENDED * ground.untouched;
}

export const clinicCase = ({case: number}: ClinicParams) => cases[number];
