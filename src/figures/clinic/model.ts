/** What a reader of the clinic sets, and the runs of its cases: training a small adapter, and serving it. */
import {frobenius, type Matrix, matmul, scale, zeros} from "../../engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../engine/linalg/random.ts";
import {deltaWeight, initLora, type Lora, merge} from "../../engine/lora/lora.ts";
import {dropoutMask, loraDropout, loraDropoutBackward} from "../../engine/network/layers/dropout.ts";
import {linear, linearBackward} from "../../engine/network/layers/linear.ts";
import {loraLinear, loraLinearBackward} from "../../engine/network/layers/lora.ts";
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
  testOf,
} from "./cases.ts";
import {type Network, networkOf} from "./network.ts";

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
  rate: {
    ...choice(["Rate η"], RATES, "10"),
    when: once("1"),
  },
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

/** The control that fixes each case. */
const fixControls = {
  1: "rate",
  2: "r",
  3: "start",
  4: "factor",
  5: "on",
  6: "serving",
  7: "mode",
  8: "base",
} as const satisfies Record<CaseNumber, keyof typeof controls>;

/** The control that fixes the present case, and its values with their labels. */
export function fixOf({case: number}: ClinicParams) {
  const name = fixControls[number];
  const control = controls[name];
  const choices =
    "options" in control
      ? Object.entries<string>(control.options)
      : Array.from({length: control.max}, (_, i) => [String(i + 1), String(i + 1)] as [string, string]);
  return {name, choices};
}

/** What the control of each case changes in the setup. A change of the rank keeps α/r. */
const fixes: Readonly<Record<CaseNumber, (params: ClinicParams) => Partial<ClinicSetup>>> = {
  1: ({rate}) => ({rate: Number(rate)}),
  2: ({r}) => ({r, alpha: 2 * r}),
  3: ({start}) => ({start}),
  4: ({factor}) => ({factor}),
  5: ({on}) => ({on}),
  6: ({serving}) => ({serving}),
  7: ({mode}) => ({mode}),
  8: ({base}) => ({base}),
};

/** The setup after the fix; undefined while the case is not diagnosed or the control unchanged. */
export function mendedOf(params: ClinicParams): ClinicSetup | undefined {
  if (!isRight(params)) return undefined;
  const broken = brokenOf(params.case, params.seed);
  const mended = {...broken, ...fixes[params.case](params)};
  return JSON.stringify(mended) === JSON.stringify(broken) ? undefined : mended;
}

/** The runs that are drawn whole beside the broken one: the test, after a guess on it, and the mended run. */
export function clinicBeside(params: ClinicParams): readonly ClinicSetup[] {
  const mended = mendedOf(params);
  return [...(clinicGuess(params) ? [testOf(params.case, params.seed)] : []), ...(mended ? [mended] : [])];
}

/** What a run is compared with: the outputs wanted for every input (N,d), and the loss before training, at ΔW = 0. */
export interface Reference {
  wanted: Matrix;
  lossBefore: number;
}

/** A run after a step, with A (r,k) and B (d,r). */
export interface ClinicSnapshot {
  /** In the first snapshot. */
  reference?: Reference;
  A: Matrix;
  B: Matrix;
  /** The loss that training logs, and the loss of the served model. */
  trained: number;
  served: number;
  /** ‖ΔW‖ as it is used, ‖BA‖, ‖∂L/∂A‖ and ‖∂L/∂B‖. */
  delta: number;
  product: number;
  dA: number;
  dB: number;
  /** The served outputs for every input (N,d), from two calls. */
  call: Matrix;
  again: Matrix;
}

/** Added to the seed for separate draws: of A and B, of the dropout masks in training, and of those in use. */
const DRAWS = 100;
const MASKS = 200;
const CALLS = 1000;

/** The adapter as it is used. If the division by r was forgotten, α is r times as large. */
const usedLora = (A: Matrix, B: Matrix, setup: ClinicSetup): Lora => ({
  A,
  B,
  r: setup.r,
  alpha: multiplier(setup) * setup.r,
});

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

