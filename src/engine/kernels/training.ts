/** The training loop for a decoder on the kernels' heap. */
import type {Batch} from "../network/transformer.ts";
import {adamw, type Optimizer, sgd} from "../training/optimizer.ts";
import {runTraining, type Snapshot, type Trainee, type Training} from "../training/train.ts";
import type {Decoder} from "./decoder.ts";
import type {Floats} from "./floats.ts";
import type {Kernels} from "./kernels.ts";

/** One step of an optimizer on the heap, with the gradients multiplied by `shrink`. */
type Step = (grads: Floats, rate: number, shrink: number) => void;

/** `train` for the `params` of a decoder on the heap: the same snapshots, up to float32 rounding. */
export function trainOnHeap(decoder: Decoder, nextBatch: () => Batch, training: Training): Generator<Snapshot, void> {
  const {params, scaling, kernels} = decoder;
  const optimize = optimizerOf(training.optimizer)(kernels, params, training);
  /** The gradients of the latest `loss`, which the training loop calls before it reads them. */
  let grads = params;
  const trainee: Trainee = {
    scaling,
    loss() {
      const result = decoder.lossAndGradients(nextBatch());
      grads = result.grads;
      return result.loss;
    },
    norms() {
      const squares = params.layout.map(([name]) => [name, squaredNorm(grads.views[name].data)] as const);
      return {
        gradientNorm: Math.sqrt(squares.reduce((sum, [, square]) => sum + square, 0)),
        gradientNorms: Object.fromEntries(squares.map(([name, square]) => [name, Math.sqrt(square)])),
      };
    },
    params: () => new Float64Array(params.flat),
    step: (rate, shrink) => optimize(grads, rate, shrink),
  };
  return runTraining(trainee, training);
}

/**
 * Σ x² as four sums that do not wait for each other. In float64 the squares of float32 numbers neither overflow nor
 * underflow.
 */
function squaredNorm(data: Float32Array): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 3 < data.length; i += 4) {
    s0 += data[i] * data[i];
    s1 += data[i + 1] * data[i + 1];
    s2 += data[i + 2] * data[i + 2];
    s3 += data[i + 3] * data[i + 3];
  }
  for (; i < data.length; i++) s0 += data[i] * data[i];
  return s0 + s1 + (s2 + s3);
}

const optimizers = new Map<Optimizer, (kernels: Kernels, params: Floats, training: Training) => Step>([
  [adamw, adamwOnHeap],
  [sgd, sgdOnHeap],
]);

/** The form of an optimizer that works on the heap. Throws for any but `adamw` and `sgd`. */
function optimizerOf(optimizer: Optimizer) {
  const onHeap = optimizers.get(optimizer);
  if (!onHeap)
    throw new Error("trainOnHeap: the kernels do not have this optimizer; take sgd or adamw from optimizer.ts");
  return onHeap;
}

/** A factor on the rate for each parameter, 1 by default. */
function factorsOf({heap}: Kernels, {flat}: Floats, {factors}: Training): Float32Array {
  if (factors && factors.length !== flat.length)
    throw new Error(`trainOnHeap: ${factors.length} rate factors for ${flat.length} parameters`);
  const copy = heap.floats(flat.length);
  if (factors) copy.set(factors);
  else copy.fill(1);
  return copy;
}

function sgdOnHeap(kernels: Kernels, params: Floats, training: Training): Step {
  const factors = factorsOf(kernels, params, training);
  const {weightDecay = 0} = training;
  const {flat} = params;
  return (grads, rate, shrink) => {
    for (let i = 0; i < flat.length; i++)
      flat[i] -= rate * factors[i] * (grads.flat[i] * shrink + weightDecay * flat[i]);
  };
}

function adamwOnHeap(kernels: Kernels, params: Floats, training: Training): Step {
  const {beta1 = 0.9, beta2 = 0.999, eps = 1e-8, weightDecay = 0.01} = training;
  const {heap, routines} = kernels;
  const {flat} = params;
  const [m, v] = [heap.floats(flat.length), heap.floats(flat.length)];
  const factors = factorsOf(kernels, params, training);
  let [power1, power2] = [1, 1];
  return (grads, rate, shrink) => {
    power1 *= beta1;
    power2 *= beta2;
    const [p, g, m0, v0, f] = [flat, grads.flat, m, v, factors].map(({byteOffset}) => byteOffset);
    const betas = [beta1, 1 - beta1, beta2, 1 - beta2] as const;
    const scales = [1 / (1 - power1), 1 / Math.sqrt(1 - power2)] as const;
    routines.adamw(p, g, m0, v0, f, flat.length, shrink, rate, ...betas, ...scales, eps, weightDecay);
  };
}
