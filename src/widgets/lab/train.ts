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
import {EVERY, idle, type Settings, STEPS} from "./controls.ts";
import {type Lesson, lessonOf} from "./lesson.ts";
import {planOf, quantizers} from "./plan.ts";
import type {Frame, Ground, Look, Standing} from "./snapshot.ts";
import {begun, ended, remember} from "./trainedRuns.ts";

/** What the run stands on, with its first look: the base with nothing on it is measured where that look is not of it. */
function* groundOf(
  settings: Settings,
  lesson: Lesson,
  base: Transformer,
  first: Look,
  measure: Measure,
): Generator<undefined, Ground> {
  const {sizes, weights} = base;
  const plan = planOf(settings);
  const isFull = settings.method === "full";
  const isPair = plan !== undefined && "targets" in plan;
  const pairs = isPair ? plan.targets.map((target) => targetShape(sizes, target)) : [];
  const all = weights.flat.length;
  const isFelt = settings.method === "prefix" || settings.start === "loftq";
  return {
    ...lesson.ground,
    off: isFelt ? yield* measure(base) : standing(first),
    ...(base === lesson.base ? {} : {bare: yield* measure(lesson.base)}),
    all,
    trained: isFull ? all : plan ? count(attach(sizes, plan, () => 0.5).params.layout) : 0,
    adapted: isFull ? all : pairs.reduce((sum, {d, k}) => sum + sizes.L * fullCount(d, k), 0),
    d: sizes.C,
  };
}

type Measure = (model: Transformer) => Generator<undefined, Standing>;
const standing = ({score, skill}: Standing): Standing => ({score, skill});

/** ‖ΔW‖ of each matrix that a pair can sit on, layer by layer in the order of TARGETS; 0 where nothing changed it. */
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

/** Throws when a number of the look is none, as `train` throws of a loss. */
function finite(look: Look): Look {
  if ([look.score, look.skill, ...look.deltas].every(Number.isFinite)) return look;
  throw new Error("lab: what is measured left the range of numbers; the step was too large");
}

function begin(kernels: Kernels, lesson: Lesson, base: Transformer, settings: Settings): Adapting {
  const {draw} = lesson;
  const {seed, start} = settings;
  const optimizer = {adamw, sgd}[settings.optimizer];
  const training = {...adaptation, optimizer, steps: STEPS, rate: Number(settings.rate)};
  const plan = planOf(settings);
  if (!plan) return fineTune(kernels, base, draw, seed, training);
  const quantize = quantizers[settings.base];
  const random = mulberry32(seed);
  const attached =
    quantize && start === "loftq" && "targets" in plan
      ? attachLoftq(lesson.base, plan, quantize, random)
      : attach(base.sizes, plan, random);
  return adapt(kernels, base, attached, draw, seed, training);
}

/**
 * A run: its loss at every step, and every EVERY steps a look at what the model writes and how it scores. A run that
 * leaves the range of numbers ends there. Nothing is yielded where a look has parts to go.
 */
export function* train(settings: Settings): Generator<Frame | undefined, void> {
  const kernels = lend();
  const start = kernels.heap.mark();
  let step = 0;
  begun(settings);
  try {
    const lesson = lessonOf(settings, kernels);
    const quantize = quantizers[settings.base];
    const base = quantize ? quantizeLayers(lesson.base, quantize) : lesson.base;
    const look = function* (decoder: Decoder, now: Transformer): Generator<undefined, Look> {
      return finite({...(yield* lesson.look(decoder)), deltas: deltasOf(base, now)});
    };
    const measure: Measure = function* (model) {
      const mark = kernels.heap.mark();
      const measured = standing(yield* lesson.look(placeTransformer(kernels, model)));
      kernels.heap.release(mark);
      return measured;
    };
    const groundAt = (first: Look) => groundOf(settings, lesson, base, first, measure);
    if (idle(settings)) {
      const only = yield* look(placeTransformer(kernels, base), base);
      yield {look: only, ground: {...(yield* groundAt(only)), off: standing(only)}};
      return;
    }
    const adapting = begin(kernels, lesson, base, settings);
    for (const snapshot of adapting.snapshots) {
      const frame: Frame = {loss: snapshot.loss};
      if (step % EVERY === 0) frame.look = yield* look(adapting.decoder, modelAt(adapting, snapshot));
      if (step === 0 && frame.look) frame.ground = yield* groundAt(frame.look);
      if (step === STEPS && frame.look) {
        const {batch, texts} = lesson.proof(frame.look);
        const [on, off] = [adapting.decoder, placeTransformer(kernels, base)].map((decoder) => decoder.loss(batch));
        const params = Float32Array.from(snapshot.params);
        remember(settings, params);
        Object.assign(frame, {
          params,
          ...(quantize && {base: Float32Array.from(base.weights.flat)}),
          proof: {texts, on, off},
        });
      }
      yield frame;
      step++;
    }
  } catch (error) {
    if (step === 0) throw error;
    yield {isLost: true};
  } finally {
    ended(settings);
    kernels.heap.release(start);
    giveBack(kernels);
  }
}
