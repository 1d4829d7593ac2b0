import type {Transformer} from "../../engine/network/transformer.ts";
import {adapt, adaptation, type Draw} from "../../engine/training/adaptation.ts";
import {drawBatch, newTasks} from "../../engine/training/tasks.ts";
import {SPLIT_SEED} from "../../engine/training/trials.ts";
import {drawWords, heldOut} from "../../engine/training/words.ts";
import {baseOf, loadFor, wordsOf} from "./baseModels.ts";
import {giveBack, lend, loadKernels} from "./kernelPool.ts";
import {isList} from "./taskNames.ts";
import {
  ALPHA,
  EVERY,
  MATRICES,
  type Skill,
  STEPS,
  type TwinRun,
  type TwinSnapshot,
  targetOf,
  twinsOf,
} from "./twins.ts";

/** Loads what a run needs; without an argument, what any run needs. */
export async function ready(run?: {skill: Skill}): Promise<void> {
  await Promise.all([loadFor(run && [run.skill]), loadKernels()]);
}

function drawOf(skill: Skill): Draw {
  if (!isList(skill)) return (B, random) => drawBatch([newTasks[skill]], B, random);
  const {training} = heldOut(wordsOf(skill), SPLIT_SEED);
  return (B, random) => drawWords(training, B, random);
}

function weightsOf({weights}: Transformer): Float32Array {
  const all = MATRICES.map((place) => {
    const {target, layer} = targetOf(place);
    return weights.views[`layers.${layer}.${target}`].data;
  });
  return Float32Array.from(all.flatMap((data) => Array.from(data)));
}

/** Trains both twins step by step, in turn. */
export function* trainTwins(run: TwinRun): Generator<TwinSnapshot, void> {
  const kernels = lend();
  const start = kernels.heap.mark();
  try {
    const base = baseOf(run.skill);
    const draw = drawOf(run.skill);
    const training = {...adaptation, steps: STEPS};
    const [one, other] = twinsOf(run).map(({r, seed}) =>
      adapt(kernels, base, {targets: ["Wq", "Wv"], r, alpha: ALPHA}, draw, seed, training),
    );
    for (let step = 0; step <= STEPS; step++) {
      const [a, b] = [one!, other!].map(({snapshots}) => snapshots.next().value);
      if (!a || !b) return;
      yield {
        ...(step % EVERY === 0 ? {adapters: [Float32Array.from(a.params), Float32Array.from(b.params)]} : {}),
        ...(step === 0 ? {weights: weightsOf(base)} : {}),
      };
    }
  } finally {
    kernels.heap.release(start);
    giveBack(kernels);
  }
}
