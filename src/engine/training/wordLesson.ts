import type {Lesson} from "./trials.ts";
import {batchOf, drawWords} from "./words.ts";

/** Words for the word forge, scored by the loss on the held-out words in nats a letter. */
export function wordLesson({training, heldOut}: {training: readonly string[]; heldOut: readonly string[]}): Lesson {
  const heldOutBatch = batchOf(heldOut);
  return {draw: (B, random) => drawWords(training, B, random), measure: (decoder) => decoder.loss(heldOutBatch)};
}
