import {frobenius, type Matrix, subtract} from "../../engine/linalg/matrix.ts";
import {deltaWeight} from "../../engine/lora/lora.ts";
import type {Tape} from "../../figure/widget.ts";
import {keptTrainRuns, settingsOf, type TrainParams, type TrainSettings} from "./controls.ts";
import type {TrainPoint, TrainSnapshot, TrainTarget} from "./model.ts";
import {TRAIN_SIDE} from "./settings.ts";

export interface TrainStudent {
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
  /** The step at which it diverged, if it did. */
  divergedAt?: number;
}

export interface KeptTrainRun {
  settings: TrainSettings;
  losses: readonly number[];
  full: readonly number[];
}

export interface TrainResult {
  lora: TrainStudent & {A: Matrix; B: Matrix};
  full: TrainStudent;
  deltaStar: Matrix;
  /** Singular values of ΔW*. */
  s: Float64Array;
  kept: readonly KeptTrainRun[];
}

type Who = "lora" | "full";

const lossesOf = (tape: Tape<TrainSnapshot>, who: Who): number[] =>
  tape.flatMap((snapshot) => snapshot[who]?.loss ?? []);

function student(
  tape: Tape<TrainSnapshot>,
  who: Who,
  {s}: TrainPoint,
  delta: Matrix,
  deltaStar: Matrix,
  floor: number,
): TrainStudent {
  const losses = lossesOf(tape, who);
  const rest = subtract(delta, deltaStar);
  const divergedAt = losses.length < tape.length ? losses.length : undefined;
  return {losses, delta, rest, distance: frobenius(rest), s, floor, divergedAt};
}

/** From the tape of the run up to the step, and whole tapes of the kept runs, to what the picture shows. */
export function see(tapes: readonly Tape<TrainSnapshot>[], params: TrainParams): TrainResult {
  const {r, alpha, step} = params;
  const tape = tapes[0].slice(0, step + 1);
  const {deltaStar, s, floors} = tape[0].target as TrainTarget;
  // A run that has diverged keeps its last matrices.
  const lora = tape.findLast(({lora}) => lora)!.lora!;
  const full = tape.findLast(({full}) => full)!.full!;
  const {A, B} = lora;
  const fullDelta: Matrix = {rows: TRAIN_SIDE, cols: TRAIN_SIDE, data: full.parameters};
  return {
    lora: {...student(tape, "lora", lora, deltaWeight({A, B, alpha, r}), deltaStar, floors[r]), A, B},
    full: student(tape, "full", full, fullDelta, deltaStar, floors.at(-1)!),
    deltaStar,
    s,
    kept: (keptTrainRuns.read(params.kept).runs ?? []).map((settings, i) => {
      const tape = tapes[i + 1] ?? [];
      return {settings, losses: lossesOf(tape, "lora"), full: lossesOf(tape, "full")};
    }),
  };
}

/** The runs to compute: the one in the picture, then the kept ones. */
export const runs = (params: TrainParams): readonly TrainSettings[] => [
  settingsOf(params),
  ...(keptTrainRuns.read(params.kept).runs ?? []),
];
