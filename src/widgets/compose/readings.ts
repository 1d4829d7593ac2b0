import type {Tape} from "../../shell/widget.ts";
import {type ComposeParams, type Settings, settingsOf, WEIGHTS} from "./controls.ts";
import type {Both, Frame} from "./model.ts";

export interface ComposeResult extends Frame {
  /** The losses of the chosen way, here and at every number of shared directions that is there. */
  together: Both;
  course: readonly Frame[];
  courseTogether: readonly Both[];
}

const chosen = ({sum, weighted, factors}: Frame, {way, weight}: ComposeParams): Both =>
  ({sum, factors, weighted: weighted[Math.round(weight * WEIGHTS)]})[way];

/** The run is asked for twice, to the clock and whole: the curves go on beyond the place that is looked at. */
export const runs = (params: ComposeParams): readonly Settings[] => [settingsOf(params), settingsOf(params)];

export function see([tape, course]: readonly Tape<Frame>[], params: ComposeParams): ComposeResult {
  const here = tape[params.shared];
  return {
    ...here,
    together: chosen(here, params),
    course,
    courseTogether: course.map((frame) => chosen(frame, params)),
  };
}
