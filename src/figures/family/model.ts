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
import {rankStabilized} from "../../engine/lora/variants/rslora.ts";
import {
  doraStudent,
  fullWeightStudent,
  loraWeightStudent,
  type Student,
  veraStudent,
} from "../../engine/lora/variants/students.ts";
import {countVera, sharedMatrices} from "../../engine/lora/variants/vera.ts";
import {roundNf4} from "../../engine/memory/nf4.ts";
import {spread} from "../../engine/network/parameters.ts";
import {lossFloor, plantDelta} from "../../engine/network/teacher.ts";
import {adamw, sgd} from "../../engine/training/optimizer.ts";
import {train} from "../../engine/training/train.ts";
import {
  type FamilyParams,
  type FamilyResult,
  isRun,
  type MethodRuns,
  RACE_ALPHA,
  RACE_RATES,
  RACE_SIDE,
  RACE_STEPS,
  type RaceSettings,
  type Who,
  type Work,
} from "./race.ts";

/** Added to the seed for the draws of A, which must not repeat the teacher's. */
const DRAWS = 100;
/** How many directions are planted; their singular values start at 2, each DECAY times the one before. */
const PLANTED = 4;
const DECAY = 0.7;
/** The share of new directions in a change along W₀'s own, which keeps gradients from vanishing up to rounding. */
const LITTLE = 0.1;

const planted = new Float64Array(PLANTED);
planted.forEach((_, i) => {
  planted[i] = i === 0 ? 2 : planted[i - 1] * DECAY;
});

interface Ground {
  W0: Matrix;
  deltaStar: Matrix;
}

/** W0 and the target ΔW*, with the same ‖ΔW*‖_F for all four kinds. */
export const raceTask = lastOf((seed: number, learn: FamilyParams["learn"]): Ground => {
  const random = mulberry32(seed);
  const W0 = scale(randn(RACE_SIDE, RACE_SIDE, random), 1 / Math.sqrt(RACE_SIDE));
  const fresh = plantDelta({d: RACE_SIDE, k: RACE_SIDE, s: planted}, random);
  if (learn === "fresh") return {W0, deltaStar: fresh};
  const size = frobenius(fresh);
  const mostly = scaledTo(learn === "own" ? ownDirections(W0) : otherLengths(W0, learn, random), size);
  return {W0, deltaStar: scaledTo(add(mostly, scale(fresh, LITTLE)), size)};
});

const scaledTo = (m: Matrix, size: number): Matrix => scale(m, size / frobenius(m));

/** The planted singular values along the first directions of W. */
function ownDirections(W: Matrix): Matrix {
  const {u, v} = svd(W);
  return truncate({u, s: planted, v}, PLANTED);
}

/** Every row (or column) of W times its own random factor: it changes its length and keeps its direction. */
function otherLengths(W: Matrix, of: "lengths" | "columns", random: () => number): Matrix {
  const factors = randn(1, RACE_SIDE, random).data;
  const line = of === "columns" ? (at: number) => at % RACE_SIDE : (at: number) => Math.floor(at / RACE_SIDE);
  return {...W, data: W.data.map((w, at) => w * factors[line(at)])};
}

const nf4 = (W: Matrix): Matrix => ({...W, data: roundNf4(W.data).values});

/** How a member of the family learns. */
interface Way {
  student(): Student;
  trained: number;
  floor?: number;
  /** The rate of a parameter as a multiple of η. */
  factors?: (name: string) => number;
}

/** The least loss of base + BA = W* at rank r: half the sum of the squared singular values of W* − base beyond r. */
const floorOver = (base: Matrix, star: Matrix, r: number): number => cleared(lossFloor(svd(subtract(star, base)).s, r));

/** 0 for a size that is rounding alone. */
const cleared = (size: number): number => (size < 1e-12 ? 0 : size);

/** The least loss with A frozen: the part of ΔW* outside the rows that A spans. */
function floorOfRows(A: Matrix, deltaStar: Matrix): number {
  const {q} = qr(transpose(A));
  const rest = frobenius(subtract(deltaStar, matmulTB(matmul(deltaStar, q), q)));
  return 0.5 * rest * rest;
}

