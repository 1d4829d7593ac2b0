import {rankFloors} from "../../engine/analysis/floor.ts";
import {deltaSvd} from "../../engine/analysis/subspace.ts";
import type {Matrix} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {svd} from "../../engine/linalg/svd.ts";
import {fullStudent} from "../../engine/network/fullStudent.ts";
import {loraStudent, makeTeacher} from "../../engine/network/teacher.ts";
import {adamw, sgd} from "../../engine/training/optimizer.ts";
import {type Snapshot as TrainingStep, train} from "../../engine/training/train.ts";
import {untilOverflow} from "../../figure/runs/untilOverflow.ts";
import {geometric} from "../shared/geometric.ts";
import type {TrainSettings} from "./controls.ts";
import {TRAIN_SIDE, TRAIN_STEPS} from "./settings.ts";

/** Added to the seed for A, so that it differs from the teacher's matrices. */
const DRAWS = 100;

/** A run at one step: its loss, its parameters (A and B, or ΔW), and the singular values of ΔW. */
export interface TrainPoint {
  loss: number;
  parameters: Float64Array;
  s: Float64Array;
}

/** The LoRA run also has its parameters as A (r,k) and B (d,r). */
export interface LoraPoint extends TrainPoint {
  A: Matrix;
  B: Matrix;
}

/** What the runs look for, and how close they can come. */
export interface TrainTarget {
  deltaStar: Matrix;
  /** Singular values of ΔW*. */
  s: Float64Array;
  /** The least loss on these examples that a ΔW of rank 0, 1, … can have. */
  floors: Float64Array;
}

/** Both runs at one step; one that has diverged has no point. The first snapshot also has the target. */
export interface TrainSnapshot {
  target?: TrainTarget;
  lora?: LoraPoint;
  full?: TrainPoint;
}

const spectrum = (rank: number): Float64Array => geometric(rank, 3, 0.7);

const teacherOf = ({examples, noise, planted, seed}: TrainSettings) =>
  makeTeacher(
    {
      d: TRAIN_SIDE,
      k: TRAIN_SIDE,
      s: spectrum(planted),
      ...(examples === "all" ? {} : {examples: Number(examples), noise: noise / 10}),
    },
    mulberry32(seed),
  );

function loraPoint({loss, params}: TrainingStep, {r, alpha}: TrainSettings): LoraPoint {
  const A = {rows: r, cols: TRAIN_SIDE, data: params.subarray(0, r * TRAIN_SIDE)};
  const B = {rows: TRAIN_SIDE, cols: r, data: params.subarray(r * TRAIN_SIDE)};
  return {loss, parameters: params, A, B, s: deltaSvd({A, B, alpha, r}).s};
}

function fullPoint({loss, params}: TrainingStep, W0: Matrix): TrainPoint {
  const delta = params.map((w, i) => w - W0.data[i]);
  return {loss, parameters: delta, s: svd({...W0, data: delta}).s};
}

/** LoRA and full fine-tuning side by side, with the same teacher, seed, optimizer and rate. */
export function* compute(settings: TrainSettings): Generator<TrainSnapshot, void> {
  const teacher = teacherOf(settings);
  const {r, alpha, rate, optimizer, seed} = settings;
  const training = {optimizer: optimizer === "sgd" ? sgd : adamw, rate: Number(rate), steps: TRAIN_STEPS};
  const lora = untilOverflow(train(loraStudent(teacher, {r, alpha}, mulberry32(seed + DRAWS)), training));
  const full = untilOverflow(train(fullStudent(teacher), training));
  const target = {deltaStar: teacher.deltaStar, s: spectrum(settings.planted), floors: rankFloors(teacher)};
  for (let step = 0; step <= TRAIN_STEPS; step++) {
    const [one, other] = [lora.next().value, full.next().value];
    yield {
      ...(step === 0 ? {target} : {}),
      lora: one ? loraPoint(one, settings) : undefined,
      full: other ? fullPoint(other, teacher.W0) : undefined,
    };
  }
}
