import type {Tape} from "../widget.ts";
import type {Frame, Ground, Look} from "./frame.ts";
import {type LabParams, type Settings, settingsOf} from "./settings.ts";

export interface At extends Look {
  step: number;
}

export interface LabResult {
  ground: Ground;
  /** The step that is shown: the clock's, or the last there is on the way to it. */
  step: number;
  /** The loss at every step so far. */
  losses: readonly number[];
  /** The looks so far, the first before any step. */
  looks: readonly At[];
  /** The latest of them. */
  now: At;
  /** The step at which the run left the range of numbers, if it has. */
  lost?: number;
  /** At the last step: what was trained, to be taken away. */
  trained?: Pick<Required<Frame>, "params" | "proof">;
}

/** The tape of the run, or what there is of it → what the picture shows at the clock: nothing of what comes later. */
export function see([tape]: readonly Tape<Frame>[], {step}: LabParams): LabResult {
  const frames = tape.slice(0, step + 1);
  const {params, proof} = frames.at(-1)!;
  const looks = frames.flatMap(({look}, step) => (look ? [{step, ...look}] : []));
  const lost = frames.findIndex(({isLost}) => isLost);
  return {
    ground: frames[0].ground as Ground,
    losses: frames.flatMap(({loss}) => loss ?? []),
    looks,
    now: looks.at(-1)!,
    step: frames.length - 1,
    ...(params && proof ? {trained: {params, proof}} : {}),
    ...(lost > 0 ? {lost} : {}),
  };
}

/** The one run, as parameters of the model's `compute`. */
export const runs = (params: LabParams): readonly Settings[] => [settingsOf(params)];

/** Steps that have a row in the picture once they are reached. */
const LISTED = [0, 10, 50, 100, 200];

/** The looks that have a row: the listed ones, and the latest. */
export const rowsOf = ({looks, now}: LabResult): readonly At[] =>
  looks.filter(({step}) => LISTED.includes(step) || step === now.step);
