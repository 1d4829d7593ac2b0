import {fallback} from "./fallback.ts";
import type {Heap} from "./heap.ts";
import {createKernelsFrom, type Kernels} from "./kernels.ts";
import {type Probe, probe} from "./simd.ts";

/** The kernels on this heap, by the path that `probe` finds; takes working space from the heap. */
export function createKernels(heap: Heap, found: Probe = probe()): Kernels {
  return createKernelsFrom(heap, found, fallback);
}
