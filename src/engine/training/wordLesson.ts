import type {Lesson} from "./trials.ts";
import {batchOf, drawWords} from "./words.ts";

/** Words for the word forge, judged by the loss on the held-out ones in nats a letter. */
export function wordLesson({training, heldOut}: {training: readonly string[]; heldOut: readonly string[]}): Lesson {
  const kept = batchOf(heldOut);
  return {draw: (B, random) => drawWords(training, B, random), measure: (decoder) => decoder.loss(kept)};
}
