/** Trains the runs of the lab, and remembers what they trained. */

import {type Decoder, placeTransformer} from "../../engine/kernels/decoder.ts";
import type {Kernels} from "../../engine/kernels/kernels.ts";
import {logitsOf} from "../../engine/kernels/logits.ts";
import {frobenius, subtract} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {attach} from "../../engine/lora/attach.ts";
import {extrasOf} from "../../engine/lora/attachment.ts";
import {fullCount} from "../../engine/lora/counts.ts";
import {deltaWeight} from "../../engine/lora/lora.ts";
import {attachLoftq} from "../../engine/lora/variants/loftqStart.ts";
import {quantizeLayers} from "../../engine/memory/levels.ts";
import {TARGETS, targetShape} from "../../engine/network/architecture.ts";
import {count} from "../../engine/network/parameters.ts";
import type {Transformer} from "../../engine/network/transformer.ts";
import {type Adapting, adapt, adaptation, fineTune, modelAt} from "../../engine/training/adaptation.ts";
import {adamw, sgd} from "../../engine/training/optimizer.ts";
import {loadedBase} from "../shared/baseModels.ts";
import {giveBack, lend} from "../shared/kernelPool.ts";
import {type LabSettings, runText, stepsOf} from "./controls.ts";
import {type LabLesson, lessonOf} from "./lesson.ts";
import {nothingToTrain} from "./orders.ts";
import {blank, labPlan, quantizers} from "./plan.ts";
import {EVALUATE_EVERY, SAMPLE_EVERY} from "./settings.ts";
import type {Evaluation, LabSetup, LabSnapshot, Scores, TrainedRun} from "./snapshot.ts";

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

/** Prepares a run or a measurement, and gives its kernels back at the end. */
function* inContext<T, R>(settings: LabSettings, work: (context: RunContext) => Generator<T, R>): Generator<T, R> {
  const kernels = lend();
  const start = kernels.heap.mark();
  try {
    return yield* work({kernels, settings, lesson: lessonOf(settings, kernels), ...basesOf(settings)});
  } finally {
    kernels.heap.release(start);
    giveBack(kernels);
  }
}

const scoresOf = ({score, skill}: Scores): Scores => ({score, skill});

type Measurement = Omit<Evaluation, "deltas">;

function* measure({kernels, lesson}: RunContext, model: Transformer): Generator<undefined, Measurement> {
  const mark = kernels.heap.mark();
  const all = yield* lesson.evaluate(placeTransformer(kernels, model));
  kernels.heap.release(mark);
  return all;
}

/** The scores of a model, as the run of these settings is scored. */
export const scoresWith = (settings: LabSettings, model: Transformer): Generator<undefined, Scores> =>
  inContext(settings, function* (context) {
    return scoresOf(yield* measure(context, model));
  });

