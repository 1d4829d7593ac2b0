import {frobenius, type Matrix, scale} from "../../engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../engine/linalg/random.ts";
import {deltaWeight} from "../../engine/lora/lora.ts";
import {allocate} from "../../engine/network/parameters.ts";
import {loraStudent, lossFloor, makeTeacher} from "../../engine/network/teacher.ts";
import {adamw, sgd} from "../../engine/training/optimizer.ts";
import {train} from "../../engine/training/train.ts";
import {untilOverflow} from "../../figure/runs/untilOverflow.ts";
import {geometric} from "../shared/geometric.ts";
import {COLUMNS, INIT_STEPS, type InitParams, ROWS, type Start, starts} from "./controls.ts";

/** A run at one step: A, B, the loss, ‖ΔW‖, and the norms of the two gradients. */
export interface InitPoint {
  A: Matrix;
  B: Matrix;
  loss: number;
  delta: number;
  dA: number;
  dB: number;
}

export interface InitRun {
  name: Start;
  /** One per step from 0 to INIT_STEPS; fewer if the loss overflowed. */
  points: readonly InitPoint[];
}

export interface InitResult {
  runs: readonly InitRun[];
  deltaStar: Matrix;
  /** The least loss that a ΔW of rank r can have, and the loss at ΔW = 0. */
  floor: number;
  untouched: number;
}

/** Added to the seed for A and B, so that they differ from the teacher's matrices. */
const DRAWS = 100;

/** Singular values of ΔW*. It has full rank, so every rank below 6 leaves something out. */
const spectrum = geometric(ROWS, 2, Math.SQRT1_2);

/** B ~ N(0, 1/r), as `initLora` draws A ~ N(0, 1/k). */
const randomB = (r: number, random: () => number): Matrix => scale(randn(ROWS, r, random), 1 / Math.sqrt(r));

/**
 * Trains four students of one teacher. Each draws the same A and B and sets to zero what starts at zero. α = r, so α/r = 1 and
 * r changes nothing but the rank.
 */
function race({r, rate, optimizer, seed}: Omit<InitParams, "step">): InitResult {
  const teacher = makeTeacher({d: ROWS, k: COLUMNS, s: spectrum}, mulberry32(seed));
  // Without weight decay a matrix moves by its gradient alone, also under Adam.
  const training = {
    optimizer: optimizer === "sgd" ? sgd : adamw,
    rate: Number(rate),
    steps: INIT_STEPS,
    weightDecay: 0,
  };
  const runs = starts.map(({name, A, B}): InitRun => {
    const random = mulberry32(seed + DRAWS);
    const student = loraStudent(teacher, {r, alpha: r}, random);
    const drawn = randomB(r, random);
    if (!A) student.params.views.A.data.fill(0);
    if (B) student.params.views.B.data.set(drawn.data);
    const points = Array.from(untilOverflow(train(student, training)), ({loss, gradientNorms, params}): InitPoint => {
      const {A, B} = allocate(student.params.layout, params).views;
      const delta = frobenius(deltaWeight({A, B, alpha: r, r}));
      return {A, B, loss, delta, dA: gradientNorms.A, dB: gradientNorms.B};
    });
    return {name, points};
  });
  return {runs, deltaStar: teacher.deltaStar, floor: lossFloor(spectrum, r), untouched: lossFloor(spectrum, 0)};
}

/** The race is so fast that one snapshot holds all of it; the clock only says which step of it is shown. */
export function* compute(params: Omit<InitParams, "step">): Generator<InitResult, void> {
  yield race(params);
}
