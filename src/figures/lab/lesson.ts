import type {Decoder} from "../../engine/kernels/decoder.ts";
import type {Kernels} from "../../engine/kernels/kernels.ts";
import type {Batch, Transformer} from "../../engine/network/transformer.ts";
import type {Draw} from "../../engine/training/adaptation.ts";
import type {LabSettings} from "./controls.ts";
import {operationLesson} from "./operationLesson.ts";
import type {Evaluation, LabSetup, Sample} from "./snapshot.ts";
import {isOfWords} from "./tasks.ts";
import {wordListLesson} from "./wordListLesson.ts";

/** What a run teaches to which base, and how it is evaluated. */
export interface LabLesson {
  base: Transformer;
  draw: Draw;
  /** What the model writes, from the same random numbers each time. */
  look(decoder: Pick<Decoder, "logits">): Sample[];
  /** Yields every few milliseconds, so that others get their turn. */
  evaluate(decoder: Decoder): Generator<undefined, Omit<Evaluation, "deltas">>;
  /** Sequences for checking the run in another program; with a batch where their loss is not the score. */
  reference(): {texts: readonly string[]; batch?: Batch};
  setup: Pick<LabSetup, "fresh" | "old" | "pool" | "questions" | "isLearned">;
}

/** `kernels` compute what the lesson needs before the run begins. */
export const lessonOf = ({task, examples, words}: LabSettings, kernels: Kernels): LabLesson =>
  isOfWords(task) ? wordListLesson({task, examples, words}, kernels) : operationLesson(task, examples);
