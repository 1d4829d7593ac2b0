/** Four starts of A and B, for a single weight and for a layer, and the runs from them. No DOM. */
import {frobenius, type Matrix, matrix, scale} from "../../engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../engine/linalg/random.ts";
import {deltaWeight} from "../../engine/lora/lora.ts";
import {allocate} from "../../engine/network/parameters.ts";
import {loraStudent, lossFloor, makeTeacher, type Teacher} from "../../engine/network/teacher.ts";
import {adamw, sgd} from "../../engine/training/optimizer.ts";
import {type Training, train} from "../../engine/training/train.ts";
import {choice, type Params, range} from "../../figure/controls.ts";
import {untilOverflow} from "../../figure/runs/untilOverflow.ts";
import {symbol} from "../../figure/symbols.ts";
import {geometric} from "../shared/geometric.ts";

/** d and k of the layer. */
const [ROWS, COLUMNS] = [6, 8];
export const INIT_STEPS = 60;
/** How far from zero the reader's start may be, and the step between its places. */
const [MAX_A, MAX_B, START_STEP] = [2, 1.5, 0.1];

export const controls = {
  step: range(["Step"], {min: 0, max: INIT_STEPS, value: 0, clock: true}),
  a0: range([symbol.A, " starts at"], {min: -MAX_A, max: MAX_A, step: START_STEP, value: -1.4}),
  b0: range([symbol.B, " starts at"], {min: -MAX_B, max: MAX_B, step: START_STEP, value: 0.8}),
  r: range(["Rank ", symbol.r], {min: 1, max: ROWS, value: 2}),
  rate: choice(["Learning rate η"], {"0.01": "0.01", "0.03": "0.03", "0.1": "0.1", "0.3": "0.3", "1.0": "1"}, "0.1"),
  optimizer: choice(["Optimizer"], {sgd: "SGD", adam: "Adam"}, "sgd", true, "training"),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true, group: "chance"}),
};
export type InitParams = Params<typeof controls>;
type InitSettings = Omit<InitParams, "step">;

/** Which of A and B start at random; the others start at zero. Runs are trained, drawn and listed in this order. */
export const starts = [
  {name: "b-zero", A: true, B: false},
  {name: "a-zero", A: false, B: true},
  {name: "both-zero", A: false, B: false},
  {name: "both-random", A: true, B: true},
] as const;
export type Start = (typeof starts)[number]["name"];

/** A run at one step: A, B, the loss, ‖ΔW‖, and the norms of the two gradients. */
export interface InitPoint {
  A: Matrix;
  B: Matrix;
  loss: number;
  delta: number;
  dA: number;
  dB: number;
}

interface InitRun {
  name: Start;
  /** One per step from 0 to INIT_STEPS; fewer if the loss overflowed. */
  points: readonly InitPoint[];
}

/** Where a run with one A and one B is at one step. */
interface InitPlace {
  A: number;
  B: number;
  loss: number;
}

/** The negative gradient at a point: how far A and B are pulled. */
export interface GradientArrow {
  A: number;
  B: number;
  onA: number;
  onB: number;
}

export interface InitResult {
  /** The runs of one weight with one A and one B, in the order of `starts`; the last starts where the reader put it. */
  trails: readonly {name: Start; places: readonly InitPlace[]}[];
  /** Negative gradients at places on the two axes, where B or A is zero. */
  arrows: readonly GradientArrow[];
  /** The runs of a layer with whole matrices. */
  runs: readonly InitRun[];
  deltaStar: Matrix;
  /** The least loss that a ΔW of rank r can have, and the loss at ΔW = 0. */
  floor: number;
  lossOfW0: number;
}

/** Added to the seed for A and B, so that they differ from the teacher's matrices. */
const AB_SEED_SHIFT = 100;

/** Singular values of ΔW*, which has full rank: every rank below 6 leaves something out. */
const spectrum = geometric(ROWS, 2, Math.SQRT1_2);

/** B ~ N(0, 1/r), as `initLora` draws A ~ N(0, 1/k). */
const randomB = (r: number, random: () => number): Matrix => scale(randn(ROWS, r, random), 1 / Math.sqrt(r));

