/** What is shown of a run, as far as it has come. */

import type {Frames} from "../../figure/widget.ts";
import {chosenWay, keptRunsIn, type LabParams, type LabSettings, runText, type WayChosen} from "./controls.ts";
import {isGuessDue, useOrderOf} from "./orders.ts";
import {LAB_STEPS} from "./settings.ts";
import type {Evaluation, LabSetup, LabSnapshot, Sample, Scores, TrainedRun, Use, WayOfUse} from "./snapshot.ts";

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
  /** The number of parameters it trains. */
  trained?: number;
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
  /** The reader has yet to guess; until then nothing trained is shown. */
  isGuessDue: boolean;
  kept: readonly KeptLabRun[];
  /** The step at which the run diverged, if it did. */
  divergedAt?: number;
  /** At the last step: the trained parameters, for the download and the PyTorch script. */
  trained?: TrainedRun;
  /** What the model writes at the step shown; of a trained run with its adapter on. */
  written: readonly Sample[];
  /** What the base goes on with from the reader's input, once it has. */
  baseUse?: Use;
  /** What the model at the step shown writes for the reader's input; of a trained run, in every way. */
  use?: Use;
  /** The index of the kept run whose adapter is used together with this one. */
  other?: number;
  /** The latest computed use and the key of its runs, shown until the next input's use is there. */
  lastUse?: {key: string; base: string; use: Use};
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

/** The latest samples of what the model writes. */
function lastSamples(snapshots: Frames<LabSnapshot>): readonly Sample[] {
  for (const one of snapshots.toReversed()) {
    if ("evaluation" in one && one.evaluation) return one.evaluation.samples;
    if ("samples" in one && one.samples) return one.samples;
  }
  return [];
}

const setupIn = ([first]: Frames<LabSnapshot>): LabSetup | undefined =>
  first?.kind === "first" ? first.setup : undefined;

/**
 * From the frames of `runs`, as far as they have been computed, to what the picture shows at the clock. `before`: what it showed
 * last.
 */
export function readLab(
  [frames, ...others]: readonly Frames<LabSnapshot>[],
  params: LabParams,
  before?: LabResult,
): LabResult {
  const isDue = isGuessDue(params);
  const {snapshots, evaluations, losses, divergedAt} = readingsUpTo(frames, isDue ? 0 : params.step);
  const kept = keptRunsIn(params);
  const order = useOrderOf(params);
  const key = JSON.stringify([order.run, order.other, order.step]);
  const base = JSON.stringify([order.task, order.run.base]);
  const answer = others[kept.length]?.[0];
  const lastUse = answer?.kind === "use" ? {key, base, use: answer.use} : before?.lastUse;
  const last = snapshots.at(-1)!;
  const trained = last.kind === "last" ? last.trained : undefined;
  return {
    setup: setupIn(frames)!,
    losses,
    evaluations,
    now: evaluations.at(-1)!,
    step: snapshots.length - 1,
    isGuessDue: isDue,
    kept: kept.map((run, i) => keptRun(run, others[i] ?? [], params.step)),
    ...(trained && {trained}),
    written: lastSamples(snapshots),
    ...(lastUse?.base === base && {baseUse: lastUse.use}),
    ...(lastUse?.key === key && {use: lastUse.use}),
    ...(lastUse && {lastUse}),
    ...(order.other && {other: kept.map(runText).indexOf(runText(order.other))}),
    ...(divergedAt !== undefined && {divergedAt}),
  };
}

/** A kept run is drawn to its end, and has a reading at the clock. */
function keptRun(settings: LabSettings, frames: Frames<LabSnapshot>, step: number): KeptLabRun {
  const {evaluations, losses, divergedAt} = readingsUpTo(frames, LAB_STEPS);
  return {
    settings,
    losses,
    evaluations,
    now: evaluations.findLast((one) => one.step <= step),
    ...(frames.at(-1)?.kind === "last" && {end: evaluations.at(-1)!}),
    trained: setupIn(frames)?.trained,
    hasDiverged: divergedAt !== undefined && divergedAt <= step,
  };
}

/** The way of a trained model that each position of the switch shows. */
const wayNames: Readonly<Record<WayChosen, WayOfUse["name"]>> = {
  off: "off",
  half: "scaled",
  on: "on",
  merged: "merged",
};

/** At the last step, where the switch stands. */
const switchedWay = ({use, trained}: LabResult, params: LabParams): WayOfUse | undefined =>
  trained && use?.ways.find(({name}) => name === wayNames[chosenWay(params)]);

/** The scores of what the column After shows. */
export function shownScores(result: LabResult, params: LabParams): Scores {
  const way = switchedWay(result, params);
  return way?.scores ?? (way?.name === "off" ? result.setup.off : result.now);
}

/** What the column After shows. */
interface After {
  samples: readonly Sample[];
  /** What it goes on with from the reader's letters; empty while it trains. */
  texts: readonly string[];
  /** Nothing is trained, and it writes what Before writes. */
  isSame: boolean;
}

/** At the last step the switch decides; before it After is what the model writes at the step shown. */
export function afterOf(result: LabResult, params: LabParams): After {
  const way = switchedWay(result, params);
  if (way) return {samples: way.samples, texts: way.texts, isSame: false};
  const {baseUse, use, written, step, setup} = result;
  const isSame = step === 0 && written.every(({text}, i) => text === setup.before[i]?.text);
  const texts = isSame ? baseUse?.ways[0]?.texts : use?.ways.find(({name}) => name === "on")?.texts;
  return {samples: written, texts: texts ?? [], isSame};
}
