import type {Floats} from "./floats.ts";
import type {HeapBottleneck} from "./layer.ts";

/** The bottleneck `name` on the heap, with down (m,C) and up (C,m) among the decoder's `params`. */
export function heapBottleneck({views}: Floats, name: string): HeapBottleneck {
  const [down, up] = [views[`${name}.down`], views[`${name}.up`]];
  return {
    m: down.rows,
    add(kernels, {from, active}, y) {
      kernels.multiply(from, down, active, {transposeB: true});
      kernels.routines.relu(active.data.byteOffset, active.rows * active.cols);
      for (let i = 0; i < from.rows * from.cols; i++) y.data[i] += from.data[i];
      kernels.multiply(active, up, y, {transposeB: true, add: true});
    },
    back(kernels, {from, active}, dy, grads, {dout, dnarrow}) {
      kernels.multiply(dy, active, grads.views[`${name}.up`], {transposeA: true, add: true});
      kernels.multiply(dy, up, dnarrow);
      kernels.routines.reluBackward(dnarrow.data.byteOffset, active.data.byteOffset, active.rows * active.cols);
      kernels.multiply(dnarrow, from, grads.views[`${name}.down`], {transposeA: true, add: true});
      dout.data.set(dy.data);
      kernels.multiply(dnarrow, down, dout, {add: true});
      return dout;
    },
  };
}
