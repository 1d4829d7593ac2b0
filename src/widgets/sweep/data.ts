import {readBase} from "../../engine/files/base.ts";
import {fromBase64} from "../../engine/files/base64.ts";
import type {Transformer} from "../../engine/network/transformer.ts";
import {digitMachine, newTasks} from "../../engine/training/tasks.ts";
import {digitLesson, type Lesson, SPLIT_SEED} from "../../engine/training/trials.ts";
import {wordLesson} from "../../engine/training/wordLesson.ts";
import {heldOut, wordForge} from "../../engine/training/words.ts";

/** A base model and its lessons, by what is learned: those that have been asked for. */
interface Ground {
  base: Transformer;
  lesson(subject: string): Lesson;
}
const grounds: {words?: Ground; digits?: Ground} = {};

const isWords = (subject: string): boolean => subject === "names";

/** Throws unless the digit machine has that task. */
export const digitLessonOf = (subject: string): Lesson => {
  const task = Object.hasOwn(newTasks, subject) && newTasks[subject as keyof typeof newTasks];
  if (!task) throw new Error(`sweep: ${subject} is no task of the digit machine`);
  return digitLesson(task);
};

async function loadWords() {
  const [weights, names] = await Promise.all([
    import("../../../content/lab/word-forge.weights.json"),
    import("../../../content/lab/names.txt?raw"),
  ]);
  const lesson = wordLesson(heldOut(names.default.trimEnd().split("\n"), SPLIT_SEED));
  grounds.words = {base: readBase(fromBase64(weights.default.base64), wordForge), lesson: () => lesson};
}

async function loadDigits() {
  const weights = await import("../../../content/lab/digit-machine.weights.json");
  grounds.digits = {base: readBase(fromBase64(weights.default.base64), digitMachine), lesson: digitLessonOf};
}

/** Loads the bases, and the list, that these subjects are taught on; not before runs are made, as stored ones need none. */
export async function load(subjects: readonly string[]): Promise<void> {
  await Promise.all([
    !grounds.words && subjects.some(isWords) && loadWords(),
    !grounds.digits && !subjects.every(isWords) && loadDigits(),
  ]);
}

/** What a subject is taught to, and how, once `load` has brought it. */
export function groundOf(subject: string): {base: Transformer; lesson: Lesson} {
  const ground = grounds[isWords(subject) ? "words" : "digits"];
  if (!ground)
    throw new Error(`sweep: what ${subject} is taught to is not loaded; wait for load() before a run begins`);
  return {base: ground.base, lesson: ground.lesson(subject)};
}
