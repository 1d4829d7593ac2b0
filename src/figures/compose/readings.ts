import type {Tape} from "../../figure/widget.ts";
import {type ComposeParams, type ComposeSettings, composeSettings, WEIGHT_STEPS} from "./controls.ts";
import type {Both, ComposeSnapshot} from "./model.ts";

export interface ComposeResult extends ComposeSnapshot {
  /** The losses with the chosen way, at the clock. */
  together: Both;
  /** The frames so far, one for each number of shared directions, and their losses with the chosen way. */
  course: readonly ComposeSnapshot[];
  courseTogether: readonly Both[];
}

const chosen = ({sum, weighted, factors}: ComposeSnapshot, {way, weight}: ComposeParams): Both =>
  ({sum, factors, weighted: weighted[Math.round(weight * WEIGHT_STEPS)]})[way];

/** The same run twice, once up to the clock and once to its end, as the curves go on beyond the clock. */
export const runs = (params: ComposeParams): readonly ComposeSettings[] => [
  composeSettings(params),
  composeSettings(params),
];

export function see([tape, course]: readonly Tape<ComposeSnapshot>[], params: ComposeParams): ComposeResult {
  const here = tape[params.shared];
  return {
    ...here,
    together: chosen(here, params),
    course,
    courseTogether: course.map((frame) => chosen(frame, params)),
  };
}
