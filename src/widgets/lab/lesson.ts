import type {Decoder} from "../../engine/kernels/decoder.ts";
import type {Kernels} from "../../engine/kernels/kernels.ts";
import type {Batch, Transformer} from "../../engine/network/transformer.ts";
import type {Draw} from "../../engine/training/adaptation.ts";
import {isList} from "../shared/taskNames.ts";
import type {Settings} from "./controls.ts";
import {operationLesson} from "./digitLesson.ts";
import type {Ground, Look} from "./snapshot.ts";
import {listLesson} from "./wordLesson.ts";

/** What a run teaches, to which base, and how it is looked at. */
export interface Lesson {
  base: Transformer;
  draw: Draw;
  /** Yields between its parts, each of some milliseconds. */
  look(decoder: Decoder): Generator<undefined, Omit<Look, "deltas">>;
  /** Sequences by which another program is compared, each as its batch and as text. */
  proof(look: Pick<Look, "written">): {batch: Batch; texts: readonly string[]};
  ground: Pick<Ground, "fresh" | "old" | "pool" | "questions">;
}

/** The lesson of a run; `kernels` are free for what it has to compute first. */
export const lessonOf = ({task, examples}: Settings, kernels: Kernels): Lesson =>
  isList(task) ? listLesson(task, examples, kernels) : operationLesson(task, examples);
