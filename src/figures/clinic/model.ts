/** What a reader of the clinic sets, and the runs of its cases: a small adapter on one or two layers is trained, then served. */
import {lastOf} from "../../engine/last.ts";
import {add, frobenius, type Matrix, matmul, scale} from "../../engine/linalg/matrix.ts";
import {qr} from "../../engine/linalg/qr.ts";
import {mulberry32, randn} from "../../engine/linalg/random.ts";
import {deltaWeight, initLora, type Lora, merge} from "../../engine/lora/lora.ts";
import {dropoutMask, loraDropout, loraDropoutBackward} from "../../engine/network/layers/dropout.ts";
import {linear} from "../../engine/network/layers/linear.ts";
import {allocate, type Tensors} from "../../engine/network/parameters.ts";
import {plantDelta, squaredError} from "../../engine/network/teacher.ts";
import {adamw} from "../../engine/training/optimizer.ts";
import {type Problem, type Snapshot, train} from "../../engine/training/train.ts";
import {choice, hiddenText, type Params, range} from "../../figure/controls.ts";
import {symbol} from "../../figure/symbols.ts";
import {
  brokenOf,
  type CaseNumber,
  CLINIC_STEPS,
  type ClinicSetup,
  cases,
  causes,
  type FaultCause,
  multiplier,
  SPECTRUM,
} from "./cases.ts";

/** The rates to choose from. */
const RATES = {"0.01": "0.01", "0.03": "0.03", "0.1": "0.1", "0.2": "0.2", "0.3": "0.3", "10": "10"};

/** The guesses on a test, with their labels. */
export const guesses = {lower: "Lower", same: "The same", higher: "Higher", skip: "Just show me"};
type Guess = keyof typeof guesses;

const caseNumbers = Object.keys(cases) as CaseNumber[];

/** A hidden control for a prediction or a diagnosis, such as 3-zero for case 3; other cases ignore it. */
const caseControl = (label: string, values: readonly string[]) =>
  hiddenText([label], 10, (text) => {
    const [number, value] = text.split("-") as [string, string?];
    return caseNumbers.includes(number as CaseNumber) && values.includes(value ?? "") && text.split("-").length === 2
      ? undefined
      : `A ${label} is the number of a case and one of ${values.join(", ")}, such as 1-${values[0]}.`;
  });

/** When the control that fixes a case is shown: once the reader has predicted its test and found its cause. */
const onceDiagnosed = (number: CaseNumber) => ({
  case: [number],
  guess: Object.keys(guesses).map((guess) => `${number}-${guess}`),
  diagnosis: [`${number}-${cases[number].cause}`],
});

export const controls = {
  case: choice(["Case"], {"1": "1", "2": "2", "3": "3", "4": "4", "5": "5", "6": "6", "7": "7", "8": "8"}, "1"),
  rate: {...choice(["Rate η"], RATES, "10"), when: onceDiagnosed("1")},
  r: {...range(["Rank ", symbol.r], {min: 1, max: 8, value: 2}), when: onceDiagnosed("2")},
  start: {
    ...choice(["Start"], {zero: "A = B = 0", b: "only B = 0", a: "only A = 0", random: "both random"}, "zero"),
    when: onceDiagnosed("3"),
  },
  factor: {...choice(["BA is multiplied by"], {alone: "α", over: "α/r"}, "alone"), when: onceDiagnosed("4")},
  on: {...choice(["The adapter sits on"], {first: "W₁", second: "W₂"}, "first"), when: onceDiagnosed("5")},
  serving: {
    ...choice(
      ["Served"],
      {twice: "W₀ + ΔW and the adapter", merged: "W₀ + ΔW alone", adapter: "W₀ and the adapter"},
      "twice",
    ),
    when: onceDiagnosed("6"),
  },
  mode: {...choice(["Mode in use"], {train: "train", eval: "eval"}, "train"), when: onceDiagnosed("7")},
  base: {
    ...choice(["Served on"], {changed: "the new base", same: "the base of training"}, "changed"),
    when: onceDiagnosed("8"),
  },
  step: range(["Step"], {min: 0, max: CLINIC_STEPS, value: CLINIC_STEPS, clock: true}),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true, group: "chance"}),
  guess: caseControl("prediction", Object.keys(guesses)),
  diagnosis: caseControl("diagnosis", Object.keys(causes)),
};
export type ClinicParams = Params<typeof controls>;

/** The value that a text such as 3-zero has for case 3; undefined for other cases. */
const valueFor = (text: string, number: string): string | undefined =>
  text.startsWith(`${number}-`) ? text.slice(2) : undefined;

