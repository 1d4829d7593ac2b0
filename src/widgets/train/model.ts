import {rankFloors} from "../../engine/floor.ts";
import {lastOf} from "../../engine/last.ts";
import {deltaWeight, type Lora} from "../../engine/lora.ts";
import {frobenius, type Matrix, subtract, zeros} from "../../engine/matrix.ts";
import {allocate} from "../../engine/parameters.ts";
import {deltaSvd} from "../../engine/subspace.ts";
import {svd} from "../../engine/svd.ts";
import type {Tape} from "../widget.ts";
import {compute, type Frame, planted, teacherOf} from "./runs.ts";
import {readRuns, type Settings, settingsOf, type TrainParams} from "./settings.ts";
import {SIDE, STEPS} from "./size.ts";

// What the worker runs: it loads a widget's model and asks for this.
export {compute};

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

/** What does not change while a run is looked at; pure, so that a worker, which looks at none, is built without it. */
const ground = /* @__PURE__ */ lastOf((examples: Settings["examples"], noise: number, rank: number, seed: number) => {
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
