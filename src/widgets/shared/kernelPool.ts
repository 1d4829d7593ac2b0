import {createHeap} from "../../engine/kernels/heap.ts";
import type {Kernels} from "../../engine/kernels/kernels.ts";
import {kernelsOn} from "./hostKernels.ts";

/** Bytes that one run needs: the base model, what is trained, its gradients, and the activations. */
const HEAP = 48e6;

/** Kernels that no run is using. Runs are computed in turns, so each has its own; the next run reuses one that is idle. */
const idle: Kernels[] = [];

/** Throws as `kernelsOn` does. */
export const lend = (): Kernels => idle.pop() ?? kernelsOn(createHeap(HEAP));

export const giveBack = (kernels: Kernels): void => void idle.push(kernels);
