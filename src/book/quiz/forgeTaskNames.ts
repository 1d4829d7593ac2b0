/** The tasks that a program can try on the word forge. forgeTasks.ts, which carries them out, is loaded only when one is tried. */
export const FORGE_TASKS = ["merge", "toAdapter", "train"] as const;
export type ForgeTaskName = (typeof FORGE_TASKS)[number];
