/** What the scaling widget must say: first steps by taking them, losses from A and B by their definition. */
import type {Matrix} from "../../../src/engine/linalg/matrix.ts";
import {adamw, sgd} from "../../../src/engine/training/optimizer.ts";
import {train} from "../../../src/engine/training/train.ts";
import {
  initialA,
  type ScalingParams,
  type ScalingSettings,
  scalingRules,
  scalingTarget,
  student,
} from "../../../src/figures/scaling/model.ts";
import {distanceTo, productOf} from "./exact.ts";
import {once} from "./once.ts";
import type {Claims} from "./oracle.ts";

const SIDE = 64;
const ranks = [1, 2, 4, 8, 16, 32, 64];
const trained = [1, 4, 16, 64];
const rates = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1];
const FROM = 100;

/** ½‖s·BA − ΔW*‖²_F. */
const lossAt = (star: Matrix, A: Matrix, B: Matrix, s: number): number =>
  distanceTo(
    star,
    productOf(B, A).map((row) => row.map((x) => s * x)),
  ) **
    2 /
  2;

const goal = once(scalingTarget);

/** A step of η = 0.001 and the same one backwards: half the difference is what the first order removes per η; ‖ΔW‖ per η. */
const firstStep = once(({optimizer, seed, rule}: ScalingSettings, r: number) => {
  const star = goal(seed);
  const s = scalingRules[rule](r);
  const eta = 1e-3;
  let [loss, size] = [0, 0];
  for (let draw = 0; draw < 10; draw++) {
    const A = initialA(r, seed + FROM + draw);
    const B = {rows: SIDE, cols: r, data: new Float64Array(SIDE * r)};
    for (let i = 0; i < SIDE; i++)
      for (let j = 0; j < r; j++) {
        let g = 0;
        for (let c = 0; c < SIDE; c++) g -= s * star.data[i * SIDE + c]! * A.data[j * SIDE + c]!;
        B.data[i * r + j] = -eta * (optimizer === "sgd" ? g : Math.sign(g));
      }
    const back = {...B, data: B.data.map((x) => -x)};
    const nothing = {rows: SIDE, cols: SIDE, data: new Float64Array(SIDE * SIDE)};
    const delta = productOf(B, A).map((row) => row.map((x) => s * x));
    loss += (lossAt(star, A, back, s) - lossAt(star, A, B, s)) / (2 * eta) / 10;
    size += distanceTo(nothing, delta) / eta / 10;
  }
  return {loss, size};
});

/** Least squares in logarithms to the base 2, in which the ranks are 0 … 6. */
function powerOf(values: readonly number[]): number {
  const logs = values.map((value) => Math.log2(value));
  const mean = logs.reduce((sum, one) => sum + one, 0) / logs.length;
  const middle = (logs.length - 1) / 2;
  const over = logs.reduce((sum, one, i) => sum + (i - middle) * (one - mean), 0);
  return over / logs.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
}

/** The loss of one run after `step` steps, from its A and B; Infinity once it was above a million. */
function lossOf({rule, optimizer, seed}: ScalingSettings, r: number, rate: number, step: number): number {
  const star = goal(seed);
  const s = scalingRules[rule](r);
  const training = {optimizer: optimizer === "sgd" ? sgd : adamw, steps: step, rate, weightDecay: 0};
  try {
    for (const {loss, step: at, params} of train(student(star, r, s, seed + FROM), training)) {
      if (loss > 1e6) break;
      if (at < step) continue;
      const A = {rows: r, cols: SIDE, data: params.slice(0, r * SIDE)};
      return lossAt(star, A, {rows: SIDE, cols: r, data: params.slice(r * SIDE)}, s);
    }
  } catch {
    // Out of the range of float64.
  }
  return Number.POSITIVE_INFINITY;
}

/** The losses of each rank (rows) at each rate after `step` steps. */
const gridOf = once((settings: ScalingSettings, step: number): number[][] =>
  trained.map((r) => rates.map((rate) => lossOf(settings, r, rate, step))),
);

const finite = (...values: number[]) => values.filter((value) => Number.isFinite(value)).map((x) => Math.min(x, 1e6));

export function scaling(params: ScalingParams): Claims {
  const {rate, step, measure} = params;
  const settings: ScalingSettings = {rule: params.rule, optimizer: params.optimizer, seed: params.seed};
  const first = ranks.map((r) => firstStep(settings, r)[measure]);
  const power = powerOf(first);
  const tuned = gridOf(settings, step).map((losses) => {
    const best = Math.min(...losses);
    return {losses, here: losses[rates.indexOf(Number(rate))]!, best, bestRate: rates[losses.indexOf(best)]!};
  });
  const [from, to] = [tuned[1]!, tuned[3]!];
  // A power that has a name is said by it: only the digits of "1/r" are read as a number.
  const named = [-1, -0.5, 0, 0.5, 1, 1.5, 2].find((one) => Math.abs(power - one) < 0.1);
  const law = named === undefined ? [power] : named < 0 ? [1] : [];
  const isBest = Number.isFinite(to.here) && to.bestRate === Number(rate);
  const tuned4 = [Number(rate), ...finite(from.here), 4, ...finite(to.here), 64];
  const reused = [
    ...(Number.isFinite(to.here) ? [] : [64]),
    to.bestRate,
    to.best,
    ...(Number.isFinite(to.here) ? [64] : []),
  ];
  const rest = step === 0 ? [] : isBest ? [64] : reused;
  return {
    summary: [1, ...law, ...tuned4, step, ...rest],
    readouts: [
      [power, 10],
      [...finite(from.here), from.bestRate, from.best],
      [...finite(to.here), to.bestRate, to.best],
    ],
    caption: [step, 1],
    rows: tuned.map(({losses}, i) => [trained[i]!, first[ranks.indexOf(trained[i]!)]!, ...finite(...losses)]),
  };
}
