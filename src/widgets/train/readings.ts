import {frobenius, type Matrix, subtract} from "../../engine/linalg/matrix.ts";
import {deltaWeight} from "../../engine/lora/lora.ts";
import type {Tape} from "../../shell/widget.ts";
import {kept, type Settings, settingsOf, type TrainParams} from "./controls.ts";
import type {Frame, Ground, Point} from "./model.ts";
import {SIDE} from "./settings.ts";

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

type Who = "lora" | "full";

const lossesOf = (tape: Tape<Frame>, who: Who): number[] => tape.flatMap((frame) => frame[who]?.loss ?? []);

function student(tape: Tape<Frame>, who: Who, {s}: Point, delta: Matrix, star: Matrix, floor: number): Student {
  const losses = lossesOf(tape, who);
  const rest = subtract(delta, star);
  const lost = losses.length < tape.length ? losses.length : undefined;
  return {losses, delta, rest, distance: frobenius(rest), s, floor, lost};
}

/** The tape of the run up to the step and whole tapes of the kept ones → what the picture shows. */
export function see(tapes: readonly Tape<Frame>[], params: TrainParams): TrainResult {
  const {r, alpha, step} = params;
  const tape = tapes[0].slice(0, step + 1);
  const {star, s, floors} = tape[0].ground as Ground;
  // Where a run has left the range of numbers, its last matrices stand.
  const one = tape.findLast(({lora}) => lora)!.lora!;
  const other = tape.findLast(({full}) => full)!.full!;
  const {A, B} = one;
  const full: Matrix = {rows: SIDE, cols: SIDE, data: other.numbers};
  const runs = kept.read(params.kept).runs ?? [];
  return {
    lora: {...student(tape, "lora", one, deltaWeight({A, B, alpha, r}), star, floors[r]), A, B},
    full: student(tape, "full", other, full, star, floors.at(-1)!),
    star,
    s,
    kept: runs.map((settings, i) => {
      const other = tapes[i + 1] ?? [];
      return {settings, losses: lossesOf(other, "lora"), full: lossesOf(other, "full")};
    }),
  };
}

/** The run in the picture and those kept, as parameters of the model's `compute`. */
export const runs = (params: TrainParams): readonly Settings[] => [
  settingsOf(params),
  ...(kept.read(params.kept).runs ?? []),
];
