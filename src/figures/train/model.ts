/**
 * LoRA and full fine-tuning of one small layer toward a known ΔW*: the settings, both runs, and what the figure shows of them.
 */
import {rankFloors} from "../../engine/analysis/floor.ts";
import {deltaSvd} from "../../engine/analysis/subspace.ts";
import {frobenius, type Matrix, subtract} from "../../engine/linalg/matrix.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {svd} from "../../engine/linalg/svd.ts";
import {deltaWeight} from "../../engine/lora/lora.ts";
import {fullStudent, loraStudent, makeTeacher} from "../../engine/network/teacher.ts";
import {adamw, sgd} from "../../engine/training/optimizer.ts";
import {train} from "../../engine/training/train.ts";
import {choice, type Params, range} from "../../figure/controls.ts";
import type {Bounds} from "../../figure/parse.ts";
import {untilOverflow} from "../../figure/runs/untilOverflow.ts";
import {symbol} from "../../figure/symbols.ts";
import type {Frames} from "../../figure/widget.ts";
import {geometric} from "../shared/geometric.ts";
import {keptRunsOf, MAX_KEPT} from "../shared/keptRuns.ts";

/** d and k of the layer. */
export const TRAIN_SIDE = 16;
export const TRAIN_STEPS = 200;

/** Up to this rank A and B are no larger than ΔW: r(d + k) = dk at r = 8. */
const MAX_RANK = TRAIN_SIDE / 2;

const settings = {
  r: range(["Rank ", symbol.r], {min: 1, max: MAX_RANK, value: 2}),
  alpha: range([symbol.alpha], {accessibleName: "alpha α", min: 1, max: 16, value: 4}),
  rate: choice(
    ["Rate η"],
    {"0.01": "0.01", "0.02": "0.02", "0.05": "0.05", "0.1": "0.1", "0.2": "0.2", "0.5": "0.5"},
    "0.05",
  ),
  optimizer: choice(["Optimizer"], {sgd: "SGD", adamw: "AdamW"}, "adamw"),
  examples: choice(["Inputs seen"], {all: "every x", "48": "48", "24": "24", "12": "12"}, "all", true, "training"),
  noise: range(["Noise in y, deviation in tenths"], {min: 0, max: 10, value: 0, more: true, group: "training"}),
  planted: range(["Rank of ", symbol.dW, "*"], {min: 1, max: MAX_RANK, value: 4, more: true, group: "training"}),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true, group: "chance"}),
};
/** The parameters that a run depends on. */
export type TrainSettings = Params<typeof settings>;

/** Noise needs a finite set of examples, so with every x its slider stays at 0. */
export const bounds = ({examples}: Pick<TrainSettings, "examples">): Bounds => ({
  noise: [0, examples === "all" ? 0 : 10],
});

export const keptTrainRuns = keptRunsOf(settings, {
  most: MAX_KEPT,
  example: "2-4-0.05-adamw-all-0-4-7",
  boundsOf: (values) => bounds(values as TrainSettings),
});
export const {settingsOf} = keptTrainRuns;

const {r, alpha, rate, optimizer, ...more} = settings;

export const controls = {
  r,
  alpha,
  rate,
  optimizer,
  step: range(["Step"], {min: 0, max: TRAIN_STEPS, value: TRAIN_STEPS, clock: true}),
  ...more,
  row: range(["Trace row (0 = none)"], {min: 0, max: TRAIN_SIDE, value: 0, more: true, group: "trace"}),
  column: range(["Trace column (0 = none)"], {min: 0, max: TRAIN_SIDE, value: 0, more: true, group: "trace"}),
  kept: keptTrainRuns.control,
};
export type TrainParams = Params<typeof controls>;

/** Added to the seed for the draw of A, so that it differs from the teacher's matrices. */
const A_SEED_SHIFT = 100;

/** A run at one step: its loss, and its parameters: A and B, one after the other, or ΔW. */
interface TrainPoint {
  loss: number;
  parameters: Float64Array;
}

/** The target, and the least losses there are. */
interface TrainTarget {
  deltaStar: Matrix;
  /** Singular values of ΔW*. */
  s: Float64Array;
  /** The least loss on these examples that a ΔW of rank 0, 1, … can have. */
  floors: Float64Array;
}

/** Both runs at one step; one that has diverged has no point. The first snapshot also has the target. */
export interface TrainSnapshot {
  target?: TrainTarget;
  lora?: TrainPoint;
  full?: TrainPoint;
}

