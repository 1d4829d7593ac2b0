/** What the clinic must say, from the trained A and B alone: row by row, with no layer, gradient or mask of the engine's. */

import {mulberry32} from "../../../src/engine/linalg/random.ts";
import {CLINIC_STEPS, type ClinicSetup, cases} from "../../../src/figures/clinic/cases.ts";
import {type ClinicParams, type ClinicSnapshot, diagnosisOf, networkOf} from "../../../src/figures/clinic/model.ts";
import {type ClinicResult, type ClinicRun, isServedApart} from "../../../src/figures/clinic/readings.ts";
import {productOf} from "./exact.ts";
import type {Claims} from "./oracle.ts";
import {lengthOf, type Rows, rowsOf, times, transposed} from "./rows.ts";

/** Half the squares of the singular values of the change, 3, 2.5, 2 and 1.5, that a rank leaves out. */
const leftOut = (r: number): number => [9, 6.25, 4, 2.25].slice(r).reduce((sum, square) => sum + square / 2, 0);

/** What BA is multiplied by in training, and in use. */
const scalings = ({alpha, r, factor}: ClinicSetup) => ({
  trained: alpha / r,
  used: factor === "alone" ? alpha : alpha / r,
});

/** The masks of one pass, from the numbers of its stream after the first `skip`. */
function masksOf(seed: number, skip: number, p: number, rows: number, cols: number): Rows {
  const random = mulberry32(seed);
  for (let n = 0; n < skip; n++) random();
  return Array.from({length: rows}, () => Array.from({length: cols}, () => (random() < p ? 0 : 1 / (1 - p))));
}

/** How often ΔW acts, beside the weights or in them. */
const COUNT = {adapter: 1, merged: 1, twice: 2, off: 0};

/** Each input through the layers, BA times s on one; `u` is what the adapter reads, `h` what comes out. */
function passes(
  setup: ClinicSetup,
  {A, B}: Pick<ClinicSnapshot, "A" | "B">,
  layers: readonly Rows[],
  s: number,
  masks?: Rows,
) {
  const {x} = networkOf(setup.seed, setup.on !== "layer");
  const place = setup.on === "second" ? 1 : 0;
  const BA = productOf(B, A);
  return rowsOf(x).map((row, n) => {
    let u: readonly number[] = [];
    const h = layers.reduce<readonly number[]>((v, W, i) => {
      if (i !== place) return times(W, v);
      u = v.map((value, j) => value * (masks ? masks[n]![j]! : 1));
      const more = times(BA, u);
      return times(W, v).map((value, k) => value + s * more[k]!);
    }, row);
    return {u, h};
  });
}

/** All that is shown of a run at a step. */
export function pointAt(run: ClinicRun, step: number) {
  const frame = run.frames[step]!;
  const {setup} = run;
  const network = networkOf(setup.seed, setup.on !== "layer");
  const layers = network.layers.map(rowsOf);
  const y = rowsOf(network.y);
  const N = y.length;
  const p = setup.dropout;
  const size = [N, network.x.cols] as const;
  const draws = N * network.x.cols;
  const lossOf = (all: readonly {h: readonly number[]}[]) =>
    all.reduce((sum, {h}, n) => sum + h.reduce((part, value, i) => part + (value - y[n]![i]!) ** 2, 0), 0) / (2 * N);

  const {trained: s, used} = scalings(setup);
  const logged = passes(setup, frame, layers, s, p ? masksOf(setup.seed + 200, step * draws, p, ...size) : undefined);
  const at = setup.base === "changed" ? [rowsOf(network.changedFirst), ...layers.slice(1)] : layers;
  const isNoisy = setup.mode === "train" && p > 0;
  const [call, again] = [0, draws].map((skip) =>
    passes(
      setup,
      frame,
      at,
      COUNT[setup.serving] * used,
      isNoisy ? masksOf(1000 * setup.seed + step, skip, p, ...size) : undefined,
    ),
  ) as [typeof logged, typeof logged];

  const BA = productOf(frame.B, frame.A);
  const [A, Bt] = [rowsOf(frame.A), transposed(rowsOf(frame.B))];
  const dA = A.map((row) => row.map(() => 0));
  const dB = Bt.map((row) => row.map(() => 0));
  logged.forEach(({h, u}, n) => {
    const error = h.map((value, i) => (value - y[n]![i]!) / N);
    const g = setup.on === "first" ? times(transposed(layers[1]!), error) : error;
    const [Au, Bg] = [times(A, u), times(Bt, g)];
    for (let l = 0; l < setup.r; l++) {
      for (let j = 0; j < u.length; j++) dA[l]![j]! += s * Bg[l]! * u[j]!;
      for (let i = 0; i < g.length; i++) dB[l]![i]! += s * g[i]! * Au[l]!;
    }
  });
  const product = lengthOf(BA);
  return {
    trainingLoss: lossOf(logged),
    servedLoss: lossOf(call),
    callDifference: Math.max(...call.flatMap(({h}, n) => h.map((value, i) => Math.abs(value - again[n]!.h[i]!)))),
    deltaNorm: used * product,
    ratio: product === 0 ? undefined : used,
    gradientNormA: lengthOf(dA),
    gradientNormB: lengthOf(dB),
    slopes: {A: dA, B: transposed(dB)} as {A: Rows; B: Rows},
  };
}

