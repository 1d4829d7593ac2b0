/** Trains the runs of the lab, and remembers what they trained. */

import {type Decoder, placeTransformer} from "../../engine/kernels/decoder.ts";
import type {Kernels} from "../../engine/kernels/kernels.ts";
import {frobenius, subtract} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {attach} from "../../engine/lora/attach.ts";
import {extrasOf} from "../../engine/lora/attachment.ts";
import {deltaWeight} from "../../engine/lora/lora.ts";
import {attachLoftq} from "../../engine/lora/variants/loftq.ts";
import {quantizeLayers} from "../../engine/memory/levels.ts";
import {TARGETS} from "../../engine/network/architecture.ts";
import {layoutLength} from "../../engine/network/parameters.ts";
import type {Transformer} from "../../engine/network/transformer.ts";
import {adapt, type FineTuning, fineTune, labTraining, modelAt} from "../../engine/training/adaptation.ts";
import {adamw, sgd} from "../../engine/training/optimizer.ts";
import {loadedBase} from "../shared/baseModels.ts";
import {giveBack, lend} from "../shared/kernelPool.ts";
import {EVALUATE_EVERY, type LabSettings, runText, stepsOf} from "./controls.ts";
import {type LabLesson, lessonOf} from "./lesson.ts";
import {blankAttachment, labPlan, quantizers, withAttached} from "./plan.ts";
import {
  type Evaluation,
  idleReason,
  type LabSetup,
  type LabSnapshot,
  type Measurement,
  type Scores,
  type TrainedRun,
} from "./protocol.ts";

/** The base of a run, and the same with its weights rounded if the settings say so. */
export function basesOf({task, base: format}: LabSettings): {bare: Transformer; base: Transformer} {
  const bare = loadedBase(task);
  const quantize = quantizers[format];
  return {bare, base: quantize ? quantizeLayers(bare, quantize) : bare};
}

/** What a run works with. */
interface RunContext extends ReturnType<typeof basesOf> {
  kernels: Kernels;
  settings: LabSettings;
  lesson: LabLesson;
}

const scoresOf = ({score, skill}: Scores): Scores => ({score, skill});

/** Measures a model on the lesson. Yields between parts. */
function* measure({kernels, lesson}: RunContext, model: Transformer): Generator<undefined, Measurement> {
  const mark = kernels.heap.mark();
  const measurement = yield* lesson.evaluate(placeTransformer(kernels, model));
  kernels.heap.release(mark);
  return measurement;
}

/** The setup of a run; `first` is its first evaluation, which measures the base too unless the adapter acts from the start. */
function* setupOf(context: RunContext, first: Evaluation): Generator<undefined, LabSetup> {
  const {settings, lesson, bare, base} = context;
  const {sizes, weights} = base;
  const plan = labPlan(settings);
  const isFull = settings.method === "full";
  const baseCount = weights.flat.length;
  const actsAtOnce = !idleReason(settings) && (settings.method === "prefix" || settings.start === "loftq");
  return {
    ...lesson.setup,
    off: actsAtOnce ? yield* measure(context, base) : first,
    ...(base !== bare && {bare: scoresOf(yield* measure(context, bare))}),
    baseCount,
    trainedCount: isFull ? baseCount : plan ? layoutLength(blankAttachment(sizes, plan).params.layout) : 0,
  };
}

/** ‖ΔW‖ of each matrix that can be adapted, layer by layer in the order of TARGETS; 0 if it has not changed. */
function deltasOf(base: Transformer, now: Transformer): number[] {
  return extrasOf(now.attached, now.sizes.L).flatMap(({loras}, l) =>
    TARGETS.map((target) => {
      const [lora] = loras[target];
      if (lora) return frobenius(deltaWeight(lora));
      const name = `layers.${l}.${target}` as const;
      return now.weights === base.weights ? 0 : frobenius(subtract(now.weights.views[name], base.weights.views[name]));
    }),
  );
}

/** Evaluates the model of a run. Throws if a number is not finite, as `train` does for a loss. */
function* evaluate({lesson, base}: RunContext, decoder: Decoder, model: Transformer): Generator<undefined, Evaluation> {
  const evaluation = {...(yield* lesson.evaluate(decoder)), deltas: deltasOf(base, model)};
  if ([evaluation.score, evaluation.skill, ...evaluation.deltas].every(Number.isFinite)) return evaluation;
  throw new Error("lab: a score or ‖ΔW‖ is not finite, because the step was too large");
}

