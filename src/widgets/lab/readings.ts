import type {Tape} from "../../shell/widget.ts";
import {
  isAsked,
  kept,
  type LabParams,
  otherOf,
  type Settings,
  STEPS,
  settingsOf,
  type UseOrder,
  useOf,
} from "./controls.ts";
import type {Frame, Ground, Look, Trained, Use} from "./snapshot.ts";

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
  trained?: Trained;
  /** The same, and the model at work on what is typed. */
  use?: Use;
  /** The kept run, counted from 0, whose adapter is used beside it. */
  other?: number;
}

/** The tape as far as it is there and may be shown, up to a step → its losses and looks, and the latest of these. */
function seen(tape: Tape<Frame>, step: number) {
  const frames = tape.slice(0, step + 1);
  const looks = frames.flatMap(({look}, at) => (look ? [{step: at, ...look}] : []));
  return {frames, looks, losses: frames.flatMap(({loss}) => loss ?? [])};
}

/** The latest use that was drawn, of which run it was: until the next is worked out it stands, under its own input. */
let lastUse: {run: string; use: Use} | undefined;

/** A trained model at work, or while that is on its way what the same run did on what was typed before. */
function useAt(tape: Tape<Frame> | undefined, {run, other}: UseOrder): Use | undefined {
  const key = JSON.stringify([run, other]);
  const use = tape?.[0]?.use;
  if (use) lastUse = {run: key, use};
  return use ?? (lastUse?.run === key ? lastUse.use : undefined);
}

/** The tapes of the run, of the kept ones and of the use, or what there is of them → what the picture shows at the clock. */
export function see([tape, ...others]: readonly Tape<Frame>[], params: LabParams): LabResult {
  const asked = isAsked(params);
  const {frames, looks, losses} = seen(tape, asked ? 0 : params.step);
  const lost = frames.findIndex(({isLost}) => isLost);
  const runs = kept.read(params.kept).runs ?? [];
  const {params: numbers, base, proof} = frames.at(-1)!;
  const order = useOf(params);
  const use = numbers && order && useAt(others[runs.length], order);
  return {
    ground: frames[0].ground as Ground,
    losses,
    looks,
    now: looks.at(-1)!,
    step: frames.length - 1,
    asked,
    kept: runs.map((run, i) => keptRun(run, others[i] ?? [], params.step)),
    ...(numbers && proof ? {trained: {params: numbers, proof, ...(base ? {base} : {})}} : {}),
    ...(use ? {use} : {}),
    ...(order?.other ? {other: otherOf(params)} : {}),
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

/** The run in the picture, those kept, and at the last step the model's use, as orders to the model's `compute`. */
export function runs(params: LabParams): readonly (Settings | UseOrder)[] {
  const use = useOf(params);
  return [settingsOf(params), ...(kept.read(params.kept).runs ?? []), ...(use ? [use] : [])];
}

/** Steps that have a row in the picture once they are reached. */
const LISTED = [0, 10, 50, 100, 200];

/** The looks that have a row: the listed ones, and the latest. */
export const rowsOf = ({looks, now}: LabResult): readonly At[] =>
  looks.filter(({step}) => LISTED.includes(step) || step === now.step);
