import type {Task} from "./tasks.ts";

/** Cells along a side of the picture that the network is asked to paint. */
export const SIDE = 24;
export const CELLS = SIDE * SIDE;
/** Points with their color that a network is trained on, and steps on all of them. */
export const EXAMPLES = 384;
export const STEPS = 200;
/** Adam's learning rate where every weight moves by itself. */
export const RATE = 0.02;
/** Share of full training's result that is to be reached (Li et al. 2018, §2). */
export const GOAL = 0.9;
/** What trains the stored runs again. */
export const COMMAND = "npm run sweep";

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