/** Begins the training of a run: its decoder, and the generator of its steps. */
function beginTraining({kernels, settings, lesson: {draw}, bare, base}: RunContext): FineTuning {
  const {seed, start} = settings;
  const optimizer = {adamw, sgd}[settings.optimizer];
  const training = {...labTraining, optimizer, steps: stepsOf(settings), rate: Number(settings.rate)};
  const plan = labPlan(settings);
  if (!plan) return fineTune(kernels, base, draw, seed, training);
  const quantize = quantizers[settings.base];
  const random = mulberry32(seed);
  const attached =
    quantize && start === "loftq" && "targets" in plan
      ? attachLoftq(bare, plan, quantize, random)
      : attach(base.sizes, plan, random);
  return adapt(kernels, base, attached, draw, seed, training);
}

/** The result of a run that has reached its last step; `on` and `off` are the scores with what it trained and without. */
function* finish(
  context: RunContext,
  decoder: Decoder,
  parameters: Float32Array,
  scores: {on: number; off: number},
): Generator<undefined, TrainedRun> {
  const {kernels, settings, lesson, bare, base} = context;
  const {texts, batch} = lesson.reference;
  const losses = batch ? {on: decoder.loss(batch), off: placeTransformer(kernels, base).loss(batch)} : scores;
  const isLora = settings.method === "lora";
  return {
    parameters,
    ...(base !== bare && {base: Float32Array.from(base.weights.flat)}),
    ...(isLora && {half: scoresOf(yield* measure(context, withAttached(base, [{settings, parameters}], 0.5)))}),
    reference: {texts, ...losses},
  };
}

/** What the latest runs trained, by the text of the run, the oldest first. */
const trainedParameters = new Map<string, Float32Array>();
const MAX_REMEMBERED = 16;

function remember(run: LabSettings, parameters: Float32Array) {
  const key = runText(run);
  trainedParameters.delete(key);
  trainedParameters.set(key, parameters);
  if (trainedParameters.size > MAX_REMEMBERED) trainedParameters.delete([...trainedParameters.keys()][0]!);
}

/** What a run trained; undefined if it diverged. Trains it first if it is not remembered, and yields meanwhile. */
export function* parametersOf(run: LabSettings): Generator<undefined, Float32Array | undefined> {
  const key = runText(run);
  if (!trainedParameters.has(key)) for (const _ of trainLabRun(run)) yield;
  return trainedParameters.get(key);
}

/** The snapshots of a run, and undefined between the parts of an evaluation. */
function* snapshotsOf(context: RunContext): Generator<LabSnapshot | undefined, void> {
  const {kernels, settings, base} = context;
  if (idleReason(settings)) {
    const evaluation = yield* evaluate(context, placeTransformer(kernels, base), base);
    yield {kind: "first", evaluation, setup: yield* setupOf(context, evaluation)};
    return;
  }
  const adapting = beginTraining(context);
  const {decoder} = adapting;
  let [step, off] = [0, 0];
  try {
    for (const snapshot of adapting.snapshots) {
      const {loss, params} = snapshot;
      const evaluation =
        step % EVALUATE_EVERY === 0 ? yield* evaluate(context, decoder, modelAt(adapting, snapshot)) : undefined;
      if (!evaluation) yield {kind: "step", loss};
      else if (step === 0) {
        const setup = yield* setupOf(context, evaluation);
        off = setup.off.score;
        yield {kind: "first", loss, evaluation, setup};
      } else if (step < stepsOf(settings)) yield {kind: "step", loss, evaluation};
      else {
        const parameters = Float32Array.from(params);
        remember(settings, parameters);
        const trained = yield* finish(context, decoder, parameters, {on: evaluation.score, off});
        yield {kind: "last", loss, evaluation, trained};
      }
      step++;
    }
  } catch (error) {
    if (step === 0) throw error;
    yield {kind: "diverged"};
  }
}

/** Trains a run, with an evaluation every EVALUATE_EVERY steps. Yields undefined where an evaluation pauses between its parts. */
export function* trainLabRun(settings: LabSettings): Generator<LabSnapshot | undefined, void> {
  const kernels = lend();
  const start = kernels.heap.mark();
  try {
    yield* snapshotsOf({kernels, settings, lesson: lessonOf(settings, kernels), ...basesOf(settings)});
  } finally {
    kernels.heap.release(start);
    giveBack(kernels);
  }
}
