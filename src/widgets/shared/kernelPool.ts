import {createHeap} from "../../engine/kernels/heap.ts";
import {createKernels, type Kernels} from "../../engine/kernels/kernels.ts";

/** Bytes for one run: the base, what trains, its gradients, and passes in parts. */
const HEAP = 48e6;

/** Kernels that no run uses now: runs take turns, so each has its own, and the next one takes over what is left. */
const idle: Kernels[] = [];

export const lend = (): Kernels => idle.pop() ?? createKernels(createHeap(HEAP));

export const giveBack = (kernels: Kernels): void => void idle.push(kernels);
