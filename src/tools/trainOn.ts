/** Training runs of the sweeps: what all of them do with the kernels. */
import type {Decoder} from "../engine/kernels/decoder.ts";
import type {Kernels} from "../engine/kernels/kernels.ts";
import type {Attachment} from "../engine/lora/attachment.ts";
import type {LoraPlan} from "../engine/lora/loras.ts";
import type {Transformer} from "../engine/network/transformer.ts";
import {adapt, type Draw, fineTune, modelAt} from "../engine/training/adaptation.ts";
import type {Snapshot, Training} from "../engine/training/train.ts";

/** A learning rate with which full fine-tuning of either base model does well. */
export const FULL_RATE = 3e-3;

/** What a run learns from, the seed of its start and of its examples, and how it trains. */
interface Course {
  draw: Draw;
  seed: number;
  training: Training;
}

/**
 * Trains a plan, an attachment or all weights, and frees what that took of the heap → the model at the end, and a function that
 * gives it the parameters of another snapshot. `look` is called at the start and after each step, while the decoder has the
 * snapshot's parameters.
 */
export function trainOn(
  kernels: Kernels,
  base: Transformer,
  way: "full" | LoraPlan | Attachment,
  {draw, seed, training}: Course,
  look: (snapshot: Snapshot, decoder: Decoder) => void = () => {},
): {model: Transformer; modelWith: (params: Float64Array) => Transformer} {
  const start = kernels.heap.mark();
  const run =
    way === "full" ? fineTune(kernels, base, draw, seed, training) : adapt(kernels, base, way, draw, seed, training);
  let last: Float64Array = new Float64Array();
  for (const snapshot of run.snapshots) {
    look(snapshot, run.decoder);
    last = snapshot.params;
  }
  kernels.heap.release(start);
  const modelWith = (params: Float64Array) => modelAt(run, {params});
  return {model: modelWith(last), modelWith};
}
