import type {Floats} from "./floats.ts";
import type {Block, Kernels} from "./kernels.ts";
import type {BackwardWork, NarrowWork} from "./workspace.ts";

/** A bottleneck on the heap: down (m,C) and up (C,m) as the decoder's `params` hold them, and their name in its layout. */
export interface HeapBottleneck {
  at: string;
  down: Block;
  up: Block;
}

export const bottleneckAt = ({views}: Floats, at: string): HeapBottleneck => ({
  at,
  down: views[`${at}.down`],
  up: views[`${at}.up`],
});

/** y (N,C) += from + relu(from·downᵀ)·upᵀ: `bottleneck` of ../layers, with what its backward needs in `work`. */
export function bottleneck(kernels: Kernels, {down, up}: HeapBottleneck, {from, active}: NarrowWork, y: Block): void {
  kernels.multiply(from, down, active, {transposeB: true});
  kernels.routines.relu(active.data.byteOffset, active.rows * active.cols);
  for (let i = 0; i < from.data.length; i++) y.data[i] += from.data[i];
  kernels.multiply(active, up, y, {transposeB: true, add: true});
}

/** dy (N,C) → the gradient of `from`, in back.dout; those of down and up are added to `grads`. */
export function bottleneckBackward(
  kernels: Kernels,
  {at, down, up}: HeapBottleneck,
  {from, active}: NarrowWork,
  dy: Block,
  grads: Floats,
  {dout, dnarrow}: Pick<BackwardWork, "dout" | "dnarrow">,
): Block {
  kernels.multiply(dy, active, grads.views[`${at}.up`], {transposeA: true, add: true});
  kernels.multiply(dy, up, dnarrow);
  kernels.routines.reluBackward(dnarrow.data.byteOffset, active.data.byteOffset, active.rows * active.cols);
  kernels.multiply(dnarrow, from, grads.views[`${at}.down`], {transposeA: true, add: true});
  dout.data.set(dy.data);
  kernels.multiply(dnarrow, down, dout, {add: true});
  return dout;
}