/** The reader's guess on the test of the present case; undefined before there is one. */
export const clinicGuess = ({guess, case: number}: ClinicParams) => valueFor(guess, number) as Guess | undefined;
/** The reader's diagnosis of the present case; undefined before there is one, and before a guess on the test. */
export const diagnosisOf = (params: ClinicParams): FaultCause | undefined =>
  clinicGuess(params) && (valueFor(params.diagnosis, params.case) as FaultCause | undefined);

/** Whether the diagnosis is right. */
export const isRight = (params: ClinicParams): boolean => diagnosisOf(params) === cases[params.case].cause;

/**
 * The setup after the reader's change; undefined while the case is not diagnosed or its control unchanged. A change of r keeps
 * α/r.
 */
function changedSetup(params: ClinicParams): ClinicSetup | undefined {
  const {fix} = cases[params.case];
  const value = params[fix];
  if (!isRight(params) || value === controls[fix].value) return undefined;
  const change = fix === "r" ? {r: params.r, alpha: 2 * params.r} : {[fix]: fix === "rate" ? Number(value) : value};
  return {...brokenOf(params.case, params.seed), ...change};
}

/** The runs that are drawn whole beside the broken one: after a guess the test, then the one that the reader changed. */
export function clinicBeside(params: ClinicParams): readonly ClinicSetup[] {
  if (!clinicGuess(params)) return [];
  const changed = changedSetup(params);
  const test = {...brokenOf(params.case, params.seed), ...cases[params.case].test.change};
  return changed ? [test, changed] : [test];
}

/** d and k of the whole network, and the width between the two matrices of the two-layer one. */
const SIDE = 12;
const MIDDLE_WIDTH = 6;
/** Singular values of ΔW* if it belongs to the second of two layers. */
const SECOND_SPECTRUM = new Float64Array([3, 2.5]);
/** The standard deviation of the change in the new version of the base, times √k. */
const BASE_CHANGE = 0.8;

/** One or two frozen layers, another version of the first, and inputs x (N,k) with their target outputs y (N,d). */
interface Network {
  /** W0, or W1 and W2. */
  layers: readonly Matrix[];
  changedFirst: Matrix;
  /** What the network should compute, as one matrix (d,k). */
  target: Matrix;
  x: Matrix;
  y: Matrix;
}

/** A random d × k matrix that keeps the size of its inputs. */
const frozenMatrix = (d: number, k: number, random: () => number): Matrix =>
  scale(randn(d, k, random), 1 / Math.sqrt(k));

/** The network and data of a seed. With two layers the target is (W2 + ΔW2*)·W1, which no change of W1 can reach. */
export const networkOf = lastOf((seed: number, isDouble: boolean): Network => {
  const random = mulberry32(seed);
  const layers = isDouble
    ? [frozenMatrix(MIDDLE_WIDTH, SIDE, random), frozenMatrix(SIDE, MIDDLE_WIDTH, random)]
    : [frozenMatrix(SIDE, SIDE, random)];
  const [first, adapted] = [layers[0]!, layers.at(-1)!];
  const s = isDouble ? SECOND_SPECTRUM : Float64Array.from(SPECTRUM);
  const targetLayer = add(adapted, plantDelta({d: SIDE, k: adapted.cols, s}, random));
  const target = isDouble ? matmul(targetLayer, first) : targetLayer;
  // The rows of √k times an orthogonal matrix: the mean of x·xᵀ is I, as for x ~ N(0, I), and no row is sparse.
  const x = scale(qr(randn(SIDE, SIDE, random)).q, Math.sqrt(SIDE));
  const changedFirst = add(first, scale(randn(first.rows, first.cols, random), BASE_CHANGE / Math.sqrt(first.cols)));
  return {layers, target, x, y: linear(x, target), changedFirst};
});

/** A run after a step, with A (r,k) and B (d,r). */
export interface ClinicSnapshot {
  A: Matrix;
  B: Matrix;
  /** The loss at ΔW = 0, the one that training logs, and that of the served model. */
  lossBefore: number;
  trainingLoss: number;
  servedLoss: number;
  /** ‖ΔW‖ as it is used, ‖BA‖, ‖∂L/∂A‖ and ‖∂L/∂B‖. */
  deltaNorm: number;
  productNorm: number;
  gradientNormA: number;
  gradientNormB: number;
  /** The largest difference between the outputs of two calls of the served model. */
  callDifference: number;
}

/** Seeds of the random numbers: for A and B, for the dropout masks in training, and for those of calls in use. */
const startSeed = ({seed, draw}: ClinicSetup): number => seed + 100 * draw;
const maskSeed = ({seed}: ClinicSetup): number => seed + 200;
const callSeed = ({seed}: ClinicSetup, step: number): number => 1000 * seed + step;

