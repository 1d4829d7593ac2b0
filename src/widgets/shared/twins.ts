import type {Matrix} from "../../engine/linalg/matrix.ts";
import type {Lora} from "../../engine/lora/lora.ts";
import type {Target} from "../../engine/network/architecture.ts";
import type {Choice, Params, Range} from "../../shell/controls.ts";
import {LISTS, OPERATIONS} from "./taskNames.ts";

/** Steps of a run, and how many lie between two looks at its matrices. */
export const STEPS = 200;
export const EVERY = 10;
/** α at every rank, as the paper leaves it. */
export const ALPHA = 8;
/** The paper's ranks 8 and 64, made smaller with the model. */
export const RANKS = {low: 4, high: 16} as const;
/** k, the width of both base models. */
export const WIDTH = 32;

/** What the adapters may be taught: by a word list to the word forge, by an operation to the digit machine. */
export const SKILLS = {
  names: LISTS.names,
  reversePlusOne: OPERATIONS.reversePlusOne,
  plusThree: OPERATIONS.plusThree,
} as const;
export type Skill = keyof typeof SKILLS;

/** The adapted matrices: queries and values of both layers, the paper's choice. In the order of a run's numbers. */
export const PLACES = ["q1", "v1", "q2", "v2"] as const;
export type Place = (typeof PLACES)[number];

/** Something of each place. */
export const atPlaces = <T>(of: (place: Place) => T): Readonly<Record<Place, T>> =>
  Object.fromEntries(PLACES.map((place) => [place, of(place)])) as Record<Place, T>;

/** "q1" → Wq of the first layer, counted from 0 as the engine does. */
export const placeOf = (place: Place): {target: Target; layer: number} => ({
  target: place[0] === "q" ? "Wq" : "Wv",
  layer: Number(place[1]) - 1,
});

/** How a place is called. */
export const placeNames = {
  q1: "Wq, layer 1",
  v1: "Wv, layer 1",
  q2: "Wq, layer 2",
  v2: "Wv, layer 2",
} satisfies Record<Place, string>;

/** The same in a sentence: "Wv of layer 2". */
export const placeSaid = (place: Place): string => placeNames[place].replace(", ", " of ");

/** Two adapters on one base: of both ranks, or of the higher rank twice. */
export type TwinRun = Params<{skill: Choice<Skill>; twins: Choice<"ranks" | "seeds">; seed: Range}>;

/** Rank and seed of both. */
export function twinsOf({twins, seed}: TwinRun): readonly {r: number; seed: number}[] {
  // With one seed the higher rank's first A would begin with the lower's own rows: each run has a seed of its own.
  const high = {r: RANKS.high, seed: seed + 100};
  return twins === "ranks" ? [{r: RANKS.low, seed}, high] : [high, {r: RANKS.high, seed: seed + 200}];
}

/** Both runs at a step; only every EVERY steps is there a look. */
export interface TwinFrame {
  /** A and B of each place, of either run. */
  looks?: readonly [Float32Array, Float32Array];
  /** In the first frame: the frozen weights of the places. */
  weights?: Float32Array;
}

const block = (data: Float32Array, at: number, rows: number, cols: number): Matrix => ({
  ...{rows, cols},
  data: Float64Array.from(data.subarray(at, at + rows * cols)),
});

/** The pair of a place from a run's numbers: A (r × k), then B (d × r), place by place. */
export function loraAt(numbers: Float32Array, place: Place): Lora {
  const r = numbers.length / (PLACES.length * 2 * WIDTH);
  const at = PLACES.indexOf(place) * 2 * r * WIDTH;
  return {A: block(numbers, at, r, WIDTH), B: block(numbers, at + r * WIDTH, WIDTH, r), alpha: ALPHA, r};
}

/** W₀ (d × k) of a place. */
export const weightAt = (weights: Float32Array, place: Place): Matrix =>
  block(weights, PLACES.indexOf(place) * WIDTH * WIDTH, WIDTH, WIDTH);