/** How each member learns, all with the same draw of A. */
function wayOf(who: Who, {W0, deltaStar}: Ground, {r, ratio, repairs, seed}: RaceSettings): Way {
  const random = mulberry32(seed + DRAWS);
  const lora = initLora({d: RACE_SIDE, k: RACE_SIDE, r, alpha: RACE_ALPHA}, random);
  const star = add(W0, deltaStar);
  const over = (base: Matrix, pair: Lora, rest: Partial<Way> = {}): Way => ({
    student: () => loraWeightStudent(base, pair, star),
    trained: loraCount(RACE_SIDE, RACE_SIDE, r),
    floor: floorOver(base, star, r),
    ...rest,
  });
  switch (who) {
    case "lora":
      return over(W0, lora);
    case "full":
      return {student: () => fullWeightStudent(W0, star), trained: fullCount(RACE_SIDE, RACE_SIDE), floor: 0};
    case "rslora":
      return over(W0, rankStabilized(lora));
    case "loraplus":
      return over(W0, lora, {factors: loraPlusRates({rate: 1, ratio: Number(ratio)})});
    case "lorafa": {
      const factors = (name: string) => (name.endsWith(".A") ? 0 : 1);
      return over(W0, lora, {factors, trained: fullCount(RACE_SIDE, r), floor: floorOfRows(lora.A, deltaStar)});
    }
    case "qlora":
      return over(nf4(W0), lora);
    case "loftq": {
      const {Q, lora: pair} = initLoftq(W0, {r, steps: repairs, quantize: nf4});
      return over(Q, pair);
    }
    case "pissa": {
      const {residual, lora: pair} = initPissa(W0, r);
      return over(residual, pair);
    }
    case "dora":
      return {student: () => doraStudent(W0, lora, star), trained: doraCount(RACE_SIDE, RACE_SIDE, r)};
    case "vera": {
      // d + rank = r(d + k): as many parameters as LoRA.
      const rank = loraCount(RACE_SIDE, RACE_SIDE, r) - RACE_SIDE;
      const shared = sharedMatrices({d: RACE_SIDE, k: RACE_SIDE, r: rank}, random);
      return {student: () => veraStudent(W0, shared, star), trained: countVera([{d: RACE_SIDE, k: RACE_SIDE}], rank)};
    }
  }
}

/** The losses from step 0 to the end, or until one is over twice the first. */
function lossesOf({student, factors}: Way, rate: number, optimizer: FamilyParams["optimizer"]): number[] {
  const problem = student();
  const losses: number[] = [];
  const run = train(problem, {
    ...{optimizer: optimizer === "sgd" ? sgd : adamw, rate, steps: RACE_STEPS, weightDecay: 0},
    ...(factors ? {factors: spread(problem.params.layout, factors)} : {}),
  });
  for (const {loss} of run) {
    if (loss > 2 * (losses[0] ?? loss)) break;
    losses.push(loss);
  }
  return losses;
}

function runOf(who: Who, params: RaceSettings): MethodRuns {
  const ground = raceTask(params.seed, params.learn);
  const way = wayOf(who, ground, params);
  return {
    who,
    trained: way.trained,
    offset: cleared(frobenius(subtract(way.student().weight(), ground.W0))),
    floor: way.floor,
    losses: RACE_RATES.map((rate) => lossesOf(way, Number(rate), params.optimizer)),
  };
}

/** What runs next to LoRA. */
function rivalsOf(work: Work): readonly Who[] {
  if (!isRun(work)) return [];
  if (work === "lora") return ["full"];
  return work === "loftq" ? ["qlora", work] : [work];
}

export function runRace(params: RaceSettings): FamilyResult {
  return {runs: (["lora", ...rivalsOf(params.work)] as const).map((who) => runOf(who, params))};
}

/** The first frame has everything; the others only move the clock. */
export function* compute(params: RaceSettings): Generator<FamilyResult | undefined, void> {
  yield runRace(params);
  for (let step = 1; step <= RACE_STEPS; step++) yield undefined;
}
