import type {Heap} from "../../engine/kernels/heap.ts";
import {createKernelsFrom, type Kernels} from "../../engine/kernels/kernels.ts";
import {type Probe, probe} from "../../engine/kernels/simd.ts";

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