/** `first`: the first evaluation. It measures the bare base, unless what is attached acts before it is trained. */
function* setupOf(context: RunContext, first: Evaluation): Generator<undefined, LabSetup> {
  const {settings, lesson, bare, base} = context;
  const {sizes, weights} = base;
  const plan = labPlan(settings);
  const isFull = settings.method === "full";
  const shapes = plan && "targets" in plan ? plan.targets.map((target) => targetShape(sizes, target)) : [];
  const all = weights.flat.length;
  const actsAtOnce = !nothingToTrain(settings) && (settings.method === "prefix" || settings.start === "loftq");
  const off: Measurement = actsAtOnce ? yield* measure(context, base) : first;
  return {
    ...lesson.setup,
    off: scoresOf(off),
    before: off.samples,
    ...(base !== bare && {bare: scoresOf(yield* measure(context, bare))}),
    all,
    trained: isFull ? all : plan ? count(blank(sizes, plan).params.layout) : 0,
    adapted: isFull ? all : shapes.reduce((sum, {d, k}) => sum + sizes.L * fullCount(d, k), 0),
    d: sizes.C,
    ...(context.kernels.path === "plain" && {isPlain: true}),
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

/** Throws if a number is not finite, as `train` does for a loss. */
function* evaluate({lesson, base}: RunContext, decoder: Decoder, model: Transformer): Generator<undefined, Evaluation> {
  const evaluation = {...(yield* lesson.evaluate(decoder)), deltas: deltasOf(base, model)};
  if ([evaluation.score, evaluation.skill, ...evaluation.deltas].every(Number.isFinite)) return evaluation;
  throw new Error("lab: what is measured left the range of numbers; the step was too large");
}

function begin({kernels, settings, lesson, bare, base}: RunContext): Adapting {
  const {draw} = lesson;
  const {seed, start} = settings;
  const optimizer = {adamw, sgd}[settings.optimizer];
  const training = {...adaptation, optimizer, steps: stepsOf(settings), rate: Number(settings.rate)};
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

/** The result of a run that has reached its last step. */
function finish(
  {kernels, lesson, bare, base}: RunContext,
  decoder: Decoder,
  scores: {on: number; off: number},
  flat: Float64Array,
): TrainedRun {
  const {texts, batch} = lesson.reference();
  const lossOf = (one: Decoder) => one.loss(batch!);
  const losses = batch ? {on: lossOf(decoder), off: lossOf(placeTransformer(kernels, base))} : scores;
  return {
    parameters: Float32Array.from(flat),
    ...(base !== bare && {base: Float32Array.from(base.weights.flat)}),
    reference: {texts, ...losses},
  };
}

/** How many runs are remembered, and for how many of them every sampled step: the run on screen, and one beside it. */
const [MAX_RUNS, WATCHED_RUNS] = [16, 2];
/** The parameters of the latest runs by step, by the text of the run; the one trained longest ago first. */
const parametersByRun = new Map<string, Map<number, Float32Array>>();
/** The texts of the runs that are being trained. */
const runningKeys: string[] = [];
/** Milliseconds between two checks whether a run has ended. */
const POLL_INTERVAL = 50;

/** Keeps the parameters of a run at a step, so that it can be used there without training it again. */
function remember(key: string, step: number, parameters: Float64Array) {
  const byStep = parametersByRun.get(key) ?? new Map<number, Float32Array>();
  parametersByRun.delete(key);
  parametersByRun.set(key, byStep.set(step, Float32Array.from(parameters)));
  if (parametersByRun.size > MAX_RUNS) parametersByRun.delete([...parametersByRun.keys()][0]!);
  for (const older of [...parametersByRun.values()].slice(0, -WATCHED_RUNS)) {
    const last = Math.max(...older.keys());
    for (const at of older.keys()) if (at !== last) older.delete(at);
  }
}

/**
 * The parameters of a run at a step at which the model was sampled; undefined if it diverged before. Waits for the end of a run that
 * is under way, and trains again what is forgotten.
 */
export function* parametersAt(
  settings: LabSettings,
  step: number,
): Generator<Promise<void> | undefined, Float32Array | undefined> {
  const key = runText(settings);
  const parameters = () => parametersByRun.get(key)?.get(step);
  const isEnd = step === stepsOf(settings);
  while (!parameters() && isEnd && runningKeys.includes(key))
    yield new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL));
  if (!parameters())
    for (const _ of trainLabRun(settings)) {
      if (parameters()) break;
      yield;
    }
  return parameters();
}

function* snapshots(context: RunContext): Generator<LabSnapshot | undefined, void> {
  const {kernels, settings, lesson, base} = context;
  if (nothingToTrain(settings)) {
    const evaluation = yield* evaluate(context, placeTransformer(kernels, base), base);
    yield {kind: "first", evaluation, setup: yield* setupOf(context, evaluation)};
    return;
  }
  const adapting = begin(context);
  const {decoder} = adapting;
  const key = runText(settings);
  let [step, off] = [0, 0];
  try {
    for (const snapshot of adapting.snapshots) {
      const {loss, params} = snapshot;
      const evaluation =
        step % EVALUATE_EVERY === 0 ? yield* evaluate(context, decoder, modelAt(adapting, snapshot)) : undefined;
      const isSampled = step % SAMPLE_EVERY === 0;
      if (isSampled) remember(key, step, params);
      if (!evaluation) yield {kind: "step", loss, ...(isSampled && {samples: lesson.sampleModel(logitsOf(decoder))})};
      else if (step === 0) {
        const setup = yield* setupOf(context, evaluation);
        off = setup.off.score;
        yield {kind: "first", loss, evaluation, setup};
      } else if (step < stepsOf(settings)) yield {kind: "step", loss, evaluation};
      else {
        const trained = finish(context, decoder, {on: evaluation.score, off}, params);
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
  const key = runText(settings);
  runningKeys.push(key);
  try {
    yield* inContext(settings, snapshots);
  } finally {
    runningKeys.splice(runningKeys.indexOf(key), 1);
  }
}
