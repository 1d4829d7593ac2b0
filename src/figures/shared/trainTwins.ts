/** Trains the twins of a run. */
import type {Transformer} from "../../engine/network/transformer.ts";
import {adapt, type Draw, labTraining} from "../../engine/training/adaptation.ts";
import {drawBatch, newTasks} from "../../engine/training/tasks.ts";
import {SPLIT_SEED} from "../../engine/training/trials.ts";
import {drawWords, splitWords} from "../../engine/training/words.ts";
import {listWords, loadedBase, loadFor} from "./baseModels.ts";
import {giveBack, lend, loadKernels} from "./kernelPool.ts";
import {isList} from "./taskNames.ts";
import {
  ADAPTED_MATRICES,
  adaptedTarget,
  type Skill,
  SNAPSHOT_EVERY,
  TWIN_ALPHA,
  TWIN_STEPS,
  type TwinRun,
  type TwinSnapshot,
  twinsOf,
} from "./twins.ts";

/** Loads what a run needs; without an argument, what any run needs. */
export async function ready(run?: {skill: Skill}): Promise<void> {
  await Promise.all([loadFor(run && [run.skill]), loadKernels()]);
}

/** What draws batches of a skill. */
function drawOf(skill: Skill): Draw {
  if (!isList(skill)) return (B, random) => drawBatch([newTasks[skill]], B, random);
  const {training} = splitWords(listWords(skill), SPLIT_SEED);
  return (B, random) => drawWords(training, B, random);
}

/** The frozen weights of the adapted matrices, one after the other. */
function weightsOf({weights}: Transformer): Float32Array {
  const all = ADAPTED_MATRICES.map((place) => {
    const {target, layer} = adaptedTarget(place);
    return weights.views[`layers.${layer}.${target}`].data;
  });
  return Float32Array.from(all.flatMap((data) => Array.from(data)));
}

/** Trains both twins of a run step by step, in turn, and yields a snapshot after each step. */
export function* trainTwins(run: TwinRun): Generator<TwinSnapshot, void> {
  const kernels = lend();
  try {
    const base = loadedBase(run.skill);
    const draw = drawOf(run.skill);
    const training = {...labTraining, steps: TWIN_STEPS};
    const [one, other] = twinsOf(run).map(({r, seed}) =>
      adapt(kernels, base, {targets: ["Wq", "Wv"], r, alpha: TWIN_ALPHA}, draw, seed, training),
    );
    for (let step = 0; step <= TWIN_STEPS; step++) {
      const [a, b] = [one!, other!].map(({snapshots}) => snapshots.next().value);
      if (!a || !b) return;
      yield {
        ...(step % SNAPSHOT_EVERY === 0 ? {adapters: [Float32Array.from(a.params), Float32Array.from(b.params)]} : {}),
        ...(step === 0 ? {weights: weightsOf(base)} : {}),
      };
    }
  } finally {
    giveBack(kernels);
  }
}
