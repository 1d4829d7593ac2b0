/** The kernels with which runs train, one set for each run at a time. */
import {createHeap, type Heap} from "../../engine/kernels/heap.ts";
import {createKernelsFrom, type Kernels} from "../../engine/kernels/kernels.ts";
import {probeSimd, type SimdProbe} from "../../engine/kernels/simd.ts";

/** Bytes that one run needs: the base model, what is trained, its gradients, and the activations. */
const HEAP_BYTES = 48e6;

/** What this browser can run, once `probeOnce` has tried. */
let simdProbe: SimdProbe | undefined;
/** The plain routines, once `loadKernels` has loaded them. */
let plainRoutines: typeof import("../../engine/kernels/fallback.ts") | undefined;

/** Whether SIMD runs here; tried only once. */
const probeOnce = (): SimdProbe => {
  simdProbe ??= probeSimd();
  return simdProbe;
};

/** Loads what `kernelsOn` needs: nothing if SIMD runs here, else the plain routines. Only tests pass a path. */
export async function loadKernels(path: SimdProbe["path"] = probeOnce().path): Promise<void> {
  if (path === "plain") plainRoutines ??= await import("../../engine/kernels/fallback.ts");
}

/** The kernels for this host on a heap. Throws if SIMD does not run here and `loadKernels` has not loaded the plain routines yet. */
export const kernelsOn = (heap: Heap, on: SimdProbe = probeOnce()): Kernels =>
  createKernelsFrom(heap, on, plainRoutines?.fallback);

/** Kernels that no run is using. Runs are computed in turns, so each needs its own kernels; a new run takes idle ones if there are any. */
const idleKernels: Kernels[] = [];
/** Where a run's memory begins, the same on every heap. */
let startOfRun = 0;

/** Kernels for one run, which has to give them back. Throws as `kernelsOn` does. */
export function lend(): Kernels {
  const kernels = idleKernels.pop() ?? kernelsOn(createHeap(HEAP_BYTES));
  startOfRun = kernels.heap.mark();
  return kernels;
}

/** Takes back kernels from a run that has ended, and frees its memory. */
export function giveBack(kernels: Kernels) {
  kernels.heap.release(startOfRun);
  idleKernels.push(kernels);
}
