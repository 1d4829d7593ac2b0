import {type Decoder, placeTransformer} from "../../engine/kernels/decoder.ts";
import type {Kernels} from "../../engine/kernels/kernels.ts";
import {frobenius, subtract} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {extrasOf} from "../../engine/lora/attachment.ts";
import {fullCount} from "../../engine/lora/counts.ts";
import {deltaWeight} from "../../engine/lora/lora.ts";
import {attach} from "../../engine/lora/rivals.ts";
import {attachLoftq} from "../../engine/lora/variants/loftqStart.ts";
import {quantizeLayers} from "../../engine/memory/levels.ts";
import {TARGETS, targetShape} from "../../engine/network/architecture.ts";
import {count} from "../../engine/network/parameters.ts";
import type {Transformer} from "../../engine/network/transformer.ts";
import {type Adapting, adapt, adaptation, fineTune, modelAt} from "../../engine/training/adaptation.ts";
import {adamw, sgd} from "../../engine/training/optimizer.ts";
import {giveBack, lend} from "../shared/kernelPool.ts";
import {type LabSettings, stepsOf} from "./controls.ts";
import type {LabLesson} from "./lesson.ts";
import {lessonOf} from "./lessons.ts";
import {nothingToTrain} from "./orders.ts";
import {blank, labPlan, quantizers} from "./plan.ts";
import {EVALUATE_EVERY, LOOK} from "./settings.ts";
import type {Evaluation, LabSetup, LabSnapshot, Scores, TrainedRun} from "./snapshot.ts";
import {pass, rememberRun, runBegun, runEnded} from "./trainedRuns.ts";

/** What a run works with. */
interface Bench {
  kernels: Kernels;
  settings: LabSettings;
  lesson: LabLesson;
  /** The lesson's base, its weights rounded if the settings say so. */
  base: Transformer;
}

const scoresOf = ({score, skill}: Scores): Scores => ({score, skill});

type Measured = Omit<Evaluation, "deltas">;

function* measured({kernels, lesson}: Bench, model: Transformer): Generator<undefined, Measured> {
  const mark = kernels.heap.mark();
  const all = yield* lesson.evaluate(placeTransformer(kernels, model));
  kernels.heap.release(mark);
  return all;
}

/** `first`: the first evaluation. It measures the bare base, unless what is attached acts before it is trained. */
function* setupOf(bench: Bench, first: Evaluation): Generator<undefined, LabSetup> {
  const {settings, lesson, base} = bench;
  const {sizes, weights} = base;
  const plan = labPlan(settings);
  const isFull = settings.method === "full";
  const shapes = plan && "targets" in plan ? plan.targets.map((target) => targetShape(sizes, target)) : [];
  const all = weights.flat.length;
  const actsAtOnce = !nothingToTrain(settings) && (settings.method === "prefix" || settings.start === "loftq");
  const off: Measured = actsAtOnce ? yield* measured(bench, base) : first;
  return {
    ...lesson.setup,
    off: scoresOf(off),
    before: off.samples,
    ...(base === lesson.base ? {} : {bare: scoresOf(yield* measured(bench, lesson.base))}),
    all,
    trained: isFull ? all : plan ? count(blank(sizes, plan).params.layout) : 0,
    adapted: isFull ? all : shapes.reduce((sum, {d, k}) => sum + sizes.L * fullCount(d, k), 0),
    d: sizes.C,
    ...(bench.kernels.path === "plain" && {isPlain: true}),
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
function* evaluate({lesson, base}: Bench, decoder: Decoder, model: Transformer): Generator<undefined, Evaluation> {
  const evaluation = {...(yield* lesson.evaluate(decoder)), deltas: deltasOf(base, model)};
  if ([evaluation.score, evaluation.skill, ...evaluation.deltas].every(Number.isFinite)) return evaluation;
  throw new Error("lab: what is measured left the range of numbers; the step was too large");
}

function begin({kernels, settings, lesson, base}: Bench): Adapting {
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
      ? attachLoftq(lesson.base, plan, quantize, random)
      : attach(base.sizes, plan, random);
  return adapt(kernels, base, attached, draw, seed, training);
}

/** The result of a run that has reached its last step; remembers it for `use`. */
function finish(
  {kernels, settings, lesson, base}: Bench,
  decoder: Decoder,
  scores: {on: number; off: number},
  flat: Float64Array,
): TrainedRun {
  const {texts, batch} = lesson.reference();
  const lossOf = (one: Decoder) => one.loss(batch!);
  const found = batch ? {on: lossOf(decoder), off: lossOf(placeTransformer(kernels, base))} : scores;
  const parameters = Float32Array.from(flat);
  rememberRun(settings, parameters);
  const isRounded = base !== lesson.base;
  return {
    parameters,
    ...(isRounded && {base: Float32Array.from(base.weights.flat)}),
    reference: {texts, ...found},
  };
}

function* snapshots(bench: Bench): Generator<LabSnapshot | undefined, void> {
  const {kernels, settings, base} = bench;
  if (nothingToTrain(settings)) {
    const evaluation = yield* evaluate(bench, placeTransformer(kernels, base), base);
    yield {kind: "first", evaluation, setup: yield* setupOf(bench, evaluation)};
    return;
  }
  const adapting = begin(bench);
  const {decoder} = adapting;
  let [step, off] = [0, 0];
  try {
    for (const snapshot of adapting.snapshots) {
      const {loss, params} = snapshot;
      const evaluation =
        step % EVALUATE_EVERY === 0 ? yield* evaluate(bench, decoder, modelAt(adapting, snapshot)) : undefined;
      if (step % LOOK === 0) pass(settings, step, params);
      if (!evaluation) yield {kind: "step", loss, ...(step % LOOK === 0 && {samples: bench.lesson.look(decoder)})};
      else if (step === 0) {
        const setup = yield* setupOf(bench, evaluation);
        off = setup.off.score;
        yield {kind: "first", loss, evaluation, setup};
      } else if (step < stepsOf(settings)) yield {kind: "step", loss, evaluation};
      else {
        const trained = finish(bench, decoder, {on: evaluation.score, off}, params);
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
  runBegun(settings);
  try {
    const lesson = lessonOf(settings, kernels);
    const quantize = quantizers[settings.base];
    const base = quantize ? quantizeLayers(lesson.base, quantize) : lesson.base;
    yield* snapshots({kernels, settings, lesson, base});
  } finally {
    runEnded(settings);
    kernels.heap.release(start);
    giveBack(kernels);
  }
}
