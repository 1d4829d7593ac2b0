/** What the lab shows of its runs, as far as they have been computed. */

import type {Frames} from "../../figure/widget.ts";
import {chosenWay, isOfWords, keptRunsIn, LAB_STEPS, type LabParams, type LabSettings, runText} from "./controls.ts";
import {
  type Evaluation,
  type LabSetup,
  type LabSnapshot,
  type Sample,
  type Scores,
  type TrainedRun,
  type Use,
  type UseOrder,
  useOrderOf,
  type WayOfUse,
} from "./protocol.ts";

export interface EvaluationAt extends Evaluation {
  step: number;
}

/** A kept run, as far as it has been computed. */
export interface KeptLabRun {
  settings: LabSettings;
  losses: readonly number[];
  evaluations: readonly EvaluationAt[];
  /** Its latest evaluation up to the clock. */
  now?: EvaluationAt;
  /** Its last evaluation, once it is trained. */
  end?: EvaluationAt;
  /** How many parameters it trains. */
  parameterCount?: number;
  /** Whether it has diverged by the time of the clock. */
  hasDiverged: boolean;
}

export interface LabResult {
  setup: LabSetup;
  /** The step shown: the clock's, or the latest one computed on the way to it. */
  step: number;
  /** The loss at every step so far. */
  losses: readonly number[];
  /** The evaluations so far, the first before any step; and the latest of them. */
  evaluations: readonly EvaluationAt[];
  now: EvaluationAt;
  kept: readonly KeptLabRun[];
  /** The step at which the run diverged, if it did. */
  divergedAt?: number;
  /** The result of the run, at its last step. */
  trained?: TrainedRun;
  /** The latest answer to what the reader typed, if it has the same base: it says how the base continues. */
  baseUse?: Use;
  /** The same answer if it is of this very model: how the trained run continues, in every way to use it. */
  use?: Use;
  /** The index of the kept run whose adapter is used together with this one. */
  otherIndex?: number;
}

/** The losses and evaluations of a run up to a step, and where it diverged. */
function readingsUpTo(frames: Frames<LabSnapshot>, step: number) {
  const snapshots = frames.slice(0, step + 1);
  const divergedAt = snapshots.findIndex(({kind}) => kind === "diverged");
  return {
    snapshots,
    evaluations: snapshots.flatMap((one, at) =>
      "evaluation" in one && one.evaluation ? [{step: at, ...one.evaluation}] : [],
    ),
    losses: snapshots.flatMap((one) => ("loss" in one ? (one.loss ?? []) : [])),
    divergedAt: divergedAt > 0 ? divergedAt : undefined,
  };
}

const setupIn = ([first]: Frames<LabSnapshot>): LabSetup | undefined =>
  first?.kind === "first" ? first.setup : undefined;

const isOnSameBase = ({run: one}: UseOrder, {run: other}: UseOrder): boolean =>
  one.base === other.base && isOfWords(one.task) === isOfWords(other.task);

const isOfSameModel = (one: UseOrder, other: UseOrder): boolean =>
  JSON.stringify({...one, input: ""}) === JSON.stringify({...other, input: ""});

/**
 * What the picture shows at the clock, from the frames of `runsOf`, as far as they have been computed. `before` is what it showed
 * last.
 */
export function readLab(
  [frames, ...others]: readonly Frames<LabSnapshot>[],
  params: LabParams,
  before?: LabResult,
): LabResult {
  const {snapshots, evaluations, losses, divergedAt} = readingsUpTo(frames, params.step);
  const kept = keptRunsIn(params);
  const order = useOrderOf(params);
  const answer = others[kept.length]?.[0];
  const latest = answer?.kind === "use" ? answer.use : before?.baseUse;
  const baseUse = latest && isOnSameBase(latest.order, order) ? latest : undefined;
  const use = baseUse && isOfSameModel(baseUse.order, order) ? baseUse : undefined;
  const last = snapshots.at(-1)!;
  return {
    setup: setupIn(frames)!,
    losses,
    evaluations,
    now: evaluations.at(-1)!,
    step: snapshots.length - 1,
    kept: kept.map((run, i) => readKeptRun(run, others[i] ?? [], params.step)),
    ...(last.kind === "last" && {trained: last.trained}),
    ...(baseUse && {baseUse}),
    ...(use && {use}),
    ...(order.other && {otherIndex: kept.map(runText).indexOf(runText(order.other))}),
    ...(divergedAt !== undefined && {divergedAt}),
  };
}

/** What is shown of a kept run: it is drawn to its end, and has a reading at the clock. */
function readKeptRun(settings: LabSettings, frames: Frames<LabSnapshot>, step: number): KeptLabRun {
  const {evaluations, losses, divergedAt} = readingsUpTo(frames, LAB_STEPS);
  return {
    settings,
    losses,
    evaluations,
    now: evaluations.findLast((one) => one.step <= step),
    ...(frames.at(-1)?.kind === "last" && {end: evaluations.at(-1)!}),
    parameterCount: setupIn(frames)?.trainedCount,
    hasDiverged: divergedAt !== undefined && divergedAt <= step,
  };
}

/** What the column After shows. */
interface After {
  samples: readonly Sample[];
  scores: Scores;
  /** How it continues the reader's letters; empty while it trains. */
  texts: readonly Sample[];
  /** Nothing is trained, and it writes what Before writes. */
  isSame: boolean;
}

/** What After shows: at the last step what the switch says, before that the model at the step shown. */
export function afterOf(result: LabResult, params: LabParams): After {
  const {baseUse, use, now, step, setup, trained} = result;
  const chosen = chosenWay(params);
  const way: WayOfUse | undefined = trained && use?.ways.find(({name}) => name === chosen);
  if (way) {
    const scores = {off: setup.off, half: trained?.half ?? now, on: now, merged: now}[chosen];
    return {samples: way.samples, scores, texts: way.texts, isSame: false};
  }
  const isSame = step === 0 && now.samples.every(({text}, i) => text === setup.off.samples[i]?.text);
  return {samples: now.samples, scores: now, texts: (isSame && baseUse?.ways[0]?.texts) || [], isSame};
}
