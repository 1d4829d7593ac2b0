import type {Task} from "./tasks.ts";

/** What was tried: the hidden units, the tasks, the numbers of directions (every one of them last), and the seeds. */
export const UNITS = [24, 40] as const;
export const TASKS: readonly Task[] = ["line", "circle", "ring"];
export const DIRECTIONS = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, "all"] as const;
export const SEEDS: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** One setting's nine seeds: cells right with each number of directions, seed by seed, and with every weight free. */
export interface Swept {
  units: number;
  task: Task;
  along: readonly (readonly number[])[];
  full: readonly number[];
}
