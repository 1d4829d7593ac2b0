import {lastOf} from "../../engine/last.ts";
import type {Tape} from "../widget.ts";
import type {Frame, Ground, Look} from "./frame.ts";
import {isAsked, kept, type LabParams, type Settings, STEPS, settingsOf} from "./settings.ts";
import {type Use, useOf} from "./use.ts";

export interface At extends Look {
  step: number;
}

/** A run that is kept, as far as it is there. */
export interface Kept {
  settings: Settings;
  losses: readonly number[];
  looks: readonly At[];
  /** Its latest look at the step of the clock. */
  now: At | undefined;
  /** Numbers it trains. */
  trained: number | undefined;
  /** Whether it has left the range of numbers by then. */
  isLost: boolean;
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
  /** Whether nothing that was trained is shown, as a guess is waited for. */
  asked: boolean;
  kept: readonly Kept[];
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

/** The tape as far as it is there and may be shown, up to a step → its losses and looks, and the latest of these. */
function seen(tape: Tape<Frame>, step: number) {
  const frames = tape.slice(0, step + 1);
  const looks = frames.flatMap(({look}, at) => (look ? [{step: at, ...look}] : []));
  return {frames, looks, losses: frames.flatMap(({loss}) => loss ?? [])};
}

/** The tape of the run and those of the kept ones, or what there is of them → what the picture shows at the clock. */
export function see([tape, ...others]: readonly Tape<Frame>[], settings: LabParams): LabResult {
  const asked = isAsked(settings);
  const {frames, looks, losses} = seen(tape, asked ? 0 : settings.step);
  const {params, base, proof} = frames.at(-1)!;
  const lost = frames.findIndex(({isLost}) => isLost);
  return {
    ground: frames[0].ground as Ground,
    losses,
    looks,
    now: looks.at(-1)!,
    step: frames.length - 1,
    asked,
    kept: (kept.read(settings.kept).runs ?? []).map((run, i) => keptRun(run, others[i] ?? [], settings.step)),
    ...(params && base && proof ? {trained: {params, base, proof}, use: used(settings, base, params)} : {}),
    ...(lost > 0 ? {lost} : {}),
  };
}

/** A kept run: drawn to its end, and at the step of the clock. */
function keptRun(settings: Settings, tape: Tape<Frame>, step: number): Kept {
  const {looks, losses} = seen(tape, STEPS);
  const lost = tape.findIndex(({isLost}) => isLost);
  return {
    settings,
    losses,
    looks,
    now: looks.findLast((look) => look.step <= step),
    trained: tape[0]?.ground?.trained,
    isLost: lost > 0 && lost <= step,
  };
}

/** The run in the picture and those kept, as parameters of the model's `compute`. */
export const runs = (params: LabParams): readonly Settings[] => [
  settingsOf(params),
  ...(kept.read(params.kept).runs ?? []),
];

/** Steps that have a row in the picture once they are reached. */
const LISTED = [0, 10, 50, 100, 200];

/** The looks that have a row: the listed ones, and the latest. */
export const rowsOf = ({looks, now}: LabResult): readonly At[] =>
  looks.filter(({step}) => LISTED.includes(step) || step === now.step);
