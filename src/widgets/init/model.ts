import {lastOf} from "../../engine/last.ts";
import {deltaWeight} from "../../engine/lora.ts";
import {frobenius, type Matrix, scale} from "../../engine/matrix.ts";
import {adamw, sgd} from "../../engine/optimizer.ts";
import {allocate} from "../../engine/parameters.ts";
import {mulberry32, randn} from "../../engine/random.ts";
import {loraStudent, lossFloor, makeTeacher} from "../../engine/teacher.ts";
import {train} from "../../engine/train.ts";
import {choice, type Params, range} from "../controls.ts";
import {sign} from "../signs.ts";

const ROWS = 6;
const COLUMNS = 8;
export const STEPS = 60;
/** Added to the seed for the draws of A and B, so that they are none of the teacher's. */
const DRAWS = 100;

/** Singular values of ΔW*: from 2 on, each the one before over √2, so every rank below 6 leaves something out. */
const spectrum = new Float64Array(ROWS);
spectrum.forEach((_, i) => {
  spectrum[i] = i === 0 ? 2 : spectrum[i - 1] * Math.SQRT1_2;
});

export const controls = {
  step: range(["Step"], {min: 0, max: STEPS, value: 0}),
  r: range(["Rank ", sign.r], {min: 1, max: ROWS, value: 2}),
  rate: choice(["Learning rate η"], {"0.01": "0.01", "0.03": "0.03", "0.1": "0.1", "0.3": "0.3", "1.0": "1"}, "0.1"),
  optimizer: choice(["Optimizer"], {sgd: "SGD", adam: "Adam"}, "sgd", true),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true}),
};
export type InitParams = Params<typeof controls>;

/** Where A and B start: at zero or at random. In this order they are raced, drawn and listed. */
export const starts = [
  {name: "b-zero", A: true, B: false},
  {name: "a-zero", A: false, B: true},
  {name: "both-zero", A: false, B: false},
  {name: "both-random", A: true, B: true},
] as const;
export type Start = (typeof starts)[number]["name"];

/** A run at one step: its pair, the loss there, ‖ΔW‖, and the norms of the two gradients. */
export interface Point {
  A: Matrix;
  B: Matrix;
  loss: number;
  delta: number;
  dA: number;
  dB: number;
}

export interface Run {
  name: Start;
  /** Step 0 first; 61 of them, unless the run left the range of numbers: then those before it did. */
  points: readonly Point[];
}

export interface InitResult {
  runs: readonly Run[];
  deltaStar: Matrix;
  /** The least loss any ΔW of rank r has, and the loss at ΔW = 0. */
  floor: number;
  untouched: number;
}

/** N for B has deviation 1/√r as N for A (`initLora`) has 1/√k: each one over the root of what it sums over. */
const randomB = (r: number, random: () => number): Matrix => scale(randn(ROWS, r, random), 1 / Math.sqrt(r));

/**
 * Four students of one teacher; each draws the same A and the same B and sets to zero what starts there. α = r, so
 * that α/r = 1 at every rank and r changes the rank alone.
 */
const race = lastOf((r: number, rate: number, optimizer: InitParams["optimizer"], seed: number): InitResult => {
  const teacher = makeTeacher({d: ROWS, k: COLUMNS, s: spectrum}, mulberry32(seed));
  const runs = starts.map(({name, A, B}): Run => {
    const random = mulberry32(seed + DRAWS);
    const student = loraStudent(teacher, {r, alpha: r}, random);
    const drawn = randomB(r, random);
    if (!A) student.params.views.A.data.fill(0);
    if (B) student.params.views.B.data.set(drawn.data);
    const points: Point[] = [];
    try {
      // Without decay a matrix moves by its gradient alone, in Adam too.
      const training = {optimizer: optimizer === "sgd" ? sgd : adamw, rate, steps: STEPS, weightDecay: 0};
      for (const {loss, gradientNorms, params} of train(student, training)) {
        const {A: atA, B: atB} = allocate(student.params.layout, params).views;
        points.push({
          A: atA,
          B: atB,
          loss,
          delta: frobenius(deltaWeight({A: atA, B: atB, alpha: r, r})),
          dA: gradientNorms.A,
          dB: gradientNorms.B,
        });
      }
    } catch (error) {
      // `train` throws when the loss leaves the range of numbers; the steps before it are the run.
      if (points.length === 0) throw error;
    }
    return {name, points};
  });
  return {runs, deltaStar: teacher.deltaStar, floor: lossFloor(spectrum, r), untouched: lossFloor(spectrum, 0)};
});

export const compute = ({r, rate, optimizer, seed}: InitParams): InitResult => race(r, Number(rate), optimizer, seed);
