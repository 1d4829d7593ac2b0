import {fromBase64} from "../../engine/adapters/base64.ts";
import type {Transformer} from "../../engine/network/transformer.ts";
import {digitMachine, newTasks} from "../../engine/training/tasks.ts";
import {digitLesson, type Lesson} from "../../engine/training/trials.ts";
import type {Learned} from "./result.ts";

let base: Transformer | undefined;

/** Loads the digit machine. Live runs need it, stored runs don't. */
export async function loadDigitMachine(): Promise<void> {
  if (base) return;
  const [{readBase}, weights] = await Promise.all([
    import("../../engine/adapters/base.ts"),
    import("../../../content/lab/digit-machine.weights.json"),
  ]);
  base = readBase(fromBase64(weights.default.base64), digitMachine);
}

/** The digit machine and a task for it; throws before `loadDigitMachine`. */
export function baseAndLesson(learned: Learned): {base: Transformer; lesson: Lesson} {
  if (!base) throw new Error("budget: the digit machine is not loaded; wait for load() before a run begins");
  return {base, lesson: digitLesson(newTasks[learned])};
}
