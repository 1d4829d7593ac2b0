import {lastOf} from "../../engine/last.ts";
import {isList} from "../lessonNames.ts";
import type {Tape} from "../widget.ts";
import type {Frame, Ground, Look} from "./frame.ts";
import {isAsked, kept, type LabParams, type Settings, STEPS, settingsOf, written} from "./settings.ts";
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
  /** The kept run, counted from 0, whose adapter is used beside it. */
  other?: number;
}

/** The use of a trained model, worked out again only when it is another model or something else is asked. */
const work = lastOf(
  (
    base: Float32Array,
    bare: Float32Array | undefined,
    params: Float32Array,
    other: Float32Array | undefined,
    asked: string,
  ): Use => {
    const [settings, others, typed] = JSON.parse(asked) as [
      Settings,
      Settings | null,
      Pick<LabParams, "scale" | "input">,
    ];
    const frozen = bare ? {base, bare} : {base};
    return useOf(typed, frozen, {settings, params}, other && others ? {settings: others, params: other} : undefined);
  },
);

/** The kept run, counted from 0, whose adapter can be used on the same frozen weights: the last there is. */
function otherOf(runs: readonly Settings[], tapes: readonly Tape<Frame>[], now: Settings): number | undefined {
  const fits = ({task, base, method}: Settings) =>
    now.method !== "full" && method !== "full" && isList(task) === isList(now.task) && base === now.base;
  const at = runs.findLastIndex((run, i) => fits(run) && written(run) !== written(now) && tapes[i]?.at(-1)?.params);
  return at < 0 ? undefined : at;
}

/** The tape as far as it is there and may be shown, up to a step → its losses and looks, and the latest of these. */
function seen(tape: Tape<Frame>, step: number) {
  const frames = tape.slice(0, step + 1);
  const looks = frames.flatMap(({look}, at) => (look ? [{step: at, ...look}] : []));
  return {frames, looks, losses: frames.flatMap(({loss}) => loss ?? [])};
}

/** The tape of the run and those of the kept ones, or what there is of them → what the picture shows at the clock. */
export function see([tape, ...others]: readonly Tape<Frame>[], params: LabParams): LabResult {
  const asked = isAsked(params);
  const {frames, looks, losses} = seen(tape, asked ? 0 : params.step);
  const lost = frames.findIndex(({isLost}) => isLost);
  const runs = kept.read(params.kept).runs ?? [];
  return {
    ground: frames[0].ground as Ground,
    losses,
    looks,
    now: looks.at(-1)!,
    step: frames.length - 1,
    asked,
    kept: runs.map((run, i) => keptRun(run, others[i] ?? [], params.step)),
    ...trainedOf(frames.at(-1)!, runs, others, params),
    ...(lost > 0 ? {lost} : {}),
  };
}

/** What a whole run leaves, and the model at work. */
function trainedOf(
  {params, base, bare, proof}: Frame,
  runs: readonly Settings[],
  tapes: readonly Tape<Frame>[],
  labParams: LabParams,
): Pick<LabResult, "trained" | "use" | "other"> {
  if (!params || !base || !proof) return {};
  const {scale, input} = labParams;
  const settings = settingsOf(labParams);
  const at = otherOf(runs, tapes, settings);
  const other = at === undefined ? undefined : tapes[at].at(-1)!.params;
  const asked = JSON.stringify([settings, at === undefined ? null : runs[at], {scale, input}]);
  return {
    trained: {params, base, proof},
    use: work(base, bare, params, other, asked),
    ...(at === undefined ? {} : {other: at}),
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