/** The singular values of a ΔW* of this rank. */
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

/** LoRA and full fine-tuning side by side, with the same teacher, seed, optimizer and rate. */
export function* compute(settings: TrainSettings): Generator<TrainSnapshot, void> {
  const teacher = teacherOf(settings);
  const {r, alpha, rate, optimizer, seed} = settings;
  const training = {optimizer: optimizer === "sgd" ? sgd : adamw, rate: Number(rate), steps: TRAIN_STEPS};
  const loraRun = untilOverflow(train(loraStudent(teacher, {r, alpha}, mulberry32(seed + A_SEED_SHIFT)), training));
  const fullRun = untilOverflow(train(fullStudent(teacher), training));
  const target = {deltaStar: teacher.deltaStar, s: spectrum(settings.planted), floors: rankFloors(teacher)};
  for (let step = 0; step <= TRAIN_STEPS; step++) {
    const [lora, full] = [loraRun.next().value, fullRun.next().value];
    yield {
      ...(step === 0 && {target}),
      ...(lora && {lora: {loss: lora.loss, parameters: lora.params}}),
      ...(full && {full: {loss: full.loss, parameters: full.params.map((w, i) => w - teacher.W0.data[i])}}),
    };
  }
}

/** One of the two runs at the chosen step. */
export interface TrainStudent {
  /** The losses up to the chosen step, or up to where it diverged. */
  losses: readonly number[];
  /** ΔW, (d,k). */
  delta: Matrix;
  /** ΔW* − ΔW, and its Frobenius norm. */
  rest: Matrix;
  distance: number;
  /** Singular values of ΔW; of LoRA's the r that are not 0. */
  s: Float64Array;
  /** The least loss on these examples that its ΔW can have. */
  floor: number;
  /** The step at which it diverged; undefined if it has not by the chosen step. */
  divergedAt?: number;
}

/** A kept run with the losses of LoRA and of full fine-tuning. */
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

type Method = "lora" | "full";

/** The losses of a run, up to where it diverged. */
const lossesOf = (frames: Frames<TrainSnapshot>, method: Method): number[] =>
  frames.flatMap((snapshot) => snapshot[method]?.loss ?? []);

/** What the picture shows at the chosen step, from the snapshots of the run and of the kept runs beside it. */
export function readTrain(
  wholeRun: Frames<TrainSnapshot>,
  params: TrainParams,
  beside: readonly Frames<TrainSnapshot>[],
): TrainResult {
  const {r, alpha, step} = params;
  const frames = wholeRun.slice(0, step + 1);
  const {deltaStar, s, floors} = frames[0]!.target as TrainTarget;
  // A run that has diverged keeps its last matrices.
  const {parameters} = frames.findLast(({lora}) => lora)!.lora!;
  const full = frames.findLast(({full}) => full)!.full!;
  const A = {rows: r, cols: TRAIN_SIDE, data: parameters.subarray(0, r * TRAIN_SIDE)};
  const B = {rows: TRAIN_SIDE, cols: r, data: parameters.subarray(r * TRAIN_SIDE)};
  const adapter = {A, B, alpha, r};
  const fullDelta = {rows: TRAIN_SIDE, cols: TRAIN_SIDE, data: full.parameters};
  const student = (method: Method, delta: Matrix, s: Float64Array, floor: number): TrainStudent => {
    const losses = lossesOf(frames, method);
    const rest = subtract(deltaStar, delta);
    const divergedAt = losses.length < frames.length ? losses.length : undefined;
    return {losses, delta, rest, distance: frobenius(rest), s, floor, divergedAt};
  };
  return {
    lora: {...student("lora", deltaWeight(adapter), deltaSvd(adapter).s, floors[r]!), A, B},
    full: student("full", fullDelta, svd(fullDelta).s, floors.at(-1)!),
    deltaStar,
    s,
    kept: keptBeside(params).map((settings, i) => {
      const keptFrames = beside[i] ?? [];
      return {settings, losses: lossesOf(keptFrames, "lora"), full: lossesOf(keptFrames, "full")};
    }),
  };
}

/** The kept runs, which are drawn beside the one in the picture. */
export const keptBeside = ({kept}: Pick<TrainParams, "kept">): readonly TrainSettings[] =>
  keptTrainRuns.read(kept).runs ?? [];
