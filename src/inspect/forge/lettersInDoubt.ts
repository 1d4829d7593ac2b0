/** A model's letters in doubt on the held-out words of the lab. */
import {placeTransformer} from "../../engine/kernels/decoder.ts";
import type {Kernels} from "../../engine/kernels/kernels.ts";
import type {Transformer} from "../../engine/network/transformer.ts";
import {SPLIT_SEED} from "../../engine/training/trials.ts";
import {batchOf, heldOut} from "../../engine/training/words.ts";
import {giveBack, lend, loadKernels} from "../../figures/shared/kernelPool.ts";
import {unpackWords} from "../../figures/shared/sortedWords.ts";

/** A packed word list of the lab → its words that no run trains on. */
export const heldOutWords = (packed: string): string[] => heldOut(unpackWords(packed), SPLIT_SEED).heldOut;

/** The letters in doubt, e to the loss, on each of these lists of words. Yields undefined after each, for a pause. */
export async function* lettersInDoubt(
  model: Transformer,
  lists: readonly (readonly string[])[],
): AsyncGenerator<undefined, number[]> {
  await loadKernels();
  const doubts: number[] = [];
  for (const words of lists) {
    const kernels: Kernels = lend();
    const start = kernels.heap.mark();
    try {
      doubts.push(Math.exp(placeTransformer(kernels, model).loss(batchOf(words))));
    } finally {
      kernels.heap.release(start);
      giveBack(kernels);
    }
    yield undefined;
  }
  return doubts;
}
