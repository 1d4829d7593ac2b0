/** How unsure a model is of the letters of words that the lab keeps back from training. */
import {placeTransformer} from "../../engine/kernels/decoder.ts";
import type {Kernels} from "../../engine/kernels/kernels.ts";
import type {Transformer} from "../../engine/network/transformer.ts";
import {SPLIT_SEED} from "../../engine/training/trials.ts";
import {batchOf, heldOut} from "../../engine/training/words.ts";
import {giveBack, lend, loadKernels} from "../../figures/shared/kernelPool.ts";
import {unpackWords} from "../../figures/shared/sortedWords.ts";

/** A packed list of the lab → the words of it that no run trains on. */
export const keptBack = (packed: string): string[] => heldOut(unpackWords(packed), SPLIT_SEED).heldOut;

/** Letters in doubt, e to the loss, on each of these lists of words; with a pause after each. */
export async function* doubtsOf(
  model: Transformer,
  lists: readonly (readonly string[])[],
): AsyncGenerator<undefined, number[]> {
  await loadKernels();
  const found: number[] = [];
  for (const words of lists) {
    const kernels: Kernels = lend();
    const start = kernels.heap.mark();
    try {
      found.push(Math.exp(placeTransformer(kernels, model).loss(batchOf(words))));
    } finally {
      kernels.heap.release(start);
      giveBack(kernels);
    }
    yield undefined;
  }
  return found;
}
