/** Times one layer on this device, computed in four ways. Runs in the worker: no DOM. */
import {createHeap} from "../../engine/kernels/heap.ts";
import {type Block, block} from "../../engine/kernels/kernels.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {kernelsOn, loadKernels} from "../shared/kernelPool.ts";
import {type LayerShape, type LayerWay, type MeasuredTimes, prefixLength} from "./layer.ts";
import {type Clock, timeWays} from "./stopwatch.ts";

export const ready = (): Promise<void> => loadKernels();

/** The four ways, ready to run, and the kind of kernels that they use. */
interface Passes {
  kernels: MeasuredTimes["kernels"];
  run: Readonly<Record<LayerWay, () => void>>;
}

/** The clock, and how the passes are prepared; tests use a clock and passes of their own. */
export interface TimedDevice {
  clock: Clock;
  prepare(shape: LayerShape): Passes;
}

const device: TimedDevice = {clock: () => performance.now(), prepare};

/** Yields null first, before anything is timed; then after each sample what has been measured so far. */
export function* compute(shape: LayerShape, timed: TimedDevice = device): Generator<MeasuredTimes | null, void> {
  yield null;
  const {kernels, run} = timed.prepare(shape);
  for (const timing of timeWays(run, timed.clock)) yield {...timing, kernels};
}

/** The seed of the layer's numbers. */
const SEED = 7;

/**
 * One layer in float32, in four ways: h = x·Wᵀ with W = W0 + B·A; h = x·W0ᵀ + (x·Aᵀ)·Bᵀ; h = x·W0ᵀ followed by
 * h + relu(h·downᵀ)·upᵀ; and x with p rows of a prefix before it, times W0ᵀ. α = r, so A and B need no factor. x (N,d), W0 (d,d),
 * A and down (r,d), B and up (d,r). `output` is h (N,d) of the latest way that ran, other than the prefix's, for tests.
 */
export function prepare({tokens: N, width: d, r}: LayerShape): Passes & {output: Float32Array} {
  const prefixedN = N + prefixLength(N);
  const numberCount = 2 * d * d + 4 * r * d + 2 * (N + prefixedN) * d + N * r;
  const heap = createHeap(4 * numberCount + 2 ** 20);
  const kernels = kernelsOn(heap);
  const random = mulberry32(SEED);
  const randomBlock = (rows: number, cols: number): Block => {
    const result = block(heap, rows, cols);
    // Uniform with variance 1/cols.
    const bound = Math.sqrt(3 / cols);
    for (let i = 0; i < result.data.length; i++) result.data[i] = (2 * random() - 1) * bound;
    return result;
  };
  const [W0, A, B] = [randomBlock(d, d), randomBlock(r, d), randomBlock(d, r)];
  const [down, up] = [randomBlock(r, d), randomBlock(d, r)];
  const x = randomBlock(N, d);
  const W = block(heap, d, d);
  W.data.set(W0.data);
  kernels.multiply(B, A, W, {add: true});
  const h = block(heap, N, d);
  const bottleneck = block(heap, N, r);
  const [prefixedX, prefixedH] = [randomBlock(prefixedN, d), block(heap, prefixedN, d)];

  const multiplyX = (weight: Block) => kernels.multiply(x, weight, h, {transposeB: true});
  const addFromBottleneck = (weight: Block) => kernels.multiply(bottleneck, weight, h, {transposeB: true, add: true});
  const run = {
    merged: () => multiplyX(W),
    unmerged() {
      multiplyX(W0);
      kernels.multiply(x, A, bottleneck, {transposeB: true});
      addFromBottleneck(B);
    },
    adapter() {
      multiplyX(W0);
      kernels.multiply(h, down, bottleneck, {transposeB: true});
      const {data} = bottleneck;
      for (let i = 0; i < data.length; i++) data[i] = Math.max(data[i], 0);
      addFromBottleneck(up);
    },
    prefix: () => kernels.multiply(prefixedX, W0, prefixedH, {transposeB: true}),
  };
  return {kernels: kernels.path, run, output: h.data};
}
