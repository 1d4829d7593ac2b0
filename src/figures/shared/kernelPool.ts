import {createHeap, type Heap} from "../../engine/kernels/heap.ts";
import {createKernelsFrom, type Kernels} from "../../engine/kernels/kernels.ts";
import {type Probe, probe} from "../../engine/kernels/simd.ts";

/** Bytes that one run needs: the base model, what is trained, its gradients, and the activations. */
const HEAP = 48e6;

let found: Probe | undefined;
let plain: typeof import("../../engine/kernels/fallback.ts") | undefined;

const probed = (): Probe => {
  found ??= probe();
  return found;
};

/** Loads what `kernelsOn` needs: nothing where SIMD runs, else the plain routines. Tests pass what they want found. */
export async function loadKernels(path: Probe["path"] = probed().path): Promise<void> {
  if (path === "plain") plain ??= await import("../../engine/kernels/fallback.ts");
}

/** The kernels of this host on a heap. Throws where SIMD does not run, before `loadKernels` has loaded the plain routines. */
export const kernelsOn = (heap: Heap, on: Probe = probed()): Kernels => createKernelsFrom(heap, on, plain?.fallback);

/** Kernels that no run is using. Runs are computed in turns, so each has its own; the next run reuses one that is idle. */
const idle: Kernels[] = [];

/** Throws as `kernelsOn` does. */
export const lend = (): Kernels => idle.pop() ?? kernelsOn(createHeap(HEAP));

export const giveBack = (kernels: Kernels): void => void idle.push(kernels);
