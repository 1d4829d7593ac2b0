import {lastOf} from "../../engine/last.ts";
import type {Tape} from "../widget.ts";
import type {Frame, Ground, Look} from "./frame.ts";
import {type LabParams, type Settings, settingsOf} from "./settings.ts";
import {type Use, useOf} from "./use.ts";

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
  trained?: Pick<Required<Frame>, "params" | "base" | "proof">;
  /** The same, and the model at work on what is typed. */
  use?: Use;
}

const work = lastOf((base: Float32Array, params: Float32Array, ...settings: readonly unknown[]) =>
  useOf(Object.fromEntries(USED.map((name, i) => [name, settings[i]])) as unknown as LabParams, {base, params}),
);
/** What the use of a trained model depends on. */
const USED = ["task", "on", "r", "alpha", "method", "scale", "input"] as const;

const used = (settings: LabParams, base: Float32Array, params: Float32Array): Use =>
  work(base, params, ...USED.map((name) => settings[name]));

/** The tape of the run, or what there is of it → what the picture shows at the clock: nothing of what comes later. */
export function see([tape]: readonly Tape<Frame>[], settings: LabParams): LabResult {
  const frames = tape.slice(0, settings.step + 1);
  const {params, base, proof} = frames.at(-1)!;
  const looks = frames.flatMap(({look}, step) => (look ? [{step, ...look}] : []));
  const lost = frames.findIndex(({isLost}) => isLost);
  return {
    ground: frames[0].ground as Ground,
    losses: frames.flatMap(({loss}) => loss ?? []),
    looks,
    now: looks.at(-1)!,
    step: frames.length - 1,
    ...(params && base && proof ? {trained: {params, base, proof}, use: used(settings, base, params)} : {}),
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
