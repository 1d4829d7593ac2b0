/** The runs: what they learn, how each successor of LoRA sets up its own, and their losses. */
import {lastOf} from "../../engine/last.ts";
import {add, frobenius, type Matrix, matmul, matmulTB, scale, subtract, transpose} from "../../engine/linalg/matrix.ts";
import {qr} from "../../engine/linalg/qr.ts";
import {mulberry32, randn} from "../../engine/linalg/random.ts";
import {svd} from "../../engine/linalg/svd.ts";
import {truncate} from "../../engine/linalg/truncate.ts";
import {fullCount, loraCount} from "../../engine/lora/counts.ts";
import {initLora, type Lora} from "../../engine/lora/lora.ts";
import {doraCount} from "../../engine/lora/variants/dora.ts";
import {initLoftq} from "../../engine/lora/variants/loftq.ts";
import {loraPlusRates} from "../../engine/lora/variants/loraplus.ts";
import {initPissa} from "../../engine/lora/variants/pissa.ts";
import {toRslora} from "../../engine/lora/variants/rslora.ts";
import {
  doraStudent,
  fullWeightStudent,
  loraWeightStudent,
  type Student,
  veraStudent,
} from "../../engine/lora/variants/students.ts";
import {countVera, sharedMatrices} from "../../engine/lora/variants/vera.ts";
import {roundNf4} from "../../engine/memory/nf4.ts";
import {filledBuffer} from "../../engine/network/parameters.ts";
import {lossFloor, plantDelta} from "../../engine/network/teacher.ts";
import {adamw, sgd} from "../../engine/training/optimizer.ts";
import {train} from "../../engine/training/train.ts";
import {geometric} from "../shared/geometric.ts";
import {
  FAMILY_ALPHA,
  FAMILY_RATES,
  FAMILY_SIDE,
  FAMILY_STEPS,
  type FamilyMethod,
  type FamilyParams,
  type FamilySettings,
  isRunnable,
  type Work,
} from "./controls.ts";

/** The runs of one method, at every rate. */
export interface MethodRuns {
  method: FamilyMethod;
  /** How many parameters it trains. */
  trained: number;
  /** ‖W′ − W₀‖_F before the first step, where W′ is the weight that the method has. */
  offset: number;
  /** The least loss that it can reach; undefined if there is no formula for it. */
  floor?: number;
  /** [rate][step]. A run ends before the step at which its loss is over twice its first. */
  losses: readonly (readonly number[])[];
}

/** LoRA first, then the successor, or full fine-tuning if the work is LoRA; for LoftQ, QLoRA comes between them. */
export interface FamilyResult {
  runs: readonly MethodRuns[];
}

/** Added to the seed for the draws of A, which must not repeat the teacher's. */
const A_SEED_SHIFT = 100;
/** λ of LoRA+: the rate of B over that of A. */
const LORA_PLUS_RATIO = 16;
/** How many directions ΔW* has; its singular values start at 2, and each is DECAY times the one before. */
const PLANTED = 4;
const DECAY = 0.7;
/** The share of new directions in a change that is made from W₀. Without it some gradients would be zero up to rounding. */
const NEW_SHARE = 0.1;

const plantedValues = geometric(PLANTED, 2, DECAY);

/** W₀ and the change ΔW* to learn, both (16,16). */
interface Task {
  W0: Matrix;
  deltaStar: Matrix;
}

/** The task of a seed. ‖ΔW*‖_F is the same for all four kinds of change. */
export const familyTask = lastOf((seed: number, learn: FamilyParams["learn"]): Task => {
  const random = mulberry32(seed);
  const W0 = scale(randn(FAMILY_SIDE, FAMILY_SIDE, random), 1 / Math.sqrt(FAMILY_SIDE));
  const newDirections = plantDelta({d: FAMILY_SIDE, k: FAMILY_SIDE, s: plantedValues}, random);
  if (learn === "fresh") return {W0, deltaStar: newDirections};
  const norm = frobenius(newDirections);
  const fromW0 = scaledTo(learn === "own" ? ownDirections(W0) : withRandomLengths(W0, learn, random), norm);
  return {W0, deltaStar: scaledTo(add(fromW0, scale(newDirections, NEW_SHARE)), norm)};
});

/** The matrix m, scaled to a Frobenius norm. */
const scaledTo = (m: Matrix, norm: number): Matrix => scale(m, norm / frobenius(m));

/** The planted singular values along the first directions of W. */
function ownDirections(W: Matrix): Matrix {
  const {u, v} = svd(W);
  return truncate({u, s: plantedValues, v}, PLANTED);
}

/** W with every row ("lengths") or column times a random factor, so that it keeps its direction and changes its length. */
function withRandomLengths(W: Matrix, kind: "lengths" | "columns", random: () => number): Matrix {
  const factors = randn(1, FAMILY_SIDE, random).data;
  const factorIndex = kind === "columns" ? (i: number) => i % FAMILY_SIDE : (i: number) => Math.floor(i / FAMILY_SIDE);
  return {...W, data: W.data.map((w, i) => w * factors[factorIndex(i)])};
}

const roundedNf4 = (W: Matrix): Matrix => ({...W, data: roundNf4(W.data).values});

