import type {Transformer} from "../../engine/network/transformer.ts";
import {type Adapting, adapt, adaptation, type Draw} from "../../engine/training/adaptation.ts";
import {drawBatch, newTasks} from "../../engine/training/tasks.ts";
import {SPLIT_SEED} from "../../engine/training/trials.ts";
import {drawWords, heldOut} from "../../engine/training/words.ts";
import {baseOf, ready as loadFor, wordsOf} from "./baseModels.ts";
import {giveBack, lend} from "./kernelPool.ts";
import {isList} from "./taskNames.ts";
import {ALPHA, EVERY, PLACES, placeOf, type Skill, STEPS, type TwinFrame, type TwinRun, twinsOf} from "./twins.ts";

/** Loads the base and the list of a run; without one, those of all runs. */
export const ready = async (run?: {skill: Skill}): Promise<void> => loadFor(run && {task: run.skill});

function drawOf(skill: Skill): Draw {
  if (!isList(skill)) return (B, random) => drawBatch([newTasks[skill]], B, random);
  const {training} = heldOut(wordsOf(skill), SPLIT_SEED);
  return (B, random) => drawWords(training, B, random);
}

function weightsOf({weights}: Transformer): Float32Array {
  const all = PLACES.map((place) => {
    const {target, layer} = placeOf(place);
    return weights.views[`layers.${layer}.${target}`].data;
  });
  return Float32Array.from(all.flatMap((data) => Array.from(data)));
}

/** Both adapters, a step each at a time. Every EVERY steps a look at their numbers, which stand in the order of PLACES. */
export function* trainTwins(run: TwinRun): Generator<TwinFrame, void> {
  const kernels = lend();
  const start = kernels.heap.mark();
  try {
    const base = baseOf(run.skill);
    const draw = drawOf(run.skill);
    const training = {...adaptation, steps: STEPS};
    const begin = ({r, seed}: {r: number; seed: number}): Adapting =>
      adapt(kernels, base, {targets: ["Wq", "Wv"], r, alpha: ALPHA}, draw, seed, training);
    const [one, other] = twinsOf(run).map(begin);
    for (let step = 0; step <= STEPS; step++) {
      const [a, b] = [one!, other!].map(({snapshots}) => snapshots.next().value);
      if (!a || !b) return;
      yield {
        ...(step % EVERY === 0 ? {looks: [Float32Array.from(a.params), Float32Array.from(b.params)]} : {}),
        ...(step === 0 ? {weights: weightsOf(base)} : {}),
      };
    }
  } finally {
    kernels.heap.release(start);
    giveBack(kernels);
  }
}
