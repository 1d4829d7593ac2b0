import {rankFloors} from "../../engine/floor.ts";
import {lastOf} from "../../engine/last.ts";
import {deltaWeight, type Lora} from "../../engine/lora.ts";
import {frobenius, type Matrix, subtract, zeros} from "../../engine/matrix.ts";
import {adamw, sgd} from "../../engine/optimizer.ts";
import {allocate} from "../../engine/parameters.ts";
import {mulberry32} from "../../engine/random.ts";
import {deltaSvd} from "../../engine/subspace.ts";
import {svd} from "../../engine/svd.ts";
import {fullStudent, loraStudent, makeTeacher} from "../../engine/teacher.ts";
import {type Snapshot, train} from "../../engine/train.ts";
import type {Tape} from "../widget.ts";
import {readRuns, type Settings, SIDE, STEPS, settingsOf, type TrainParams} from "./settings.ts";

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

export interface Student {
  /** The losses so far. */
  losses: readonly number[];
  delta: Matrix;
  /** ΔW − ΔW*, and its norm. */
  rest: Matrix;
  distance: number;
  /** Singular values of ΔW. */
  s: Float64Array;
  /** The least loss on these examples that its ΔW can have. */
  floor: number;
  /** The step at which it left the range of numbers, if it has. */
  lost?: number;
}

export interface Kept {
  settings: Settings;
  losses: readonly number[];
  full: readonly number[];
}

export interface TrainResult {
  lora: Student & {A: Matrix; B: Matrix};
  full: Student;
  star: Matrix;
  /** Singular values of ΔW*. */
  s: Float64Array;
  kept: readonly Kept[];
}

/** What does not change while a run is looked at. */
const ground = lastOf((examples: Settings["examples"], noise: number, rank: number, seed: number) => {
  const teacher = teacherOf({examples, noise, planted: rank, seed} as Settings);
  return {star: teacher.deltaStar, s: planted(rank), floors: rankFloors(teacher)};
});

const lossesOf = (tape: Tape<Frame>, who: keyof Frame): number[] => tape.flatMap((frame) => frame[who]?.loss ?? []);

function student(
  tape: Tape<Frame>,
  who: keyof Frame,
  delta: Matrix,
  s: Float64Array,
  star: Matrix,
  floor: number,
): Student {
  const losses = lossesOf(tape, who);
  const rest = subtract(delta, star);
  const lost = losses.length < tape.length ? losses.length : undefined;
  return {losses, delta, rest, distance: frobenius(rest), s, floor, lost};
}

/** The tape of the run up to the step and whole tapes of the kept ones → what the picture shows. */
export function see(tapes: readonly Tape<Frame>[], params: TrainParams): TrainResult {
  const {r, alpha, step} = params;
  const tape = tapes[0].slice(0, step + 1);
  const {star, s, floors} = ground(params.examples, params.noise, params.planted, params.seed);
  // Where a run has left the range of numbers, its last matrices stand.
  const last = (who: keyof Frame): Float64Array =>
    tape.reduce<Float64Array>((before, frame) => frame[who]?.numbers ?? before, zeros(0, 0).data);
  const {A, B} = allocate(
    [
      ["A", r, SIDE],
      ["B", SIDE, r],
    ],
    last("lora"),
  ).views;
  const pair: Lora = {A, B, alpha, r};
  const full: Matrix = {rows: SIDE, cols: SIDE, data: last("full")};
  const runs = readRuns(params.kept).runs ?? [];
  return {
    lora: {...student(tape, "lora", deltaWeight(pair), deltaSvd(pair).s, star, floors[r]), A, B},
    full: student(tape, "full", full, svd(full).s, star, floors.at(-1)!),
    star,
    s,
    kept: runs.map((settings, i) => {
      const other = tapes[i + 1] ?? [];
      return {settings, losses: lossesOf(other, "lora"), full: lossesOf(other, "full")};
    }),
  };
}

/** The run in the picture and those kept, as parameters of `compute`. */
export const runs = (params: TrainParams): readonly Settings[] => [
  settingsOf(params),
  ...(readRuns(params.kept).runs ?? []),
];

/** The picture at once: the run trained up to its step, those kept to their ends. */
export function trained(params: TrainParams): TrainResult {
  const tapes = runs(params).map((settings, i) => {
    const tape: Frame[] = [];
    const end = i === 0 ? params.step : STEPS;
    for (const frame of compute(settings)) if (tape.push(frame) > end) break;
    return tape;
  });
  return see(tapes, params);
}
