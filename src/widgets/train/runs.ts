import {adamw, sgd} from "../../engine/optimizer.ts";
import {mulberry32} from "../../engine/random.ts";
import {fullStudent, loraStudent, makeTeacher} from "../../engine/teacher.ts";
import {type Snapshot, train} from "../../engine/train.ts";
import type {Settings} from "./settings.ts";
import {SIDE, STEPS} from "./size.ts";

/** Added to the seed for the draws of A, so that they are none of the teacher's. */
const DRAWS = 100;
/** Each singular value of ΔW* over the one before; the first is 3. */
const DECAY = 0.7;

/** A run at one step: its loss, and A and B or ΔW as one list of numbers. */
export interface Point {
  loss: number;
  numbers: Float64Array;
}

/** Both runs at one step; one that has left the range of numbers has no point. */
export interface Frame {
  lora?: Point;
  full?: Point;
}

export const planted = (rank: number): Float64Array => {
  const s = new Float64Array(rank);
  s.forEach((_, i) => {
    s[i] = i === 0 ? 3 : s[i - 1] * DECAY;
  });
  return s;
};

export const teacherOf = ({examples, noise, planted: rank, seed}: Settings) =>
  makeTeacher(
    {
      d: SIDE,
      k: SIDE,
      s: planted(rank),
      ...(examples === "all" ? {} : {examples: Number(examples), noise: noise / 10}),
    },
    mulberry32(seed),
  );

/** The snapshots of a run for as long as its numbers last: `train` throws where they leave their range. */
function* lasting(run: Generator<Snapshot, void>): Generator<Snapshot, void> {
  let step = 0;
  try {
    for (const snapshot of run) {
      yield snapshot;
      step++;
    }
  } catch (error) {
    if (step === 0) throw error;
  }
}

/** LoRA and full fine-tuning side by side: one teacher, one seed, one optimizer, one rate. */
export function* compute(settings: Settings): Generator<Frame, void> {
  const teacher = teacherOf(settings);
  const {r, alpha, rate, optimizer, seed} = settings;
  const training = {optimizer: optimizer === "sgd" ? sgd : adamw, rate: Number(rate), steps: STEPS};
  const lora = lasting(train(loraStudent(teacher, {r, alpha}, mulberry32(seed + DRAWS)), training));
  const full = lasting(train(fullStudent(teacher), training));
  for (let step = 0; step <= STEPS; step++) {
    const [one, other] = [lora.next().value, full.next().value];
    yield {
      lora: one ? {loss: one.loss, numbers: one.params} : undefined,
      full: other ? {loss: other.loss, numbers: other.params.map((w, i) => w - teacher.W0.data[i])} : undefined,
    };
  }
}