/** A (r,k) and B (d,r) at the start of a run. */
function initialParameters(W: Matrix, setup: ClinicSetup): Tensors {
  const {r, alpha, start} = setup;
  const [d, k] = [W.rows, W.cols];
  const params = allocate([
    ["A", r, k],
    ["B", d, r],
  ]);
  const random = mulberry32(startSeed(setup));
  const {A} = initLora({d, k, r, alpha}, random);
  const B = scale(randn(d, r, random), 1 / Math.sqrt(r));
  if (start === "b" || start === "random") params.views.A!.data.set(A.data);
  if (start === "a" || start === "random") params.views.B!.data.set(B.data);
  return params;
}

/** The matrix W (d,k) that has the adapter, its inputs (N,k), the frozen layer after it, and the network's target outputs (N,·). */
interface AdapterPlace {
  input: Matrix;
  W: Matrix;
  nextLayer?: Matrix;
  y: Matrix;
}

/** Where the adapter sits: on the single layer, on W1 or on W2. A changed base has another first layer. */
function placeOf({seed, on}: ClinicSetup, isBaseChanged = false): AdapterPlace {
  const {layers, changedFirst, x, y} = networkOf(seed, on !== "layer");
  const first = isBaseChanged ? changedFirst : layers[0]!;
  return on === "second" ? {input: linear(x, first), W: layers[1]!, y} : {input: x, W: first, nextLayer: layers[1], y};
}

/** The network's outputs from those of the adapted layer. */
const networkOutputs = (h: Matrix, {nextLayer}: AdapterPlace): Matrix => (nextLayer ? linear(h, nextLayer) : h);

/** The problem for `train`: the loss at A and B, and its gradients. Without dropout no entry of a mask is 0. */
function trainingProblem(setup: ClinicSetup, place: AdapterPlace): Problem {
  const {input, W, nextLayer, y} = place;
  const params = initialParameters(W, setup);
  const lora: Lora = {A: params.views.A!, B: params.views.B!, r: setup.r, alpha: setup.alpha};
  const random = mulberry32(maskSeed(setup));
  return {
    params,
    loss({views: {A, B}}) {
      const mask = dropoutMask(input.rows, input.cols, setup.dropout, random);
      const {loss, dh} = squaredError(networkOutputs(loraDropout(input, W, lora, mask), place), y);
      // The gradient flows back through the frozen layer after it.
      loraDropoutBackward(nextLayer ? matmul(dh, nextLayer) : dh, input, lora, mask, {A, B});
      return loss;
    },
  };
}

/** The outputs of one call of the served model: merged or not, with the adapter or not, with dropout if it is still on. */
function servedOutputs(lora: Lora, setup: ClinicSetup, random: () => number): Matrix {
  const {serving, mode, dropout} = setup;
  const place = placeOf(setup, setup.base === "changed");
  const {input} = place;
  const W = serving === "merged" || serving === "twice" ? merge(place.W, lora) : place.W;
  const mask = dropoutMask(input.rows, input.cols, mode === "train" ? dropout : 0, random);
  const hasAdapter = serving === "adapter" || serving === "twice";
  return networkOutputs(hasAdapter ? loraDropout(input, W, lora, mask) : linear(input, W), place);
}

/** A run from the start to the last step: a snapshot before each step, and one at the end. */
export function* compute(setup: ClinicSetup): Generator<ClinicSnapshot, void> {
  const place = placeOf(setup);
  const lossBefore = squaredError(networkOutputs(linear(place.input, place.W), place), place.y).loss;
  const problem = trainingProblem(setup, place);
  for (const snapshot of train(problem, {optimizer: adamw, rate: setup.rate, steps: CLINIC_STEPS})) {
    const {A, B} = allocate(problem.params.layout, snapshot.params).views as {A: Matrix; B: Matrix};
    yield {lossBefore, ...snapshotOf(snapshot, {A, B}, setup, place.y)};
  }
}

/** What is shown of a run after a step, from A (r,k), B (d,r) and the target outputs (N,d). */
function snapshotOf(
  {step, loss, gradientNorms}: Snapshot,
  {A, B}: Pick<Lora, "A" | "B">,
  setup: ClinicSetup,
  y: Matrix,
): Omit<ClinicSnapshot, "lossBefore"> {
  // If the division by r was forgotten, α acts as if it were r times as large.
  const lora: Lora = {A, B, r: setup.r, alpha: multiplier(setup) * setup.r};
  const random = mulberry32(callSeed(setup, step));
  const [call, secondCall] = [servedOutputs(lora, setup, random), servedOutputs(lora, setup, random)];
  return {
    A,
    B,
    trainingLoss: loss,
    servedLoss: squaredError(call, y).loss,
    deltaNorm: frobenius(deltaWeight(lora)),
    productNorm: frobenius(matmul(B, A)),
    gradientNormA: gradientNorms.A!,
    gradientNormB: gradientNorms.B!,
    callDifference: call.data.reduce(
      (largest, value, i) => Math.max(largest, Math.abs(value - secondCall.data[i]!)),
      0,
    ),
  };
}
