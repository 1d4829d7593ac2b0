/** The settings of the runs, the same for those stored by `npm run sweep` and those made on the page. */

/** Cells along a side of the picture, and in all of it. */
export const PICTURE_SIDE = 24;
export const CELLS = PICTURE_SIDE * PICTURE_SIDE;
/** Points to train on, and training steps; each step uses all points. */
export const EXAMPLES = 384;
export const INTRINSIC_STEPS = 200;
/** Adam's learning rate when every weight is trained. */
export const FULL_RATE = 0.02;
/** The share of full training's result to reach (Li et al. 2018, §2). */
export const SHARE_OF_FULL = 0.9;
/** The command that makes the stored runs again. */
export const INTRINSIC_COMMAND = "npm run sweep";

/** Units in each of the two hidden layers. */
export const UNITS = 24;

/** What was tried: tasks, numbers of directions ("all" is D), and seeds. */
export const SHAPES = ["line", "circle", "ring"] as const;
export type ShapeName = (typeof SHAPES)[number];
export const DIRECTIONS = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, "all"] as const;
export const INTRINSIC_SEEDS: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** One entry of sweep.json. */
export interface SweptTask {
  task: ShapeName;
  /** Right cells: [seed][index in DIRECTIONS], and with every weight trained [seed]. */
  along: readonly (readonly number[])[];
  full: readonly number[];
}
