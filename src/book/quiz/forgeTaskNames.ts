/** What a program can be tried for on the word forge: see forgeTasks.ts, which is loaded only for that. */
export const FORGE_TASKS = ["merge", "toAdapter", "train"] as const;
export type ForgeTaskName = (typeof FORGE_TASKS)[number];
