import {fallback} from "./fallback.ts";
import type {Heap} from "./heap.ts";
import {createKernelsFrom, type Kernels} from "./kernels.ts";
import {probeSimd, type SimdProbe} from "./simd.ts";

/** The kernels on this heap, by the path that `probeSimd` finds; takes working space from the heap. */
export function createKernels(heap: Heap, probe: SimdProbe = probeSimd()): Kernels {
  return createKernelsFrom(heap, probe, fallback);
}
