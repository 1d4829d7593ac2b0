import {rankFloors} from "../../engine/analysis/floor.ts";
import {deltaSvd} from "../../engine/analysis/subspace.ts";
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {svd} from "../../engine/linalg/svd.ts";
import {fullStudent} from "../../engine/network/fullStudent.ts";
import {loraStudent, makeTeacher} from "../../engine/network/teacher.ts";
import {adamw, sgd} from "../../engine/training/optimizer.ts";
import {type Snapshot, train} from "../../engine/training/train.ts";
import {lasting} from "../../shell/runs/lasting.ts";
import type {Settings} from "./controls.ts";
import {SIDE, STEPS} from "./settings.ts";

/** Added to the seed for the draws of A, so that they are none of the teacher's. */
const DRAWS = 100;
/** Each singular value of ΔW* over the one before; the first is 3. */
const DECAY = 0.7;

/** A run at one step: its loss, A and B or ΔW as one list of numbers, and the singular values of ΔW. */
export interface Point {
  loss: number;
  numbers: Float64Array;
  s: Float64Array;
}

/** What a run looks for, and how near it can come. */
export interface Ground {
  star: Matrix;
  /** Singular values of ΔW*. */
  s: Float64Array;
  /** The least loss that a ΔW of rank r has on these examples, for r = 0 and up. */
  floors: Float64Array;
}

/** The LoRA run also has its numbers as A (r,k) and B (d,r). */
export interface LoraPoint extends Point {
  A: Matrix;
  B: Matrix;
}

/** Both runs at one step; one that has left the range of numbers has no point. The first frame has the ground too. */
export interface Frame {
  ground?: Ground;
  lora?: LoraPoint;
  full?: Point;
}

const planted = (rank: number): Float64Array => {
  const s = new Float64Array(rank);
  s.forEach((_, i) => {
    s[i] = i === 0 ? 3 : s[i - 1] * DECAY;
  });
  return s;
};

const teacherOf = ({examples, noise, planted: rank, seed}: Settings) =>
  makeTeacher(
    {
      d: SIDE,
      k: SIDE,
      s: planted(rank),
      ...(examples === "all" ? {} : {examples: Number(examples), noise: noise / 10}),
    },
    mulberry32(seed),
  );

function loraPoint({loss, params}: Snapshot, {r, alpha}: Settings): LoraPoint {
  const A = {rows: r, cols: SIDE, data: params.subarray(0, r * SIDE)};
  const B = {rows: SIDE, cols: r, data: params.subarray(r * SIDE)};
  return {loss, numbers: params, A, B, s: deltaSvd({A, B, alpha, r}).s};
}

function fullPoint({loss, params}: Snapshot, W0: Matrix): Point {
  const numbers = params.map((w, i) => w - W0.data[i]);
  return {loss, numbers, s: svd({...W0, data: numbers}).s};
}

/** LoRA and full fine-tuning side by side: one teacher, one seed, one optimizer, one rate. */
export function* compute(settings: Settings): Generator<Frame, void> {
  const teacher = teacherOf(settings);
  const {r, alpha, rate, optimizer, seed} = settings;
  const training = {optimizer: optimizer === "sgd" ? sgd : adamw, rate: Number(rate), steps: STEPS};
  const lora = lasting(train(loraStudent(teacher, {r, alpha}, mulberry32(seed + DRAWS)), training));
  const full = lasting(train(fullStudent(teacher), training));
  const ground = {star: teacher.deltaStar, s: planted(settings.planted), floors: rankFloors(teacher)};
  for (let step = 0; step <= STEPS; step++) {
    const [one, other] = [lora.next().value, full.next().value];
    yield {
      ...(step === 0 ? {ground} : {}),
      lora: one ? loraPoint(one, settings) : undefined,
      full: other ? fullPoint(other, teacher.W0) : undefined,
    };
  }
}