/** The loss before training: the target map against the frozen one, since the inputs have x·xᵀ = I on average. */
export function untouchedOf({seed, on}: ClinicSetup): number {
  const {layers, target} = networkOf(seed, on !== "layer");
  const [W1, W2] = layers.map<Rows>(rowsOf) as [Rows, Rows?];
  const frozen = W2 ? productOf(layers[1]!, layers[0]!) : W1;
  return lengthOf(rowsOf(target).map((row, i) => row.map((x, j) => x - frozen[i]![j]!))) ** 2 / 2;
}

/** Numbers that a contrast or a remedy names, in their order. */
function diagnosisNumbers(result: ClinicResult, params: ClinicParams): number[] {
  const diagnosis = diagnosisOf(params);
  if (!diagnosis) return [];
  const {cause} = cases[params.case];
  const {broken, test} = result;
  const {alpha, r} = broken.setup;
  const {trained, used} = scalings(broken.setup);
  const end = pointAt(broken, CLINIC_STEPS);
  const tested = () => pointAt(test!, CLINIC_STEPS).servedLoss;
  const untouched = untouchedOf(broken.setup);
  const highest = () => Math.max(...broken.frames.map((_, step) => pointAt(broken, step).trainingLoss));
  if (diagnosis === cause) return {rank: [r, leftOut(r)], zero: [0, 0]}[cause as string] ?? [];
  const evidence = (): number[] =>
    ({
      rate: () => [highest()],
      rank: () => [end.trainingLoss],
      zero: () => [untouched],
      factor: () => [end.trainingLoss, used, trained],
      matrix: () => [end.trainingLoss, tested()],
      twice: () => [end.trainingLoss, tested()],
      dropout: () => [end.callDifference],
      base: () => [end.trainingLoss, tested()],
    })[cause]();
  return {
    rate: () => [untouched, highest()],
    rank: () => [0, ...evidence()],
    zero: () => [0, 0, 0, pointAt(broken, 0).gradientNormB],
    factor: () => [alpha, ...(cause === "zero" ? [0] : [used])],
    matrix: () => [end.trainingLoss],
    twice: evidence,
    dropout: () => [0],
    base: evidence,
  }[diagnosis]();
}

export function clinic(params: ClinicParams, result: ClinicResult): Claims {
  const {step} = params;
  const number = Number(params.case);
  const {broken, test, changed} = result;
  const most = (x: number) => Math.min(x, 1e6);
  const untouched = untouchedOf(broken.setup);
  const now = pointAt(broken, step);
  const served = (run: ClinicRun) => pointAt(run, CLINIC_STEPS).servedLoss;
  const ratio = now.ratio === undefined ? [0] : [now.ratio];
  const symptoms = [
    number,
    step,
    now.trainingLoss,
    now.servedLoss,
    untouched,
    now.gradientNormA,
    now.gradientNormB,
    now.callDifference,
    ...ratio,
  ];
  const bar = 0.05 * untouched;
  const diagnosis = diagnosisNumbers(result, params);
  const isRight = diagnosisOf(params) === cases[params.case].cause;
  const told = changed
    ? [served(changed), served(changed) <= bar ? untouched : bar, ...diagnosis]
    : isRight
      ? diagnosis
      : test
        ? [served(test), served(broken), ...diagnosis]
        : isServedApart(broken)
          ? [step, now.trainingLoss, now.servedLoss]
          : [untouched, step, now.servedLoss];
  const runs = [broken, test, changed].filter((run) => run !== undefined);
  return {
    summary: [...told, ...symptoms].map(most),
    readouts: [
      [untouched],
      [most(now.trainingLoss)],
      [most(now.servedLoss)],
      [now.callDifference],
      changed ? [served(changed), bar] : [],
    ],
    caption: [number, step],
    rows: runs.flatMap((run) =>
      [...new Set([0, 1, 5, 20, 60, CLINIC_STEPS, step])]
        .sort((one, other) => one - other)
        .map((at) => {
          const point = pointAt(run, at);
          const {trainingLoss, servedLoss, deltaNorm, ratio, gradientNormA, gradientNormB, callDifference} = point;
          const ratios = ratio === undefined ? [] : [ratio];
          return [at, trainingLoss, servedLoss, deltaNorm, ...ratios, gradientNormA, gradientNormB, callDifference].map(
            most,
          );
        }),
    ),
  };
}
