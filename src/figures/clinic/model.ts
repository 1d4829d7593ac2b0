import {frobenius, type Matrix, matmul, scale, zeros} from "../../engine/linalg/matrix.ts";
import {mulberry32, randn} from "../../engine/linalg/random.ts";
import {deltaWeight, initLora, type Lora, merge} from "../../engine/lora/lora.ts";
import {dropoutMask, loraDropout, loraDropoutBackward} from "../../engine/network/layers/dropout.ts";
import {linear, linearBackward} from "../../engine/network/layers/linear.ts";
import {loraLinear, loraLinearBackward} from "../../engine/network/layers/lora.ts";
import {allocate, type Tensors} from "../../engine/network/parameters.ts";
import {squaredError} from "../../engine/network/teacher.ts";
import {sgd} from "../../engine/training/optimizer.ts";
import {type Problem, type Snapshot, train} from "../../engine/training/train.ts";
import {untilOverflow} from "../../figure/runs/untilOverflow.ts";
import {type Network, networkOf} from "./network.ts";
import {CLINIC_STEPS, type ClinicSetup, multiplier} from "./setup.ts";
import type {ClinicSnapshot} from "./snapshot.ts";

/** Added to the seed for separate draws: of A and B, of the dropout masks in training, and of those in use. */
const DRAWS = 100;
const MASKS = 200;
const CALLS = 1000;

/** The adapter as it is used; a forgotten division by r is an α r times as large. */
const loraOf = (A: Matrix, B: Matrix, setup: ClinicSetup): Lora => ({
  A,
  B,
  r: setup.r,
  alpha: multiplier(setup) * setup.r,
});

function begin(W: Matrix, {seed, draw, r, alpha, start}: ClinicSetup): Tensors {
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

function student({layers, x, y}: Network, place: number, setup: ClinicSetup): Problem {
  const params = begin(layers[place]!, setup);
  const lora = loraOf(params.views.A!, params.views.B!, setup);
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

/** The served model: merged weights or not, the adapter in use or not, and dropout if it is still on. */
function served({layers, changed}: Network, place: number, lora: Lora, setup: ClinicSetup, random: () => number) {
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

/** A run from the start to the last step, with what is served after each step; null once it has left the range of numbers. */
export function* compute(setup: ClinicSetup): Generator<ClinicSnapshot | null, void> {
  const network = networkOf(setup.seed, setup.on !== "layer");
  const place = setup.on === "second" ? 1 : 0;
  const problem = student(network, place, setup);
  const run = untilOverflow(train(problem, {optimizer: sgd, rate: setup.rate, steps: CLINIC_STEPS}));
  for (let step = 0; step <= CLINIC_STEPS; step++) {
    const {value} = run.next();
    yield value ? frame(value, problem.params, network, place, setup) : null;
  }
}

function frame(
  {step, loss, gradientNorms, params}: Snapshot,
  {layout}: Tensors,
  network: Network,
  place: number,
  setup: ClinicSetup,
): ClinicSnapshot {
  const {A, B} = allocate(layout, params).views as {A: Matrix; B: Matrix};
  const lora = loraOf(A, B, setup);
  const answer = served(network, place, lora, setup, mulberry32(CALLS * setup.seed + step));
  const {x, y, layers} = network;
  const call = answer(x);
  return {
    ...(step === 0 ? {ground: {untouched: squaredError(layers.reduce(linear, x), y).loss, wanted: y}} : {}),
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