/** Sends x through the layers, with `adapted` in place of the layer at `place`. */
const through = (x: Matrix, layers: readonly Matrix[], place: number, adapted: (x: Matrix, W: Matrix) => Matrix) =>
  layers.reduce((h, W, i) => (i === place ? adapted(h, W) : linear(h, W)), x);

/** The training problem: the adapter at one of the layers, with dropout if the setup has it. */
function trainingProblem({layers, x, y}: Network, place: number, setup: ClinicSetup): Problem {
  const params = initialParameters(layers[place]!, setup);
  const lora: Lora = {A: params.views.A!, B: params.views.B!, r: setup.r, alpha: setup.alpha};
  const random = mulberry32(setup.seed + MASKS);
  const before = layers.slice(0, place);
  const behind = layers.slice(place + 1);
  const W = layers[place]!;
  const input = before.reduce(linear, x);
  return {
    params,
    loss({views: {A, B}}) {
      const mask = setup.dropout ? dropoutMask(input.rows, input.cols, setup.dropout, random) : undefined;
      const {h, us} = mask ? {h: loraDropout(input, W, lora, mask), us: []} : loraLinear(input, W, [lora]);
      const {loss, dh} = squaredError(behind.reduce(linear, h), y);
      // The gradient flows back through the frozen layers behind. There is at most one, so its input is h.
      const back = behind.reduceRight((dy, next) => {
        const dx = zeros(dy.rows, next.cols);
        linearBackward(dy, h, next, dx);
        return dx;
      }, dh);
      if (mask) loraDropoutBackward(back, input, lora, mask, {A, B});
      else loraLinearBackward(back, input, W, [lora], us, zeros(input.rows, input.cols), [{A, B}]);
      return loss;
    },
  };
}

/** The served model, from inputs to outputs: merged or not, with the adapter or not, with dropout if it is still on. */
function servedModel({layers, changed}: Network, place: number, lora: Lora, setup: ClinicSetup, random: () => number) {
  const {serving, mode, base, dropout} = setup;
  const at = base === "changed" ? [changed, ...layers.slice(1)] : layers;
  const isMerged = serving === "merged" || serving === "twice";
  const isBeside = serving === "adapter" || serving === "twice";
  return (x: Matrix): Matrix =>
    through(x, at, place, (input, W) => {
      const weight = isMerged ? merge(W, lora) : W;
      if (!isBeside) return linear(input, weight);
      if (mode === "train" && dropout)
        return loraDropout(input, weight, lora, dropoutMask(input.rows, input.cols, dropout, random));
      return loraLinear(input, weight, [lora]).h;
    });
}

/** A run from the start to the last step, with what is served after each step. */
export function* compute(setup: ClinicSetup): Generator<ClinicSnapshot, void> {
  const network = networkOf(setup.seed, setup.on !== "layer");
  const place = setup.on === "second" ? 1 : 0;
  const problem = trainingProblem(network, place, setup);
  for (const step of train(problem, {optimizer: adamw, rate: setup.rate, steps: CLINIC_STEPS}))
    yield snapshotOf(step, problem.params, network, place, setup);
}

/** What is shown of a run after a step. */
function snapshotOf(
  {step, loss, gradientNorms, params}: Snapshot,
  {layout}: Tensors,
  network: Network,
  place: number,
  setup: ClinicSetup,
): ClinicSnapshot {
  const {A, B} = allocate(layout, params).views as {A: Matrix; B: Matrix};
  const lora = usedLora(A, B, setup);
  const answer = servedModel(network, place, lora, setup, mulberry32(CALLS * setup.seed + step));
  const {x, y, layers} = network;
  const call = answer(x);
  return {
    ...(step === 0 ? {reference: {lossBefore: squaredError(layers.reduce(linear, x), y).loss, wanted: y}} : {}),
    A,
    B,
    trained: loss,
    served: squaredError(call, y).loss,
    delta: frobenius(deltaWeight(lora)),
    product: frobenius(matmul(B, A)),
    dA: gradientNorms.A!,
    dB: gradientNorms.B!,
    call,
    again: answer(x),
  };
}
