/** One matrix of the forge with an A and a B of rank 1 beside it: the controls, and what each part computes for one letter. */
import stored from "../../../content/lab/forge.addition.json" with {type: "json"};
import forge from "../../../content/lab/forge.json" with {type: "json"};
import {choice, type Params, range} from "../../figure/controls.ts";
import {storedHalves} from "../shared/storedHalves.ts";

/** d and k of the matrix. */
export const SIDE = 32;
/** α/r. */
export const SCALE = 2;

/** The loss in nats a letter on held-out names, without A and B and with them after 200 steps. */
export const losses = {off: forge.base, on: forge.oneMatrix.Wv.losses[0]!};

const names = Object.keys(stored.inputs) as (keyof typeof stored.inputs)[];
type Name = (typeof names)[number];
const MAX_NAME_LENGTH = Math.max(...names.map((name) => name.length));
/** Steps of training at which A and B are kept. */
const steps = Object.keys(stored.steps) as (keyof typeof stored.steps)[];

export const controls = {
  phase: choice(["Phase"], {training: "Training", beside: "Side by side", merged: "Merged"}, "beside"),
  look: choice(
    ["Look at"],
    {
      all: "Everything",
      question: "The question",
      loud: "How loud",
      push: "The push",
      update: "The update",
      cell: "One cell",
    },
    "all",
    true,
  ),
  step: {
    ...choice(["After steps"], Object.fromEntries(steps.map((step) => [step, step])) as Record<Step, string>, "200"),
    when: {phase: ["training"]},
  },
  word: choice(["Name"], {anna: "anna", emilia: "emilia", john: "john"} satisfies Record<Name, string>, "anna", true),
  letter: range(["Letter"], {min: 1, max: MAX_NAME_LENGTH, value: 4, more: true}),
  row: range(["Row"], {min: 1, max: SIDE, value: 10, more: true, group: "trace"}),
  column: range(["Column"], {min: 1, max: SIDE, value: 28, more: true, group: "trace"}),
};
type Step = keyof typeof stored.steps;
export type AdditionParams = Params<typeof controls>;

/** The letter is at most the last of the name. */
export const bounds = ({word}: AdditionParams) => ({letter: [1, word.length] as const});

/** All that the picture shows for one letter. */
export interface AdditionResult {
  /** (32,32) */
  W0: Float64Array;
  /** A (1,32) and B (32,1). */
  A: Float64Array;
  B: Float64Array;
  x: Float64Array;
  /** W₀x */
  frozen: Float64Array;
  /** A·x: how loud A hears x. */
  loudness: number;
  /** α/r · B·(A·x): what is added to W₀x. */
  push: Float64Array;
  /** The output, W₀x + push. */
  h: Float64Array;
  /** The entry at the chosen row and column: W₀'s, B's, A's, and ΔW's. */
  cell: {w0: number; b: number; a: number; change: number};
  /** ‖W₀‖ and ‖ΔW‖, the roots of their sums of squares. */
  norms: {frozen: number; change: number};
}

const W0 = storedHalves(stored.weights);
/** A and B at each stored step. */
const storedUpdates = steps.map((step) => {
  const entries = storedHalves(stored.steps[step]);
  return [entries.subarray(0, SIDE), entries.subarray(SIDE)] as const;
});
/** x at all letters of each name. */
const inputs = new Map(names.map((name) => [name, storedHalves(stored.inputs[name])]));
/** x at a letter of a name, counted from 1. */
const inputAt = (name: Name, letter: number): Float64Array =>
  inputs.get(name)!.subarray((letter - 1) * SIDE, letter * SIDE);

const dot = (one: Float64Array, other: Float64Array): number =>
  one.reduce((sum, value, i) => sum + value * other[i]!, 0);
const times = (matrix: Float64Array, x: Float64Array): Float64Array =>
  Float64Array.from({length: SIDE}, (_, i) => dot(matrix.subarray(i * SIDE, (i + 1) * SIDE), x));

/** A and B with what they make of x: A·x, what B adds, and the output h; `frozen` is W₀x. */
function withUpdate(x: Float64Array, frozen: Float64Array, [A, B]: (typeof storedUpdates)[number]) {
  const loudness = dot(A, x);
  const push = B.map((value) => SCALE * value * loudness);
  return {A, B, loudness, push, h: frozen.map((value, i) => value + push[i]!)};
}

/** The result for one letter of a name. */
export function compute({phase, step, word, letter, row, column}: AdditionParams): AdditionResult {
  const trained = storedUpdates[phase === "training" ? steps.indexOf(step) : steps.length - 1]!;
  const [A, B] = trained;
  const x = inputAt(word, letter);
  const frozen = times(W0, x);
  const [w0, b, a] = [W0[(row - 1) * SIDE + column - 1]!, B[row - 1]!, A[column - 1]!];
  return {
    ...withUpdate(x, frozen, trained),
    W0,
    x,
    frozen,
    cell: {w0, b, a, change: SCALE * b * a},
    // ΔW is SCALE · B · A, of rank 1, so its norm is the product of the norms of B and A.
    norms: {frozen: Math.sqrt(dot(W0, W0)), change: SCALE * Math.sqrt(dot(A, A) * dot(B, B))},
  };
}

/** The largest absolute value in all vectors. */
const largest = (all: readonly Float64Array[]): number => Math.max(...all.flatMap((one) => Array.from(one, Math.abs)));
/** W₀x and h of all letters. */
const outputs = names.flatMap((name) =>
  Array.from(name, (_, i) => {
    const x = inputAt(name, i + 1);
    const frozen = times(W0, x);
    return [frozen, withUpdate(x, frozen, storedUpdates.at(-1)!).h];
  }),
);

/** The largest sizes of each vector, so that no letter and no step changes a scale of the drawing. */
export const scaleLimits = {
  A: largest(storedUpdates.map(([A]) => A)),
  B: largest(storedUpdates.map(([, B]) => B)),
  x: largest([...inputs.values()]),
  h: largest(outputs.flat()),
};
