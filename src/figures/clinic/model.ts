/** What a reader of the clinic sets, and the runs of its cases: training a small adapter, and serving it. */
import {frobenius, type Matrix, matmul, scale} from "../../engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../engine/linalg/random.ts";
import {deltaWeight, initLora, type Lora, merge} from "../../engine/lora/lora.ts";
import {dropoutMask, loraDropout, loraDropoutBackward} from "../../engine/network/layers/dropout.ts";
import {linear} from "../../engine/network/layers/linear.ts";
import {allocate, type Tensors} from "../../engine/network/parameters.ts";
import {squaredError} from "../../engine/network/teacher.ts";
import {adamw} from "../../engine/training/optimizer.ts";
import {type Problem, type Snapshot, train} from "../../engine/training/train.ts";
import {choice, hidden, type Params, range} from "../../figure/controls.ts";
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
} from "./cases.ts";
import {networkOf} from "./network.ts";

/** The rates to choose from. */
const RATES = {"0.01": "0.01", "0.03": "0.03", "0.1": "0.1", "0.2": "0.2", "0.3": "0.3", "10": "10"};

/** The guesses on a test, with their labels. */
export const guesses = {lower: "Lower", same: "The same", higher: "Higher", skip: "Just show me"};
type Guess = keyof typeof guesses;

const numbers = Object.keys(cases) as CaseNumber[];

/** A text that belongs to one case, such as 3-zero; it is ignored in all other cases. */
const ofCase = (label: string, values: readonly string[]) =>
  hidden([label], 10, (text) => {
    const [number, value] = text.split("-") as [string, string?];
    return numbers.includes(number as CaseNumber) && values.includes(value ?? "") && text.split("-").length === 2
      ? undefined
      : `A ${label} is the number of a case and one of ${values.join(", ")}, such as 1-${values[0]}.`;
  });

/** The control that fixes a case appears once the case is diagnosed. */
const once = (number: CaseNumber) => ({
  case: [number],
  guess: Object.keys(guesses).map((guess) => `${number}-${guess}`),
  diagnosis: [`${number}-${cases[number].cause}`],
});

export const controls = {
  case: choice(["Case"], {"1": "1", "2": "2", "3": "3", "4": "4", "5": "5", "6": "6", "7": "7", "8": "8"}, "1"),
  rate: {...choice(["Rate η"], RATES, "10"), when: once("1")},
  r: {...range(["Rank ", symbol.r], {min: 1, max: 8, value: 2}), when: once("2")},
  start: {
    ...choice(["Start"], {zero: "A = B = 0", b: "only B = 0", a: "only A = 0", random: "both random"}, "zero"),
    when: once("3"),
  },
  factor: {...choice(["BA is multiplied by"], {alone: "α", over: "α/r"}, "alone"), when: once("4")},
  on: {...choice(["The adapter sits on"], {first: "W₁", second: "W₂"}, "first"), when: once("5")},
  serving: {
    ...choice(
      ["Served"],
      {twice: "W₀ + ΔW and the adapter", merged: "W₀ + ΔW alone", adapter: "W₀ and the adapter"},
      "twice",
    ),
    when: once("6"),
  },
  mode: {...choice(["Mode in use"], {train: "train", eval: "eval"}, "train"), when: once("7")},
  base: {...choice(["Served on"], {changed: "the new base", same: "the base of training"}, "changed"), when: once("8")},
  step: range(["Step"], {min: 0, max: CLINIC_STEPS, value: CLINIC_STEPS, clock: true}),
  seed: range(["Seed"], {min: 1, max: 9, value: 7, more: true, group: "chance"}),
  guess: ofCase("prediction", Object.keys(guesses)),
  diagnosis: ofCase("diagnosis", Object.keys(causes)),
};
export type ClinicParams = Params<typeof controls>;

/** What a text such as 3-zero says for this case. */
const valueFor = (text: string, number: string): string | undefined =>
  text.startsWith(`${number}-`) ? text.slice(2) : undefined;

/** The reader's guess on the test of the present case. */
export const clinicGuess = ({guess, case: number}: ClinicParams) => valueFor(guess, number) as Guess | undefined;
/** The reader's diagnosis of the present case, which counts only after a guess on the test. */
export const diagnosisOf = (params: ClinicParams): FaultCause | undefined =>
  clinicGuess(params) && (valueFor(params.diagnosis, params.case) as FaultCause | undefined);

/** Whether the diagnosis is right. */
export const isRight = (params: ClinicParams): boolean => diagnosisOf(params) === cases[params.case].cause;

/** The setup after the fix; undefined while the case is not diagnosed or its control unchanged. A change of r keeps α/r. */
function mendedOf(params: ClinicParams): ClinicSetup | undefined {
  const {fix} = cases[params.case];
  const value = params[fix];
  if (!isRight(params) || value === controls[fix].value) return undefined;
  const changed = fix === "r" ? {r: params.r, alpha: 2 * params.r} : {[fix]: fix === "rate" ? Number(value) : value};
  return {...brokenOf(params.case, params.seed), ...changed};
}

