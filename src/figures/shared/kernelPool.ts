/** The kernels with which runs train, one set for each run at a time. */
import {createHeap, type Heap} from "../../engine/kernels/heap.ts";
import {createKernelsFrom, type Kernels} from "../../engine/kernels/kernels.ts";
import {probeSimd, type SimdProbe} from "../../engine/kernels/simd.ts";

/** Bytes that one run needs: the base model, what is trained, its gradients, and the activations. */
const HEAP = 48e6;

/** What this host can run, once it is known. */
let found: SimdProbe | undefined;
/** The plain routines, once they are loaded. */
let plain: typeof import("../../engine/kernels/fallback.ts") | undefined;

const probed = (): SimdProbe => {
  found ??= probeSimd();
  return found;
};

/** Loads what `kernelsOn` needs: nothing if SIMD runs here, else the plain routines. Tests name the path that they want. */
export async function loadKernels(path: SimdProbe["path"] = probed().path): Promise<void> {
  if (path === "plain") plain ??= await import("../../engine/kernels/fallback.ts");
}

/** The kernels for this host on a heap. Throws if SIMD does not run here and `loadKernels` has not loaded the plain routines yet. */
export const kernelsOn = (heap: Heap, on: SimdProbe = probed()): Kernels =>
  createKernelsFrom(heap, on, plain?.fallback);

/** Kernels that no run is using. Runs are computed in turns, so each needs its own kernels; a new run takes idle ones if there are any. */
const idle: Kernels[] = [];

/** Kernels for one run, which has to give them back. Throws as `kernelsOn` does. */
export const lend = (): Kernels => idle.pop() ?? kernelsOn(createHeap(HEAP));

/** Takes back kernels from a run that has ended. */
export const giveBack = (kernels: Kernels): void => void idle.push(kernels);
