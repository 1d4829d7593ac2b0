import type {Tape} from "../../shell/widget.ts";
import {brokenOf, cases, testOf} from "./cases.ts";
import {type ClinicParams, guessOf, mendedOf} from "./controls.ts";
import {type Setup, STEPS} from "./setup.ts";
import type {Frame, Ground} from "./snapshot.ts";

/** A run from the start to the last step; null from the step on at which it has left the range of numbers. */
export interface Run {
  setup: Setup;
  frames: readonly (Frame | null)[];
}

export interface ClinicResult {
  ground: Ground;
  broken: Run;
  /** Once it is asked for and whole. */
  test?: Run;
  mended?: Run;
}

export function see(tapes: readonly Tape<Frame | null>[], params: ClinicParams): ClinicResult {
  const {case: number, seed} = params;
  const [, frames = [], ...others] = tapes;
  const mended = mendedOf(params);
  const setups = {...(guessOf(params) ? {test: testOf(number, seed)} : {}), ...(mended ? {mended} : {})};
  const beside = Object.entries(setups).flatMap(([name, setup], i) => {
    const tape = others[i];
    return tape && tape.length > STEPS ? [[name, {setup, frames: tape}] as const] : [];
  });
  return {
    ground: frames[0]!.ground!,
    broken: {setup: brokenOf(number, seed), frames},
    ...Object.fromEntries(beside),
  };
}

/** The frame at a step, or nothing where the run has left the range of numbers. */
export const frameAt = ({frames}: Run, step: number): Frame | undefined => frames[step] ?? undefined;

/** The step at which it left the range of numbers, if it has. */
export function lostAt({frames}: Run): number | undefined {
  const at = frames.indexOf(null);
  return at < 0 ? undefined : at;
}

/** Its last frame: nothing where it is lost. */
export const endOf = (run: Run): Frame | undefined => frameAt(run, run.frames.length - 1);

/** The last frame up to a step that is in the range of numbers, and its step. */
export function standingAt({frames}: Run, step: number): {frame: Frame; at: number} {
  const at = frames.slice(0, step + 1).findLastIndex((frame) => frame !== null);
  return {frame: frames[at]!, at};
}

/** How far the two answers to each input are apart at most, and to which input they are. */
export function furthest({call, again}: Frame): {apart: number; input: number} {
  const gaps = call.data.map((x, i) => Math.abs(x - again.data[i]!));
  const apart = gaps.reduce((most, gap) => Math.max(most, gap), 0);
  return {apart, input: Math.floor(gaps.indexOf(apart) / call.cols)};
}

export const apart = (frame: Frame): number => furthest(frame).apart;

/** Losses within this share of one another count as the same. */
const SAME = 0.05;

/** How the served loss of the test ends beside that of the broken run; both lost are the same. */
export function outcome({broken, test}: ClinicResult): "lower" | "same" | "higher" | undefined {
  if (!test) return undefined;
  const [was, is] = [broken, test].map((run) => endOf(run)?.served ?? Number.POSITIVE_INFINITY) as [number, number];
  if (was === is || (was < Number.POSITIVE_INFINITY && Math.abs(is - was) <= SAME * was)) return "same";
  return is < was ? "lower" : "higher";
}

/** A run is mended once what is served has less than this share of the loss before training. */
export const MENDED = 0.05;

export function isMended({mended, ground}: ClinicResult): boolean {
  const end = mended && endOf(mended);
  return !!end && end.served <= MENDED * ground.untouched;
}

export const caseOf = ({case: number}: ClinicParams) => cases[number];
