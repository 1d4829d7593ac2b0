import {frobenius, type Matrix, scale} from "../../engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../engine/linalg/random.ts";
import {deltaWeight} from "../../engine/lora/lora.ts";
import {allocate} from "../../engine/network/parameters.ts";
import {loraStudent, lossFloor, makeTeacher} from "../../engine/network/teacher.ts";
import {adamw, sgd} from "../../engine/training/optimizer.ts";
import {train} from "../../engine/training/train.ts";
import {COLUMNS, type InitParams, type InitResult, type Point, ROWS, type Run, STEPS, starts} from "./controls.ts";

/** Added to the seed for the draws of A and B, so that they are none of the teacher's. */
const DRAWS = 100;

/** Singular values of ΔW*: from 2 on, each the one before over √2, so every rank below 6 leaves something out. */
const spectrum = new Float64Array(ROWS);
spectrum.forEach((_, i) => {
  spectrum[i] = i === 0 ? 2 : spectrum[i - 1] * Math.SQRT1_2;
});

/** N for B has deviation 1/√r as N for A (`initLora`) has 1/√k: each one over the root of what it sums over. */
const randomB = (r: number, random: () => number): Matrix => scale(randn(ROWS, r, random), 1 / Math.sqrt(r));

/**
 * Four students of one teacher; each draws the same A and the same B and sets to zero what starts there. α = r, so
 * that α/r = 1 at every rank and r changes the rank alone.
 */
export function race({r, rate: text, optimizer, seed}: Omit<InitParams, "step">): InitResult {
  const rate = Number(text);
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
}

/** The race is sooner run than sent in pieces: all of it is in the first frame, and the others only move the clock. */
export function* compute(params: Omit<InitParams, "step">): Generator<InitResult | undefined, void> {
  yield race(params);
  for (let step = 1; step <= STEPS; step++) yield undefined;
}
