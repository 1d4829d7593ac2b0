/** Times one layer on this device, computed in four ways. Runs in the worker: no DOM. */
import {createHeap} from "../../engine/kernels/heap.ts";
import {type Block, block} from "../../engine/kernels/kernels.ts";
import {mulberry32} from "../../engine/linalg/random.ts";
import {kernelsOn, loadKernels} from "../shared/kernelPool.ts";
import {type LayerShape, type LayerWay, type MeasuredTimes, prefixOf} from "./layer.ts";
import {type Clock, timed} from "./stopwatch.ts";

export const ready = (): Promise<void> => loadKernels();

/** The four ways, ready to run, and with which kernels. */
interface Passes {
  path: MeasuredTimes["path"];
  run: Readonly<Record<LayerWay, () => void>>;
}

/** What is timed and with which clock; tests put their own in its place. */
export interface TimedDevice {
  clock: Clock;
  prepare(shape: LayerShape): Passes;
}

const device: TimedDevice = {clock: () => performance.now(), prepare};

/** First null, before anything is timed; then what is known after each timed sample. */
export function* compute(
  shape: LayerShape,
  {clock, prepare}: TimedDevice = device,
): Generator<MeasuredTimes | null, void> {
  yield null;
  const {path, run} = prepare(shape);
  for (const timing of timed(run, clock)) yield {...timing, path};
}

const SEED = 7;

/**
 * One layer in float32, in four ways: h = x·Wᵀ with W = W0 + B·A; h = x·W0ᵀ + (x·Aᵀ)·Bᵀ; h = x·W0ᵀ followed by
 * h + relu(h·downᵀ)·upᵀ; and x with p rows of a prefix before it, times W0ᵀ. α = r, so A and B need no factor. x (N,d), W0 (d,d),
 * A and down (r,d), B and up (d,r). `output` is h (N,d) of the latest way but the prefix, for tests.
 */
export function prepare({tokens: N, width: d, r}: LayerShape): Passes & {output: Float32Array} {
  const places = N + prefixOf(N);
  const numbers = 2 * d * d + 4 * r * d + 2 * (N + places) * d + N * r;
  const heap = createHeap(4 * numbers + 2 ** 20);
  const kernels = kernelsOn(heap);
  const random = mulberry32(SEED);
  const drawn = (rows: number, cols: number): Block => {
    const made = block(heap, rows, cols);
    const bound = Math.sqrt(3 / cols);
    for (let i = 0; i < made.data.length; i++) made.data[i] = (2 * random() - 1) * bound;
    return made;
  };
  const [W0, A, B] = [drawn(d, d), drawn(r, d), drawn(d, r)];
  const [down, up] = [drawn(r, d), drawn(d, r)];
  const x = drawn(N, d);
  const W = block(heap, d, d);
  W.data.set(W0.data);
  kernels.multiply(B, A, W, {add: true});
  const h = block(heap, N, d);
  const narrow = block(heap, N, r);
  const [longer, all] = [drawn(places, d), block(heap, places, d)];

  const through = (weight: Block) => kernels.multiply(x, weight, h, {transposeB: true});
  const widen = (weight: Block) => kernels.multiply(narrow, weight, h, {transposeB: true, add: true});
  const run = {
    merged: () => through(W),
    unmerged() {
      through(W0);
      kernels.multiply(x, A, narrow, {transposeB: true});
      widen(B);
    },
    adapter() {
      through(W0);
      kernels.multiply(h, down, narrow, {transposeB: true});
      const {data} = narrow;
      for (let i = 0; i < data.length; i++) data[i] = Math.max(data[i], 0);
      widen(up);
    },
    prefix: () => kernels.multiply(longer, W0, all, {transposeB: true}),
  };
  return {path: kernels.path, run, output: h.data};
}