/** How the layer and the one weight are trained: without weight decay a matrix moves by its gradient alone, also under Adam. */
const trainingOf = ({rate, optimizer}: InitSettings): Training => ({
  optimizer: optimizer === "sgd" ? sgd : adamw,
  rate: Number(rate),
  steps: INIT_STEPS,
  weightDecay: 0,
});

/**
 * Trains the layer from the four starts. Each draws the same A and B and sets to zero what starts at zero. α = r, so α/r is 1 and
 * r changes only the rank.
 */
function trainLayer(settings: InitSettings): Omit<InitResult, "trails" | "arrows"> {
  const {r, seed} = settings;
  const teacher = makeTeacher({d: ROWS, k: COLUMNS, s: spectrum}, mulberry32(seed));
  const runs = starts.map(({name, A, B}): InitRun => {
    const random = mulberry32(seed + AB_SEED_SHIFT);
    const student = loraStudent(teacher, {r, alpha: r}, random);
    const initialB = randomB(r, random);
    if (!A) student.params.views.A.data.fill(0);
    if (B) student.params.views.B.data.set(initialB.data);
    const run = train(student, trainingOf(settings));
    const points = Array.from(untilOverflow(run), ({loss, gradientNorms, params}): InitPoint => {
      const {A, B} = allocate(student.params.layout, params).views;
      const delta = frobenius(deltaWeight({A, B, alpha: r, r}));
      return {A, B, loss, delta, dA: gradientNorms.A, dB: gradientNorms.B};
    });
    return {name, points};
  });
  return {runs, deltaStar: teacher.deltaStar, floor: lossFloor(spectrum, r), lossOfW0: lossFloor(spectrum, 0)};
}

/** The smallest layer: one weight, which should change by 1. */
const oneByOne = (x: number): Matrix => matrix(1, 1, [x]);
const oneWeight: Teacher = {W0: oneByOne(0), deltaStar: oneByOne(1), x: oneByOne(1), y: oneByOne(1)};

/** The one weight with this A and B. */
function studentAt(A: number, B: number) {
  const student = loraStudent(oneWeight, {r: 1, alpha: 1}, mulberry32(AB_SEED_SHIFT));
  student.params.views.A.data[0] = A;
  student.params.views.B.data[0] = B;
  return student;
}

/** The loss of the one weight at these values, and its negative gradient. */
export function gradientAt(A: number, B: number): GradientArrow & {loss: number} {
  const student = studentAt(A, B);
  const gradients = allocate(student.params.layout);
  const loss = student.loss(gradients);
  // 0 − x rather than −x, so that no gradient is −0.
  return {A, B, loss, onA: 0 - gradients.views.A.data[0]!, onB: 0 - gradients.views.B.data[0]!};
}

/** The run of the one weight from these values. */
function trainWeight(A: number, B: number, settings: InitSettings): InitPlace[] {
  const run = train(studentAt(A, B), trainingOf(settings));
  return Array.from(untilOverflow(run), ({loss, params: [A, B]}) => ({A: A!, B: B!, loss}));
}

/** Where gradients are shown on each axis: at every quarter, as far out as the reader's start may be. */
const quarters = (max: number) => Array.from({length: 4 * max}, (_, i) => (i + 1) / 4).flatMap((far) => [-far, far]);

/** All runs together are so fast that one snapshot holds them; the clock only says which step is shown. */
export function* compute(settings: InitSettings): Generator<InitResult, void> {
  const {a0, b0} = settings;
  const from: Readonly<Record<Start, readonly [A: number, B: number]>> = {
    "b-zero": [1, 0],
    "a-zero": [0, 1],
    "both-zero": [0, 0],
    "both-random": [a0, b0],
  };
  yield {
    trails: starts.map(({name}) => ({name, places: trainWeight(...from[name], settings)})),
    arrows: [...quarters(MAX_A).map((A) => gradientAt(A, 0)), ...quarters(MAX_B).map((B) => gradientAt(0, B))],
    ...trainLayer(settings),
  };
}
