/** The tasks that the base models can learn, by name. */

/** The word lists that the word forge can learn. */
export const LISTS = {names: "Names", french: "French", spanish: "Spanish"} as const;
export type List = keyof typeof LISTS;

/** The operations that the digit machine can learn, each under a symbol that it has never seen. */
export const OPERATIONS = {
  reversePlusOne: "Reverse, +1",
  rotatePlusOne: "Rotate, +1",
  plusThree: "+3",
  nineMinus: "9 − digit",
  swapEnds: "Swap ends",
  permute: "Relabel",
  reversePermute: "Reverse, relabel",
  rotateTwo: "Rotate by two",
} as const;
export type Operation = keyof typeof OPERATIONS;
export type TaskName = List | Operation;

/** Whether a task is a word list. */
export const isList = (task: TaskName): task is List => Object.hasOwn(LISTS, task);

/** The most letters of a word: the engine’s own constant, without the engine, which pages do not load for this. A test compares the two. */
export const MAX_WORD_LENGTH = 11;

/** A run has learned an operation if it gets at least this share of fresh inputs right in every digit. */
export const LEARNED_SHARE = 0.9;
