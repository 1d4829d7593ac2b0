import {type Adapting, adapt, adaptation, fineTune, modelAt} from "../../engine/adaptation.ts";
import {TARGETS, targetShape} from "../../engine/architecture.ts";
import {extrasOf} from "../../engine/attachment.ts";
import {fullCount, loraCount} from "../../engine/counts.ts";
import {type Decoder, placeTransformer} from "../../engine/kernels/decoder.ts";
import type {Kernels} from "../../engine/kernels/kernels.ts";
import {deltaWeight} from "../../engine/lora.ts";
import {frobenius, subtract} from "../../engine/matrix.ts";
import type {Transformer} from "../../engine/transformer.ts";
import {giveBack, lend} from "../kernels.ts";
import type {Frame, Ground, Look} from "./frame.ts";
import {type Lesson, lessonOf} from "./lessons.ts";
import {chosen} from "./matrices.ts";
import {EVERY, idle, type Settings, STEPS} from "./settings.ts";

export {ready} from "../labData.ts";

const planOf = ({on, r, alpha}: Settings) => ({targets: chosen(on).map(({target}) => target), r: Number(r), alpha});

function groundOf(settings: Settings, {base: {sizes, weights}, ground}: Lesson): Ground {
  const {targets, r} = planOf(settings);
  const all = weights.flat.length;
  const isFull = settings.method === "full";
  const total = (count: (d: number, k: number) => number) =>
    targets.map((target) => targetShape(sizes, target)).reduce((sum, {d, k}) => sum + sizes.L * count(d, k), 0);
  return {
    ...ground,
    all,
    trained: isFull ? all : total((d, k) => loraCount(d, k, r)),
    adapted: isFull ? all : total(fullCount),
    d: sizes.C,
  };
}

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

function begin(kernels: Kernels, {base, draw}: Lesson, settings: Settings): Adapting {
  const training = {...adaptation, steps: STEPS, rate: Number(settings.rate)};
  return settings.method === "full"
    ? fineTune(kernels, base, draw, settings.seed, training)
    : adapt(kernels, base, planOf(settings), draw, settings.seed, training);
}

/**
 * A run: its loss at every step, and every EVERY steps a look at what the model writes and how it scores. A run that
 * leaves the range of numbers ends there.
 */
export function* compute(settings: Settings): Generator<Frame, void> {
  const kernels = lend();
  const start = kernels.heap.mark();
  let step = 0;
  try {
    const lesson = lessonOf(settings, kernels);
    const {base} = lesson;
    const look = (decoder: Decoder, now: Transformer) => finite({...lesson.look(decoder), deltas: deltasOf(base, now)});
    const ground = groundOf(settings, lesson);
    if (idle(settings)) {
      yield {look: look(placeTransformer(kernels, base), base), ground};
      return;
    }
    const adapting = begin(kernels, lesson, settings);
    for (const snapshot of adapting.snapshots) {
      const frame: Frame = {loss: snapshot.loss};
      if (step % EVERY === 0) frame.look = look(adapting.decoder, modelAt(adapting, snapshot));
      if (step === 0) frame.ground = ground;
      if (step === STEPS && frame.look) {
        const {batch, texts} = lesson.proof(frame.look);
        const [on, off] = [adapting.decoder, placeTransformer(kernels, base)].map((decoder) => decoder.loss(batch));
        Object.assign(frame, {
          params: Float32Array.from(snapshot.params),
          base: Float32Array.from(base.weights.flat),
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
    kernels.heap.release(start);
    giveBack(kernels);
  }
}