/** How a method trains. */
interface MethodSetup extends Pick<MethodRuns, "trained" | "floor"> {
  /** Makes the layer as it is before the first step. */
  student(): Student;
  /** The rate of a parameter as a multiple of η; 1 for all if absent. */
  rateFactor?: (name: string) => number;
}

/** The least loss of base + BA at rank r: half the sum of the squared singular values of target − base beyond the first r. */
const floorOver = (base: Matrix, target: Matrix, r: number): number =>
  withoutRounding(lossFloor(svd(subtract(target, base)).s, r));

/** A size, or 0 if it is so small that it is rounding alone. */
const withoutRounding = (size: number): number => (size < 1e-12 ? 0 : size);

/** The least loss with A frozen: the part of ΔW* outside the rows that A spans. */
function floorOfRows(A: Matrix, deltaStar: Matrix): number {
  const {q} = qr(transpose(A));
  const rest = frobenius(subtract(deltaStar, matmulTB(matmul(deltaStar, q), q)));
  return 0.5 * rest * rest;
}

/** How each method trains, all with the same draw of A. */
function setupOf(method: FamilyMethod, {W0, deltaStar}: Task, {r, seed}: FamilySettings): MethodSetup {
  const random = mulberry32(seed + A_SEED_SHIFT);
  const lora = initLora({d: FAMILY_SIDE, k: FAMILY_SIDE, r, alpha: FAMILY_ALPHA}, random);
  const target = add(W0, deltaStar);
  const onBase = (base: Matrix, start: Lora, rest: Partial<MethodSetup> = {}): MethodSetup => ({
    student: () => loraWeightStudent(base, start, target),
    trained: loraCount(FAMILY_SIDE, FAMILY_SIDE, r),
    floor: floorOver(base, target, r),
    ...rest,
  });
  switch (method) {
    case "lora":
      return onBase(W0, lora);
    case "full":
      return {student: () => fullWeightStudent(W0, target), trained: fullCount(FAMILY_SIDE, FAMILY_SIDE), floor: 0};
    case "rslora":
      return onBase(W0, toRslora(lora));
    case "loraplus":
      return onBase(W0, lora, {rateFactor: loraPlusRates({rate: 1, ratio: LORA_PLUS_RATIO})});
    case "lorafa": {
      const rateFactor = (name: string) => (name.endsWith(".A") ? 0 : 1);
      return onBase(W0, lora, {rateFactor, trained: fullCount(FAMILY_SIDE, r), floor: floorOfRows(lora.A, deltaStar)});
    }
    case "qlora":
      return onBase(roundedNf4(W0), lora);
    case "loftq": {
      const {Q, lora: start} = initLoftq(W0, {r, steps: 1, quantize: roundedNf4});
      return onBase(Q, start);
    }
    case "pissa": {
      const {residual, lora: start} = initPissa(W0, r);
      return onBase(residual, start);
    }
    case "dora":
      return {student: () => doraStudent(W0, lora, target), trained: doraCount(FAMILY_SIDE, FAMILY_SIDE, r)};
    case "vera": {
      // d + rank = r(d + k): as many parameters as LoRA.
      const rank = loraCount(FAMILY_SIDE, FAMILY_SIDE, r) - FAMILY_SIDE;
      const shared = sharedMatrices({d: FAMILY_SIDE, k: FAMILY_SIDE, r: rank}, random);
      return {
        student: () => veraStudent(W0, shared, target),
        trained: countVera([{d: FAMILY_SIDE, k: FAMILY_SIDE}], rank),
      };
    }
  }
}

/** The losses from step 0 to the end. They stop before one that is over twice the first. */
function lossesOf(
  {student: makeStudent, rateFactor}: MethodSetup,
  rate: number,
  optimizer: FamilyParams["optimizer"],
): number[] {
  const student = makeStudent();
  const losses: number[] = [];
  const run = train(student, {
    optimizer: optimizer === "sgd" ? sgd : adamw,
    rate,
    steps: FAMILY_STEPS,
    weightDecay: 0,
    ...(rateFactor && {factors: filledBuffer(student.params.layout, rateFactor)}),
  });
  for (const {loss} of run) {
    if (loss > 2 * (losses[0] ?? loss)) break;
    losses.push(loss);
  }
  return losses;
}

function runOf(method: FamilyMethod, params: FamilySettings): MethodRuns {
  const task = familyTask(params.seed, params.learn);
  const setup = setupOf(method, task, params);
  return {
    method,
    trained: setup.trained,
    offset: withoutRounding(frobenius(subtract(setup.student().weight(), task.W0))),
    floor: setup.floor,
    losses: FAMILY_RATES.map((rate) => lossesOf(setup, Number(rate), params.optimizer)),
  };
}

/** The methods that run beside LoRA. */
function rivalsOf(work: Work): readonly FamilyMethod[] {
  if (!isRunnable(work)) return [];
  if (work === "lora") return ["full"];
  return work === "loftq" ? ["qlora", work] : [work];
}

/** Trains LoRA and what is compared with it, at every rate. */
export function runFamily(params: FamilySettings): FamilyResult {
  return {runs: (["lora", ...rivalsOf(params.work)] as const).map((method) => runOf(method, params))};
}

/** The first frame has everything; the others only move the clock. */
export function* compute(params: FamilySettings): Generator<FamilyResult | undefined, void> {
  yield runFamily(params);
  for (let step = 1; step <= FAMILY_STEPS; step++) yield undefined;
}