/** The runs that are drawn whole beside the broken one: the test, after a guess on it, then the mended run. */
export function clinicBeside(params: ClinicParams): readonly ClinicSetup[] {
  if (!clinicGuess(params)) return [];
  const mended = mendedOf(params);
  const test = {...brokenOf(params.case, params.seed), ...cases[params.case].test.change};
  return mended ? [test, mended] : [test];
}

/** A run after a step, with A (r,k) and B (d,r). */
export interface ClinicSnapshot {
  A: Matrix;
  B: Matrix;
  /** The loss at ΔW = 0, the one that training logs, and that of the served model. */
  lossBefore: number;
  trained: number;
  served: number;
  /** ‖ΔW‖ as it is used, ‖BA‖, ‖∂L/∂A‖ and ‖∂L/∂B‖. */
  delta: number;
  product: number;
  dA: number;
  dB: number;
  /** The largest difference between the outputs of two calls of the served model. */
  apart: number;
}

/** Added to the seed for separate draws: of A and B, of the dropout masks in training, and of those in use. */
const DRAWS = 100;
const MASKS = 200;
const CALLS = 1000;

/** A (r,k) and B (d,r) at the start of a run. */
function initialParameters(W: Matrix, {seed, draw, r, alpha, start}: ClinicSetup): Tensors {
  const [d, k] = [W.rows, W.cols];
  const params = allocate([
    ["A", r, k],
    ["B", d, r],
  ]);
  const random = mulberry32(seed + DRAWS * draw);
  const {A} = initLora({d, k, r, alpha}, random);
  const B = scale(randn(d, r, random), 1 / Math.sqrt(r));
  if (start === "b" || start === "random") params.views.A!.data.set(A.data);
  if (start === "a" || start === "random") params.views.B!.data.set(B.data);
  return params;
}

/** A matrix with an adapter: the inputs that reach it (N,k), the outputs wanted (N,d), and a frozen layer behind it. */
interface Place {
  input: Matrix;
  W: Matrix;
  behind?: Matrix;
  y: Matrix;
}

/** Where the adapter sits: on the single layer, on W1 or on W2. A changed base has a new first layer. */
function placeOf({seed, on}: ClinicSetup, isChanged = false): Place {
  const {layers, changed, x, y} = networkOf(seed, on !== "layer");
  const first = isChanged ? changed : layers[0]!;
  return on === "second" ? {input: linear(x, first), W: layers[1]!, y} : {input: x, W: first, behind: layers[1], y};
}

/** The network's outputs from those of the adapted layer. */
const outputs = (h: Matrix, {behind}: Place): Matrix => (behind ? linear(h, behind) : h);

/** The training problem. Without dropout no entry of a mask is 0. */
function trainingProblem(setup: ClinicSetup, place: Place): Problem {
  const {input, W, behind, y} = place;
  const params = initialParameters(W, setup);
  const lora: Lora = {A: params.views.A!, B: params.views.B!, r: setup.r, alpha: setup.alpha};
  const random = mulberry32(setup.seed + MASKS);
  return {
    params,
    loss({views: {A, B}}) {
      const mask = dropoutMask(input.rows, input.cols, setup.dropout, random);
      const {loss, dh} = squaredError(outputs(loraDropout(input, W, lora, mask), place), y);
      // The gradient flows back through the frozen layer behind.
      loraDropoutBackward(behind ? matmul(dh, behind) : dh, input, lora, mask, {A, B});
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
  const isBeside = serving === "adapter" || serving === "twice";
  return outputs(isBeside ? loraDropout(input, W, lora, mask) : linear(input, W), place);
}

/** A run from the start to the last step, with what is served after each step. */
export function* compute(setup: ClinicSetup): Generator<ClinicSnapshot, void> {
  const place = placeOf(setup);
  const lossBefore = squaredError(outputs(linear(place.input, place.W), place), place.y).loss;
  const problem = trainingProblem(setup, place);
  for (const snapshot of train(problem, {optimizer: adamw, rate: setup.rate, steps: CLINIC_STEPS})) {
    const {A, B} = allocate(problem.params.layout, snapshot.params).views as {A: Matrix; B: Matrix};
    yield {lossBefore, ...snapshotOf(snapshot, {A, B}, setup, place.y)};
  }
}

/** What is shown of a run after a step, from A (r,k), B (d,r) and the outputs wanted (N,d). */
function snapshotOf(
  {step, loss, gradientNorms}: Snapshot,
  {A, B}: Pick<Lora, "A" | "B">,
  setup: ClinicSetup,
  y: Matrix,
): Omit<ClinicSnapshot, "lossBefore"> {
  // If the division by r was forgotten, α acts as if it were r times as large.
  const lora: Lora = {A, B, r: setup.r, alpha: multiplier(setup) * setup.r};
  const random = mulberry32(CALLS * setup.seed + step);
  const [call, again] = [servedOutputs(lora, setup, random), servedOutputs(lora, setup, random)];
  return {
    A,
    B,
    trained: loss,
    served: squaredError(call, y).loss,
    delta: frobenius(deltaWeight(lora)),
    product: frobenius(matmul(B, A)),
    dA: gradientNorms.A!,
    dB: gradientNorms.B!,
    apart: call.data.reduce((most, value, i) => Math.max(most, Math.abs(value - again.data[i]!)), 0),
  };
}
